// SPDX-License-Identifier: Apache-2.0
#include "store/scrobble_account.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace spindle::store {
namespace {

constexpr std::string_view kPrefix = "scrobble-";

struct Field {
    std::string_view name;
    std::string ScrobbleAccount::*value;
};
constexpr std::array<Field, 7> kFields{{
    {"profile", &ScrobbleAccount::profile},
    {"url", &ScrobbleAccount::url},
    {"username", &ScrobbleAccount::username},
    {"token", &ScrobbleAccount::token},
    {"api-key", &ScrobbleAccount::api_key},
    {"api-secret", &ScrobbleAccount::api_secret},
    {"password", &ScrobbleAccount::password},
}};

/// Small letters, digits and dashes: it becomes part of a file's name.
bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

bool is_line(std::string_view text) {
    return text::trimmed(text) == text && std::none_of(text.begin(), text.end(), [](char c) {
               return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
           });
}

std::optional<ScrobbleAccount> read(std::string_view content) {
    ScrobbleAccount account;
    bool knows_family = false;
    while (!content.empty()) {
        const auto line = content.substr(0, content.find('\n'));
        content.remove_prefix(std::min(content.size(), line.size() + 1));
        const auto blank = line.find(' ');
        const auto name = line.substr(0, blank);
        const std::string value(blank == std::string_view::npos
                                    ? std::string_view()
                                    : text::trimmed(line.substr(blank)));
        if (name == "family" && (value == "lastfm" || value == "listenbrainz")) {
            knows_family = true;
            account.family = value == "lastfm" ? ScrobbleAccount::Family::Lastfm
                                               : ScrobbleAccount::Family::ListenBrainz;
        }
        const auto* const field = std::find_if(kFields.begin(), kFields.end(),
                                               [&](const Field& one) { return one.name == name; });
        if (field != kFields.end()) {
            account.*(field->value) = value;
        }
    }
    const bool whole = knows_family && is_name(account.profile) && is_one_word(account.token);
    return whole ? std::optional(std::move(account)) : std::nullopt;
}

} // namespace

std::filesystem::path ScrobbleAccounts::path_of(std::string_view name) const {
    return folder_ / (std::string(kPrefix) + std::string(name));
}

Result<std::optional<ScrobbleAccount>> ScrobbleAccounts::find(std::string_view name) const {
    if (!is_name(name)) {
        return std::nullopt;
    }
    SPINDLE_TRY(const auto content, SecretFile(path_of(name)).load());
    if (!content) {
        return std::nullopt;
    }
    auto account = read(*content);
    if (!account || account->profile != name) {
        return fail(Code::BadInput, "{}: damaged; log in again (spindle login --help)",
                    path_of(name).string());
    }
    return account;
}

Result<std::vector<ScrobbleAccount>> ScrobbleAccounts::all() const {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(kPrefix) && is_name(name.substr(kPrefix.size()))) {
            names.push_back(name.substr(kPrefix.size()));
        }
    }
    std::sort(names.begin(), names.end());
    std::vector<ScrobbleAccount> accounts;
    for (const std::string& name : names) {
        SPINDLE_TRY(auto account, find(name));
        if (account) {
            accounts.push_back(*std::move(account));
        }
    }
    return accounts;
}

Result<void> ScrobbleAccounts::save(const ScrobbleAccount& account) const {
    std::string content = account.family == ScrobbleAccount::Family::Lastfm
                              ? "family lastfm\n"
                              : "family listenbrainz\n";
    if (!is_name(account.profile) || !is_one_word(account.token)) {
        return fail(Code::BadInput, "an account needs a profile and a key or token");
    }
    for (const Field& field : kFields) {
        const std::string& value = account.*(field.value);
        if (!is_line(value)) {
            return fail(Code::BadInput, "{}: may not have blanks around it or line ends",
                        field.name);
        }
        if (!value.empty()) {
            content += fmt::format("{} {}\n", field.name, value);
        }
    }
    return SecretFile(path_of(account.profile)).save(content);
}

Result<bool> ScrobbleAccounts::remove(std::string_view name) const {
    return is_name(name) ? SecretFile(path_of(name)).remove() : false;
}

} // namespace spindle::store
