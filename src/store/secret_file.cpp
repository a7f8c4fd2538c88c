// SPDX-License-Identifier: Apache-2.0
#include "store/secret_file.h"

#include <algorithm>
#include <cerrno>

#include <sys/stat.h>

#include "io/file.h"

namespace spindle::store {
namespace {

constexpr std::uint64_t kLargest = 4096; // bytes
constexpr unsigned kOwnerOnly = 0600;

} // namespace

bool is_one_word(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) > ' ' && c != '\x7f';
    });
}

Result<std::optional<std::string>> SecretFile::load() const {
    struct stat status {};
    if (::stat(path_.c_str(), &status) != 0) {
        if (errno == ENOENT || errno == ENOTDIR) {
            return std::nullopt;
        }
        return tl::unexpected(system_error(path_.string(), errno));
    }
    if ((status.st_mode & 077U) != 0) {
        return fail(Code::NoAccess,
                    "{0}: others may read it; make a new token if somebody did, then run: chmod "
                    "600 {0}",
                    path_.string());
    }
    SPINDLE_TRY(std::string content, io::read_file(path_, kLargest));
    return content;
}

Result<void> SecretFile::save(std::string_view content) const {
    std::error_code error;
    std::filesystem::create_directories(path_.parent_path(), error);
    if (error) {
        return tl::unexpected(system_error(path_.parent_path().string(), error.value()));
    }
    return io::write_atomically(path_, content, kOwnerOnly);
}

Result<bool> SecretFile::remove() const {
    std::error_code error;
    const bool removed = std::filesystem::remove(path_, error);
    if (error) {
        return tl::unexpected(system_error(path_.string(), error.value()));
    }
    return removed;
}

} // namespace spindle::store
