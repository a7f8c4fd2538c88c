// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"

namespace spindle::bench {

/// A dump on its way to a file or to standard output, written in a second thread so that making it
/// and packing it take turns with nothing. Names that end in ".gz" are packed (DEFLATE level 1 of
/// ISA-L: it is thrown away soon, so speed counts).
class DumpFile {
public:
    /// @param path "-" is standard output. A file that exists is replaced.
    static Result<DumpFile> create(const std::filesystem::path& path);
    DumpFile(DumpFile&&) noexcept;
    DumpFile& operator=(DumpFile&&) noexcept;
    ~DumpFile();

    /// Hands over what `text` holds and leaves it empty, with room in it. Waits while four such
    /// pieces are still to be written. After an error it takes no more; finish() tells.
    void write(std::string& text);

    /// Writes the rest; the file is complete only after this. The first error of all.
    Result<void> finish();

    std::uint64_t text_bytes() const;
    std::uint64_t file_bytes() const; ///< after finish()

private:
    class Writer;
    explicit DumpFile(std::unique_ptr<Writer> writer);
    std::unique_ptr<Writer> writer_;
};

} // namespace spindle::bench
