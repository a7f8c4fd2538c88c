// SPDX-License-Identifier: Apache-2.0
#include "store/login.h"

#include <algorithm>

#include "base/text.h"

namespace spindle::store {

Result<std::optional<Login>> LoginFile::load() const {
    SPINDLE_TRY(const auto content, file_.load());
    if (!content) {
        return std::nullopt;
    }
    const auto end = std::min(content->find('\n'), content->size());
    Login login{std::string(text::trimmed(std::string_view(*content).substr(0, end))),
                std::string(text::trimmed(std::string_view(*content).substr(end)))};
    if (!is_one_word(login.token) || !is_one_word(login.username)) {
        return fail(Code::BadInput, "{}: damaged; run: spindle login discogs", path().string());
    }
    return login;
}

Result<void> LoginFile::save(const Login& login) const {
    if (!is_one_word(login.token) || !is_one_word(login.username)) {
        return fail(Code::BadInput, "{}: neither token nor name may be empty or have blanks",
                    path().string());
    }
    return file_.save(fmt::format("{}\n{}\n", login.token, login.username));
}

Result<bool> LoginFile::remove() const {
    return file_.remove();
}

} // namespace spindle::store
