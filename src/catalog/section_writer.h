// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "base/result.h"
#include "catalog/catalog_format.h"
#include "io/output_file.h"

namespace spindle::catalog {

/// Writes a catalog file front to back, section by section, with their checksums.
class SectionWriter {
public:
    static Result<SectionWriter> create(const std::filesystem::path& path);
    ~SectionWriter();
    SectionWriter(SectionWriter&&) noexcept;
    SectionWriter& operator=(SectionWriter&&) = delete;

    /// Begins a section at the next multiple of 8 bytes; the one before ends here.
    Result<void> begin(format::SectionName name);
    Result<void> append(std::span<const std::byte> bytes);
    /// Appends zeros up to the next multiple of `bytes` of the file.
    Result<void> align(std::uint64_t bytes);
    std::uint64_t offset() const;

    /// Ends the last section and writes the trailer, whose other fields the caller has set; syncs.
    Result<void> finish(format::Trailer trailer);

private:
    struct State;
    explicit SectionWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::catalog
