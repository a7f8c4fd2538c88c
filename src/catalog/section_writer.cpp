// SPDX-License-Identifier: Apache-2.0
#include "catalog/section_writer.h"

#include <optional>
#include <system_error>
#include <utility>

#include <xxhash.h>

namespace spindle::catalog {

struct SectionWriter::State {
    explicit State(io::OutputFile output) : file(std::move(output)) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { XXH3_freeState(hash); }

    void end_section() {
        if (current) {
            format::Section& section = sections[*current];
            section.bytes = file.size() - section.offset;
            section.checksum = XXH3_64bits_digest(hash);
            current.reset();
        }
    }

    io::OutputFile file;
    XXH3_state_t* hash = XXH3_createState();
    std::optional<format::SectionName> current;
    std::array<format::Section, format::kSections> sections{};
};

SectionWriter::SectionWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
SectionWriter::~SectionWriter() = default;
SectionWriter::SectionWriter(SectionWriter&&) noexcept = default;

Result<SectionWriter> SectionWriter::create(const std::filesystem::path& path) {
    SPINDLE_TRY(auto file, io::OutputFile::create(path));
    if (auto begun = file.append(std::as_bytes(std::span(format::kMagic))); !begun) {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
        return tl::unexpected(std::move(begun.error()));
    }
    return SectionWriter(std::make_unique<State>(std::move(file)));
}

std::uint64_t SectionWriter::offset() const {
    return state_->file.size();
}

Result<void> SectionWriter::append(std::span<const std::byte> bytes) {
    if (state_->current) {
        XXH3_64bits_update(state_->hash, bytes.data(), bytes.size());
    }
    return state_->file.append(bytes);
}

Result<void> SectionWriter::align(std::uint64_t bytes) {
    constexpr std::array<std::byte, 64> kZeros{};
    const std::uint64_t over = offset() % bytes;
    return over == 0 ? Result<void>{} : append(std::span(kZeros).first(bytes - over));
}

Result<void> SectionWriter::begin(format::SectionName name) {
    state_->end_section();
    SPINDLE_TRY_VOID(align(8));
    state_->current = name;
    state_->sections[name].offset = offset();
    XXH3_64bits_reset(state_->hash);
    return {};
}

Result<void> SectionWriter::finish(format::Trailer trailer) {
    state_->end_section();
    SPINDLE_TRY_VOID(align(8));
    trailer.magic = format::kMagic;
    trailer.version = format::kVersion;
    trailer.term_version = format::kTermVersion;
    trailer.sections = state_->sections;
    trailer.file_bytes = offset() + sizeof trailer;
    trailer.checksum = XXH3_64bits(&trailer, offsetof(format::Trailer, checksum));
    SPINDLE_TRY_VOID(append(std::as_bytes(std::span(&trailer, 1))));
    return state_->file.sync();
}

} // namespace spindle::catalog
