// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <utility>

#include "audio/raw_capture.h"

namespace spindle::audio {
namespace {

struct Encoding {
    RawEncoding encoding;
    std::string_view name;
    std::size_t bytes;
};

constexpr std::array kEncodings{
    Encoding{RawEncoding::S16, "s16le", 2},      Encoding{RawEncoding::S24, "s24le", 4},
    Encoding{RawEncoding::S24In3, "s24_3le", 3}, Encoding{RawEncoding::S32, "s32le", 4},
    Encoding{RawEncoding::F32, "f32le", 4},
};

const Encoding& row_of(RawEncoding encoding) {
    for (const Encoding& row : kEncodings) {
        if (row.encoding == encoding) {
            return row;
        }
    }
    return kEncodings.front();
}

} // namespace

Result<RawEncoding> raw_encoding_named(std::string_view name) {
    std::string names;
    for (const Encoding& row : kEncodings) {
        if (row.name == name) {
            return row.encoding;
        }
        names += (names.empty() ? "" : ", ") + std::string(row.name);
    }
    return fail(Code::BadInput, "{}: no encoding of raw samples; there are {}", name, names);
}

std::string_view name_of(RawEncoding encoding) {
    return row_of(encoding).name;
}

std::size_t bytes_of(RawEncoding encoding) {
    return row_of(encoding).bytes;
}

} // namespace spindle::audio
