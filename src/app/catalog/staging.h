// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "base/result.h"
#include "io/file.h"

namespace spindle::app {

/// A catalog file in the making: the lock that keeps other imports out, a scratch folder beside the
/// catalog, and the rename that puts the new file in place. What is not put in place is deleted;
/// what a killed import left behind, the next one deletes.
class Staging {
public:
    /// @param needed_bytes roughly what the import will need on disk, 0 = not known. Code::NoSpace
    /// names folder, need and room; Code::Busy if another import is running.
    static Result<Staging> begin(const std::filesystem::path& catalog_folder,
                                 std::uint64_t needed_bytes);
    ~Staging();
    Staging(Staging&&) noexcept = default;
    Staging& operator=(Staging&&) = delete;

    /// Where temporary files go.
    const std::filesystem::path& scratch() const { return scratch_; }
    /// Where the new catalog file is to be written.
    std::filesystem::path new_file() const { return scratch_ / "new.catalog"; }

    /// The new file becomes catalog_folder/name, in one step.
    Result<std::filesystem::path> put_in_place(std::string_view name);

private:
    Staging(std::filesystem::path folder, std::filesystem::path scratch, io::FileLock lock);
    std::filesystem::path folder_, scratch_;
    io::FileLock lock_;
};

} // namespace spindle::app
