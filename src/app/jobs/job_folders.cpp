// SPDX-License-Identifier: Apache-2.0
#include "app/jobs/job_folders.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <sys/random.h>

namespace spindle::app {
namespace fs = std::filesystem;

Result<std::string> draw_job_id() {
    std::array<unsigned char, 16> bytes{};
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        return tl::unexpected(system_error("random numbers", errno));
    }
    std::string id;
    for (const unsigned char byte : bytes) {
        id += fmt::format("{:02x}", byte);
    }
    return id;
}

bool is_job_id(const std::string& word) {
    return word.size() == 32 && word.find_first_not_of("0123456789abcdef") == word.npos;
}

std::uint64_t bytes_in(const fs::path& folder) {
    std::uint64_t bytes = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code of_file;
        if (entry->is_regular_file(of_file)) {
            const auto size = entry->file_size(of_file);
            bytes += of_file ? 0 : size;
        }
    }
    return bytes;
}

void remove_stray_folders(const fs::path& root, const std::set<std::string>& known) {
    std::error_code error;
    for (fs::directory_iterator entry(root, error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        std::error_code of_folder;
        if (is_job_id(name) && !known.contains(name)) {
            fs::remove_all(entry->path(), of_folder);
        }
    }
}

} // namespace spindle::app
