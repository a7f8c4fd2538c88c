// SPDX-License-Identifier: Apache-2.0
#include "store/login.h"

#include <algorithm>
#include <cerrno>

#include <sys/stat.h>

#include "base/text.h"
#include "io/file.h"

namespace spindle::store {
namespace {

constexpr std::uint64_t kLargest = 4096; // bytes
constexpr unsigned kOwnerOnly = 0600;

bool is_one_word(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) > ' ' && c != '\x7f';
    });
}

} // namespace

Result<std::optional<Login>> LoginFile::load() const {
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
    SPINDLE_TRY(const std::string content, io::read_file(path_, kLargest));
    const auto end = std::min(content.find('\n'), content.size());
    Login login{std::string(text::trimmed(std::string_view(content).substr(0, end))),
                std::string(text::trimmed(std::string_view(content).substr(end)))};
    if (!is_one_word(login.token) || !is_one_word(login.username)) {
        return fail(Code::BadInput, "{}: damaged; run: spindle login discogs", path_.string());
    }
    return login;
}

Result<void> LoginFile::save(const Login& login) const {
    if (!is_one_word(login.token) || !is_one_word(login.username)) {
        return fail(Code::BadInput, "{}: neither token nor name may be empty or have blanks",
                    path_.string());
    }
    std::error_code error;
    std::filesystem::create_directories(path_.parent_path(), error);
    if (error) {
        return tl::unexpected(system_error(path_.parent_path().string(), error.value()));
    }
    return io::write_atomically(path_, fmt::format("{}\n{}\n", login.token, login.username),
                                kOwnerOnly);
}

Result<bool> LoginFile::remove() const {
    std::error_code error;
    const bool removed = std::filesystem::remove(path_, error);
    if (error) {
        return tl::unexpected(system_error(path_.string(), error.value()));
    }
    return removed;
}

} // namespace spindle::store
