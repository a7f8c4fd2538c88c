// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>

#include <unistd.h>

namespace spindle::fuzz {

/// One file in memory (/dev/shm), rewritten for each input: for readers that want a path. It is
/// named after what its first bytes say it is, as the files people have are.
class MemoryFile {
public:
    explicit MemoryFile(std::span<const std::uint8_t> bytes) {
        const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        path_ = "/dev/shm/spindle-fuzz-" + std::to_string(::getpid()) + std::string(ending(text));
        std::ofstream file(path_, std::ios::binary | std::ios::trunc);
        if (!(file << text).flush()) {
            std::abort();
        }
    }
    ~MemoryFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    static std::string_view ending(std::string_view text) {
        if (text.substr(0, 4) == "fLaC") {
            return ".flac";
        }
        if (text.substr(0, 4) == "OggS") {
            return text.find("OpusHead") < 64 ? ".opus" : ".ogg";
        }
        if (text.substr(0, 4) == "RIFF") {
            return ".wav";
        }
        if (text.substr(0, 4) == "FORM") {
            return ".aiff";
        }
        if (text.size() > 8 && text.substr(4, 4) == "ftyp") {
            return ".m4a";
        }
        return ".mp3";
    }
    std::filesystem::path path_;
};

} // namespace spindle::fuzz
