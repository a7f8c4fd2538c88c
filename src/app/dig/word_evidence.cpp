// SPDX-License-Identifier: Apache-2.0
#include "app/dig/word_evidence.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "catalog/edit_distance.h"
#include "catalog/normal_form.h"

namespace spindle::app {
namespace {

constexpr std::size_t kMostWordsWeighed = 48; // of a reading; as many as the matcher looks at
constexpr std::size_t kMostWordsOfField = 40; // some titles are stories
constexpr std::size_t kMostNumbers = 8;
constexpr std::size_t kMostParts = 5;    // "CDP 7 46001 2" is read as four words
constexpr std::size_t kSignsAnError = 4; // one sign in so many may be wrong

/// Letters and digits only, folded; signs of other scripts stay.
std::string plain(std::string_view text) {
    std::string kept = catalog::folded(text);
    std::erase_if(kept, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9');
    });
    return kept;
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty() && words.size() < kMostWordsOfField) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end > 0) {
            words.emplace_back(text.substr(0, end));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

/// Something that may stand for a printed word: a word, another reading of it, or two in a row.
struct Seen {
    std::string text;  ///< as read
    std::string plain; ///< as compared
    bool is_other = false;
};

std::vector<Seen> words_seen(const shelf::SpineReading& reading) {
    std::vector<Seen> seen;
    std::size_t words = 0;
    for (const shelf::Line& line : reading.lines) {
        const shelf::Word* before = nullptr;
        for (const shelf::Word& word : line.words) {
            if (++words > kMostWordsWeighed) {
                return seen;
            }
            seen.push_back({word.text, plain(word.text), false});
            if (before != nullptr) {
                seen.push_back({before->text + " " + word.text,
                                plain(before->text) + plain(word.text), false});
            }
            for (const shelf::OtherReading& other : word.alternatives) {
                seen.push_back({other.text, plain(other.text), true});
            }
            before = &word;
        }
    }
    return seen;
}

WordEvidence evidence_for(Field field, const std::string& printed, const std::string& wanted,
                          const std::vector<Seen>& seen) {
    WordEvidence evidence{field, printed, "", Agreement::NotSeen};
    const catalog::EditPattern pattern(wanted);
    int least = static_cast<int>(wanted.size() / kSignsAnError) + 1;
    for (const Seen& one : seen) {
        if (one.plain.empty()) {
            continue;
        }
        if (one.plain == wanted) {
            const Agreement agreement = one.is_other ? Agreement::OtherRead : Agreement::Exact;
            if (agreement < evidence.agreement) {
                evidence.agreement = agreement;
                evidence.read = one.text;
            }
        } else if (const int distance = pattern.distance(one.plain);
                   evidence.agreement >= Agreement::Misread && distance < least) {
            least = distance;
            evidence.agreement = Agreement::Misread;
            evidence.read = one.text;
        }
    }
    return evidence;
}

void add_words(Field field, const std::string& text, const std::vector<Seen>& seen,
               std::vector<WordEvidence>& evidence) {
    for (const std::string& word : split(text)) {
        if (const std::string wanted = plain(word); !wanted.empty()) {
            evidence.push_back(evidence_for(field, word, wanted, seen));
        }
    }
}

/// Neighbouring words of a line that may be a catalog number together, under its key.
std::vector<Seen> numbers_seen(const shelf::SpineReading& reading) {
    std::vector<Seen> seen;
    std::size_t words = 0;
    for (const shelf::Line& line : reading.lines) {
        for (std::size_t i = 0; i < line.words.size() && ++words <= kMostWordsWeighed; ++i) {
            std::string text;
            for (std::size_t j = i; j < line.words.size() && j < i + kMostParts; ++j) {
                text += (j == i ? "" : " ") + line.words[j].text;
                seen.push_back({text, catalog::number_key(text), false});
            }
            for (const shelf::OtherReading& other : line.words[i].alternatives) {
                seen.push_back({other.text, catalog::number_key(other.text), true});
            }
        }
    }
    return seen;
}

} // namespace

std::vector<WordEvidence> evidence_of(const shelf::SpineReading& reading,
                                      const catalog::Release& release) {
    const std::vector<Seen> seen = words_seen(reading);
    std::vector<WordEvidence> evidence;
    add_words(Field::Artist, catalog::credit_line(release.artists), seen, evidence);
    add_words(Field::Title, release.title, seen, evidence);
    const std::vector<Seen> numbers = numbers_seen(reading);
    std::vector<std::string> keys;
    for (const catalog::LabelNumber& label : release.labels) {
        const std::string key = catalog::number_key(label.number);
        if (key.empty() || keys.size() >= kMostNumbers ||
            std::find(keys.begin(), keys.end(), key) != keys.end()) {
            continue;
        }
        keys.push_back(key);
        evidence.push_back(evidence_for(Field::CatalogNumber, label.number, key, numbers));
    }
    return evidence;
}

} // namespace spindle::app
