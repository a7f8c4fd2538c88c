// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace spindle::store {

/// A small text only the owner may read (mode 0600). Messages never hold what is in it.
class SecretFile {
public:
    explicit SecretFile(std::filesystem::path path) : path_(std::move(path)) {}

    const std::filesystem::path& path() const { return path_; }

    /// Nothing if there is none. Code::NoAccess if others may read it, too: then it may not be
    /// secret any more.
    Result<std::optional<std::string>> load() const;
    /// Replaces it as a whole, never readable by others; makes the folder if there is none.
    Result<void> save(std::string_view content) const;
    /// @return whether there was one.
    Result<bool> remove() const;

private:
    std::filesystem::path path_;
};

/// Is it visible characters without blanks: what a token, a key or a name without blanks is?
bool is_one_word(std::string_view text);

} // namespace spindle::store
