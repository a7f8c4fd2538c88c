// SPDX-License-Identifier: Apache-2.0
#include "catalog/dump/own_ids.h"

#include <string>
#include <string_view>

#include <xxhash.h>

#include "catalog/normal_form.h"

namespace spindle::catalog {
namespace {

constexpr char kBetween = '\x1F'; // cannot stand in the texts themselves

void append(std::string& key, std::string_view text) {
    key += text;
    key += kBetween;
}

/// What tells releases apart for a person.
std::string key_of(const Release& release) {
    std::string key;
    append(key, folded(credit_line(release.artists)));
    append(key, folded(release.title));
    append(key, release.labels.empty() ? std::string() : folded(release.labels[0].number));
    append(key, folded(release.country));
    append(key, std::to_string(release.year));
    return key;
}

/// All that a row of a table can say.
std::string content_of(const Release& release) {
    std::string content = key_of(release);
    append(content, release.title);
    append(content, format_line(release.formats));
    for (const LabelNumber& label : release.labels) {
        append(content, label.label);
        append(content, label.number);
    }
    for (const std::string& barcode : release.barcodes) {
        append(content, barcode);
    }
    append(content, std::to_string(release.master.value));
    return content;
}

std::uint64_t hash_of(const std::string& text) {
    return XXH3_64bits(text.data(), text.size());
}

} // namespace

OwnIds::Given OwnIds::give(const Release& release) {
    const std::uint64_t content = hash_of(content_of(release));
    auto number = static_cast<std::uint32_t>(hash_of(key_of(release))) | kFirstOwnRelease;
    while (true) {
        const auto [there, is_new] = taken_.try_emplace(number, content);
        if (is_new || there->second == content) {
            return {ReleaseId{number}, !is_new};
        }
        number = (number + 1) | kFirstOwnRelease;
    }
}

} // namespace spindle::catalog
