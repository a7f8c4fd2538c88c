// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace spindle::testing {

/// A new empty folder for one test, removed with all it holds when the test ends.
class TempFolder {
public:
    TempFolder() : TempFolder(std::filesystem::temp_directory_path()) {}
    explicit TempFolder(const std::filesystem::path& base) {
        std::string pattern = (base / "spindle-test-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) {
            throw std::runtime_error("mkdtemp failed for " + pattern);
        }
        path_ = pattern;
    }
    ~TempFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

private:
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
