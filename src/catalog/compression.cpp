// SPDX-License-Identifier: Apache-2.0
#include "catalog/compression.h"

#include <zdict.h>
#include <zstd.h>

namespace spindle::catalog {

struct Compressor::State {
    ZSTD_CCtx* context = ZSTD_createCCtx();
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { ZSTD_freeCCtx(context); }
};

Compressor::Compressor(int level, std::string_view dictionary) : state_(std::make_unique<State>()) {
    ZSTD_CCtx_setParameter(state_->context, ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(state_->context, ZSTD_c_checksumFlag, 1);
    if (!dictionary.empty()) {
        ZSTD_CCtx_loadDictionary(state_->context, dictionary.data(), dictionary.size());
    }
}
Compressor::~Compressor() = default;
Compressor::Compressor(Compressor&&) noexcept = default;
Compressor& Compressor::operator=(Compressor&&) noexcept = default;

Result<std::size_t> Compressor::append(std::string_view content, std::string& out) {
    const std::size_t before = out.size();
    out.resize(before + ZSTD_compressBound(content.size()));
    const std::size_t size = ZSTD_compress2(state_->context, out.data() + before,
                                            out.size() - before, content.data(), content.size());
    if (ZSTD_isError(size) != 0) {
        out.resize(before);
        return fail(Code::Failed, "compressing: {}", ZSTD_getErrorName(size));
    }
    out.resize(before + size);
    return size;
}

struct Decompressor::State {
    ZSTD_DCtx* context = ZSTD_createDCtx();
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { ZSTD_freeDCtx(context); }
};

Decompressor::Decompressor(std::string_view dictionary) : state_(std::make_unique<State>()) {
    if (!dictionary.empty()) {
        ZSTD_DCtx_loadDictionary(state_->context, dictionary.data(), dictionary.size());
    }
}
Decompressor::~Decompressor() = default;
Decompressor::Decompressor(Decompressor&&) noexcept = default;
Decompressor& Decompressor::operator=(Decompressor&&) noexcept = default;

Result<void> Decompressor::unpack(std::string_view frame, std::size_t most, std::string& out) {
    const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > most) {
        return fail(Code::BadInput, "a damaged block");
    }
    out.resize(static_cast<std::size_t>(size));
    const std::size_t got =
        ZSTD_decompressDCtx(state_->context, out.data(), out.size(), frame.data(), frame.size());
    if (ZSTD_isError(got) != 0 || got != out.size()) {
        return fail(Code::BadInput, "a damaged block ({})",
                    ZSTD_isError(got) != 0 ? ZSTD_getErrorName(got) : "it is shorter than it says");
    }
    return {};
}

std::string train_dictionary(std::string_view samples, const std::vector<std::size_t>& sizes,
                             std::size_t bytes) {
    std::string dictionary(bytes, '\0');
    const std::size_t size =
        ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), samples.data(), sizes.data(),
                              static_cast<unsigned>(sizes.size()));
    dictionary.resize(ZDICT_isError(size) != 0 ? 0 : size);
    return dictionary;
}

} // namespace spindle::catalog
