// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>

#include "base/result.h"

namespace spindle::accuracy {

/// A new empty folder among the temporary files, removed with all it holds.
class ScratchFolder {
public:
    static Result<ScratchFolder> create() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "spindle-bench-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) {
            return tl::unexpected(system_error(pattern, errno));
        }
        return ScratchFolder(pattern);
    }
    ~ScratchFolder() {
        if (!path_.empty()) {
            std::error_code ignored;
            std::filesystem::remove_all(path_, ignored);
        }
    }
    ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    ScratchFolder& operator=(ScratchFolder&& other) noexcept {
        std::swap(path_, other.path_);
        return *this;
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path path_;
};

} // namespace spindle::accuracy
