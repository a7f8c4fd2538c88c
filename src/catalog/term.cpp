// SPDX-License-Identifier: Apache-2.0
#include "catalog/term.h"

#include <algorithm>

#include <xxhash.h>

#include "catalog/normal_form.h"

namespace spindle::catalog {

TermHash term_hash(TermKind kind, std::string_view text) {
    return XXH3_64bits_withSeed(text.data(), text.size(), static_cast<XXH64_hash_t>(kind));
}

void append_terms(const Release& release, std::vector<TermHash>& out) {
    const auto begin = static_cast<std::ptrdiff_t>(out.size());
    const auto add = [&out](TermKind kind, std::string_view text) {
        if (!text.empty()) {
            out.push_back(term_hash(kind, text));
        }
    };
    const auto add_words = [&](std::string_view text) {
        for (const std::string& word : words_of(text)) {
            add(TermKind::Word, word);
        }
    };
    for (const ArtistCredit& artist : release.artists) {
        add_words(without_namesake_number(artist.name));
        add_words(artist.variation);
    }
    add_words(release.title);
    for (const LabelNumber& label : release.labels) {
        add(TermKind::Number, number_key(label.number));
        add(TermKind::DigitRun, longest_digit_run(label.number));
    }
    for (const std::string& barcode : release.barcodes) {
        add(TermKind::Barcode, barcode_key(barcode));
    }
    std::sort(out.begin() + begin, out.end());
    out.erase(std::unique(out.begin() + begin, out.end()), out.end());
}

} // namespace spindle::catalog
