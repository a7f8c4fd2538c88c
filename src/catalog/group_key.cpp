// SPDX-License-Identifier: Apache-2.0
#include "catalog/group_key.h"

#include <string>

#include <xxhash.h>

#include "catalog/normal_form.h"

namespace spindle::catalog {

std::uint64_t group_key(const Release& release) {
    std::string text;
    if (release.master.value != 0) {
        text = "m" + std::to_string(release.master.value);
    } else {
        // Word by word, so that "A-ha" and "a ha" meet.
        const auto add_words = [&text](std::string_view part) {
            for (const std::string& word : words_of(part)) {
                text += word;
                text += ' ';
            }
        };
        for (const ArtistCredit& artist : release.artists) {
            add_words(artist.name); // with its number: namesakes stay apart
        }
        text += '\n';
        add_words(release.title);
    }
    return XXH3_64bits(text.data(), text.size());
}

std::string recording_name(const Release& release) {
    std::string name;
    for (const std::string& word : words_of(credit_line(release.artists) + " / " + release.title)) {
        name += word + " ";
    }
    return name;
}

} // namespace spindle::catalog
