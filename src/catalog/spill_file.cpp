// SPDX-License-Identifier: Apache-2.0
#include "catalog/spill_file.h"

#include <cstring>
#include <system_error>

#include "catalog/compression.h"
#include "io/file.h"

namespace spindle::catalog {
namespace {

struct ChunkHead {
    std::uint32_t packed = 0;
    std::uint32_t unpacked = 0;
};

} // namespace

SpillFile::SpillFile(std::filesystem::path path, io::OutputFile file)
    : path_(std::move(path)), file_(std::move(file)) {}

Result<SpillFile> SpillFile::create(const std::filesystem::path& path) {
    SPINDLE_TRY(auto file, io::OutputFile::create(path));
    return SpillFile(path, std::move(file));
}

SpillFile::~SpillFile() {
    if (!path_.empty()) {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
}

Result<std::string> SpillFile::pack(std::string_view content) {
    std::string packed(sizeof(ChunkHead), '\0');
    Compressor compressor(1, {});
    SPINDLE_TRY(const std::size_t size, compressor.append(content, packed));
    const ChunkHead head{static_cast<std::uint32_t>(size),
                         static_cast<std::uint32_t>(content.size())};
    std::memcpy(packed.data(), &head, sizeof head);
    return packed;
}

Result<void> SpillFile::append(std::string_view packed) {
    ChunkHead head;
    std::memcpy(&head, packed.data(), sizeof head);
    unpacked_ += head.unpacked;
    return file_.append(std::as_bytes(std::span(packed)));
}

Result<std::string> SpillFile::read_all() const {
    SPINDLE_TRY(const auto mapped, io::MappedFile::open(path_));
    const auto bytes = mapped.bytes();
    std::string_view rest(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    std::string all;
    all.reserve(unpacked_);
    Decompressor decompressor({});
    std::string chunk;
    while (rest.size() >= sizeof(ChunkHead)) {
        ChunkHead head;
        std::memcpy(&head, rest.data(), sizeof head);
        rest.remove_prefix(sizeof head);
        if (head.packed > rest.size()) {
            break;
        }
        if (const auto done =
                decompressor.unpack(rest.substr(0, head.packed), head.unpacked, chunk);
            !done) {
            return tl::unexpected(done.error().within(path_.string()));
        }
        all += chunk;
        rest.remove_prefix(head.packed);
    }
    if (!rest.empty() || all.size() != unpacked_) {
        return fail(Code::Failed, "{}: a temporary file was changed while importing",
                    path_.string());
    }
    return all;
}

} // namespace spindle::catalog
