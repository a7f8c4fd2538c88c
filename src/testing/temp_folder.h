// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace spindle::testing {

/// A new empty folder, removed with all it holds when this goes. A test declares one; a benchmark
/// program calls create() and hears why there is none.
class TempFolder {
public:
    /// Makes `prefix`-XXXXXX in `base`. Errors name the pattern.
    static Result<TempFolder>
    create(std::string_view prefix,
           const std::filesystem::path& base = std::filesystem::temp_directory_path()) {
        std::string pattern = (base / prefix).string() + "-XXXXXX";
        if (::mkdtemp(pattern.data()) == nullptr) {
            return tl::unexpected(system_error(pattern, errno));
        }
        return TempFolder(Made{pattern});
    }

    TempFolder() : TempFolder(std::filesystem::temp_directory_path()) {}
    explicit TempFolder(const std::filesystem::path& base) {
        auto made = create("spindle-test", base);
        if (!made) {
            throw std::runtime_error(made.error().message);
        }
        *this = std::move(*made);
    }
    ~TempFolder() {
        if (!path_.empty()) {
            std::error_code ignored;
            std::filesystem::remove_all(path_, ignored);
        }
    }
    TempFolder(TempFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    TempFolder& operator=(TempFolder&& other) noexcept {
        std::swap(path_, other.path_);
        return *this;
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

private:
    struct Made {
        std::filesystem::path path;
    };
    explicit TempFolder(Made made) : path_(std::move(made.path)) {}

    std::filesystem::path path_;
};

/// A place for folders of tests that write often and need no real disk: in memory where there is
/// one.
inline std::filesystem::path memory_folder() {
    const std::filesystem::path shared("/dev/shm");
    std::error_code error;
    const auto space = std::filesystem::space(shared, error);
    constexpr std::uintmax_t kEnough = 32UL << 20U; // some containers have a tiny one
    return !error && space.available >= kEnough ? shared : std::filesystem::temp_directory_path();
}

} // namespace spindle::testing
