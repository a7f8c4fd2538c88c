// SPDX-License-Identifier: Apache-2.0
#include "catalog/query.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "catalog/normal_form.h"
#include "catalog/reading_errors.h"

namespace spindle::catalog {
namespace {

// The model of a spine. Tokens come from the release (artist, title, number) or are junk: stickers,
// label names, STEREO, shreds. Set by hand to round figures; what was measured with them is in
// docs/catalog.md.
constexpr double kJunkShare = 0.25;      ///< of the tokens of a spine
constexpr double kNumberElsewhere = 0.3; ///< as often as a word its number of times is elsewhere
constexpr double kBarcodeElsewhere = 0.01;
constexpr std::size_t kLongestNumber = 20; ///< signs of a number key
constexpr std::size_t kMostJoined = 6;     ///< tokens a number may be made of

struct Token {
    std::string text; ///< normal form
    double confidence = 1;
    std::size_t line = 0;
    std::vector<std::pair<std::string, double>> alternatives;
};

double log_sum(double a, double b) {
    const double high = std::max(a, b);
    return high + std::log1p(std::exp(std::min(a, b) - high));
}

/// -ln of the chance that shreds read as just this: a letter of an alphabet is one of some twenty,
/// a sign of Chinese or Japanese one of hundreds (not thousands: pairs of them overlap).
double shred_nats(std::string_view text) {
    constexpr double kLetter = 2.8;
    constexpr double kIdeograph = 4.8;
    double nats = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) != 0x80) {
            nats += byte >= 0xE3 ? kIdeograph : kLetter;
        }
    }
    return nats;
}

bool has_digit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_long_word(std::string_view text) {
    return text.size() > 4 && !has_digit(text);
}

/// The words of a reading; a raw word with signs inside becomes several.
std::vector<Token> tokens_of(const Reading& reading) {
    std::vector<Token> tokens;
    for (std::size_t line = 0; line < reading.lines.size(); ++line) {
        for (const ReadWord& word : reading.lines[line].words) {
            const auto parts = words_of(word.text);
            for (const std::string& part : parts) {
                if (tokens.size() == kMostTokens) {
                    return tokens;
                }
                Token token{part, word.confidence, line, {}};
                // Which part of an alternative stands for which part of the word is known only
                // when there are as many.
                for (const Alternative& alternative : word.alternatives) {
                    const auto others = words_of(alternative.text);
                    const auto at = static_cast<std::size_t>(&part - parts.data());
                    if (others.size() == parts.size() && others[at] != part) {
                        token.alternatives.emplace_back(others[at], alternative.confidence);
                    }
                }
                tokens.push_back(std::move(token));
            }
        }
    }
    return tokens;
}

/// Nats for what the reader held for less likely than its first choice.
double cost_of_alternative(double first, double alternative) {
    return std::max(0.0, std::log(std::max(first, 0.01) / std::max(alternative, 1e-4)));
}

double leniency_of(double confidence) {
    return 0.6 + 0.4 * std::clamp(confidence, 0.0, 1.0);
}

/// All terms of a kind from which `seen` may come.
std::vector<Source> sources_of(const std::string& seen, TermKind kind, Alphabet alphabet,
                               double leniency, bool with_errors, const TermCounts& counts) {
    // All places in memory are asked for before the first is looked at: that is most of the time.
    std::vector<Source> sources;
    const auto consider = [&](std::string_view text, double cost) {
        const TermHash term = term_hash(kind, text);
        counts.prefetch(term);
        sources.push_back({term, 0, cost * leniency});
    };
    consider(seen, 0);
    if (with_errors) {
        sources.reserve(75 * seen.size());
        // Three letters are one odd error away from hundreds of words: that finds nothing.
        const double most = seen.size() < 4 ? 5 : 100;
        each_one_error_away(seen, alphabet, [&](std::string_view text, double cost) {
            if (cost < most) {
                consider(text, cost);
            }
        });
    }
    for (Source& source : sources) {
        source.releases = counts(source.term);
    }
    std::erase_if(sources, [](const Source& source) { return source.releases == 0; });
    sources.shrink_to_fit();
    return sources;
}

/// ln of the share of all that is printed on spines that would be read as this.
double log_share(const std::vector<Source>& sources, double printed) {
    double sum = 0;
    for (const Source& source : sources) {
        sum += source.releases * std::exp(-source.cost);
    }
    return sum > 0 ? std::log(sum / printed) : -1e9;
}

class QueryMaker {
public:
    QueryMaker(const Reading& reading, const TermCounts& counts)
        : tokens_(tokens_of(reading)), counts_(counts) {}

    Query make() {
        query_.printed = counts_.releases() * kWordsOfRelease;
        add_words();
        add_joined_words();
        add_numbers();
        // Or all of it is rubbish, as it is when a spine is read the wrong way round: then every
        // token is junk, not one in four.
        const double rubbish = -std::log(kJunkShare) * static_cast<double>(tokens_.size());
        query_.junk_only = log_sum(query_.junk_only, rubbish);
        return std::move(query_);
    }

private:
    static TokenSet bit(std::size_t i) { return TokenSet{1} << i; }

    void add_words() {
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            const Token& token = tokens_[i];
            add_word(token.text, bit(i), 0, token.confidence, token.text.size() >= 3);
            double share = log_share(query_.words.back().sources, query_.printed);
            for (const auto& [text, confidence] : token.alternatives) {
                const double cost = cost_of_alternative(token.confidence, confidence);
                add_word(text, bit(i), cost, confidence, text.size() >= 3);
                share =
                    log_sum(share, log_share(query_.words.back().sources, query_.printed) - cost);
            }
            const double shred = -shred_nats(token.text);
            const double junk = std::log(kJunkShare * 0.5) + log_sum(shred, share);
            const double any = log_sum(std::log(1 - kJunkShare) + share, junk);
            query_.junk.push_back(junk);
            query_.junk_only += any - junk;
            if (has_digit(token.text)) {
                query_.number_like |= bit(i);
            }
            if (is_numeral(token.text)) {
                query_.numerals |= bit(i);
            }
        }
    }

    void add_word(const std::string& text, TokenSet tokens, double cost, double confidence,
                  bool with_errors) {
        const double leniency = leniency_of(confidence);
        query_.words.push_back(
            {text, tokens, cost, leniency,
             sources_of(text, TermKind::Word, Alphabet::Words, leniency, with_errors, counts_),
             EditPattern(text), melting_pairs(text)});
    }

    /// "DARK SIDE" may be read as "DARKSIDE", and "METALLICA" as "METAL LICA".
    void add_joined_words() {
        for (std::size_t i = 0; i + 1 < tokens_.size(); ++i) {
            const Token& a = tokens_[i];
            const Token& b = tokens_[i + 1];
            if (a.line == b.line && a.text.size() + b.text.size() >= 4) {
                add_word(a.text + b.text, bit(i) | bit(i + 1), kJoinCost,
                         std::min(a.confidence, b.confidence), a.text.size() + b.text.size() >= 6);
            }
        }
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            const std::string& text = tokens_[i].text;
            for (std::size_t cut = 2; cut + 2 <= text.size() && text.size() >= 5; ++cut) {
                if ((static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80) {
                    continue;
                }
                // Only to find releases: their words are compared with the whole token later.
                for (const std::string_view part :
                     {std::string_view(text).substr(0, cut), std::string_view(text).substr(cut)}) {
                    const TermHash term = term_hash(TermKind::Word, part);
                    if (const auto count = counts_(term); count > 0 && part.size() >= 4) {
                        query_.words[word_of_token(i)].sources.push_back(
                            {term, count, kJoinCost + 3});
                    }
                }
            }
        }
    }

    std::size_t word_of_token(std::size_t token) const {
        return static_cast<std::size_t>(
            std::find_if(query_.words.begin(), query_.words.end(),
                         [&](const SeenWord& word) { return word.tokens == bit(token); }) -
            query_.words.begin());
    }

    /// Neighbouring tokens with a digit among them, joined; also with an alternative in one place.
    void add_numbers() {
        for (std::size_t first = 0; first < tokens_.size(); ++first) {
            std::string joined;
            TokenSet tokens = 0;
            double confidence = 1;
            int long_words = 0; // a number has one name in it at most: "KUCKUCK 053"
            for (std::size_t last = first; last < tokens_.size() && last < first + kMostJoined;
                 ++last) {
                if (number_key(tokens_[last].text).empty()) {
                    break; // not of this number: it would explain the token for nothing
                }
                joined += tokens_[last].text;
                tokens |= bit(last);
                confidence = std::min(confidence, tokens_[last].confidence);
                long_words += is_long_word(tokens_[last].text) ? 1 : 0;
                if (long_words > 1) {
                    break;
                }
                if (!add_number(joined, tokens, 0, confidence)) {
                    break;
                }
                for (const auto& [text, sure] : tokens_[last].alternatives) {
                    const std::string other =
                        joined.substr(0, joined.size() - tokens_[last].text.size()) + text;
                    add_number(other, tokens, cost_of_alternative(tokens_[last].confidence, sure),
                               sure);
                }
            }
        }
    }

    /// @return false when it is too long already
    bool add_number(const std::string& text, TokenSet tokens, double cost, double confidence) {
        const std::string key = number_key(text);
        if (key.size() > kLongestNumber) {
            return false;
        }
        if (!has_digit(text) || key.size() < 3) {
            // A number of letters that look like digits only ("SOLO") is taken if the catalog has
            // it exactly as one.
            if (!has_digit(key) || key.size() < 4) {
                return true;
            }
        }
        const double leniency = leniency_of(confidence);
        SeenNumber number{key, tokens, cost, leniency, {}, EditPattern(key), false};
        const bool numeric = has_digit(text);
        number.sources = sources_of(key, TermKind::Number, Alphabet::Numbers, leniency,
                                    numeric && key.size() >= 4, counts_);
        number.log_elsewhere = log_elsewhere(number.sources, kNumberElsewhere);
        if (numeric || !number.sources.empty()) {
            query_.numbers.push_back(std::move(number));
        }
        if (const std::string run = longest_digit_run(text); !run.empty()) {
            const TermHash term = term_hash(TermKind::DigitRun, run);
            if (const auto count = counts_(term); count > 0) {
                query_.digit_runs.push_back({term, count, 3});
            }
        }
        if (const std::string barcode = barcode_key(text);
            !barcode.empty() && barcode.size() + 2 >= text.size()) {
            SeenNumber seen{barcode, tokens, cost, leniency, {}, EditPattern(barcode), true};
            seen.sources = sources_of(barcode, TermKind::Barcode, Alphabet::Numbers, leniency,
                                      barcode.size() >= 11, counts_);
            seen.log_elsewhere = log_elsewhere(seen.sources, kBarcodeElsewhere);
            query_.numbers.push_back(std::move(seen));
        }
        return true;
    }

    /// A number is seldom on a spine that is not its own. The same for all that the number may be:
    /// the one that was read exactly must not gain less than its neighbours lose.
    double log_elsewhere(const std::vector<Source>& sources, double how_seldom) const {
        return std::log(how_seldom) +
               std::max(log_share(sources, query_.printed), -std::log(query_.printed));
    }

    std::vector<Token> tokens_;
    const TermCounts& counts_;
    Query query_;
};

} // namespace

double Query::gain(TokenSet tokens, double cost, double of, double log_elsewhere) const {
    double explained_as_junk = 0;
    for (TokenSet rest = tokens; rest != 0; rest &= rest - 1) {
        explained_as_junk += junk[static_cast<std::size_t>(std::countr_zero(rest))];
    }
    // As junk it is as many pieces of junk as there are tokens.
    const double as_tokens = std::popcount(tokens) * std::log(kJunkShare);
    explained_as_junk = log_sum(explained_as_junk, std::log(0.5) + as_tokens + log_elsewhere);
    const double advantage =
        std::log((1 - kJunkShare) / std::max(of, 1.0)) - cost - explained_as_junk;
    return advantage > 30 ? advantage : std::log1p(std::exp(advantage));
}

TermCounts::TermCounts(std::span<const CatalogFile> files) : files_(files) {
    for (const CatalogFile& file : files) {
        releases_ += file.releases();
    }
    constexpr double kAssumed = 1e6; // a middling catalog: words get a chance to be elsewhere
    releases_ = files.empty() ? kAssumed : releases_;
}

std::uint32_t TermCounts::operator()(TermHash term) const {
    std::uint32_t sum = 0;
    for (const CatalogFile& file : files_) {
        sum += file.count(term);
    }
    return sum;
}

void TermCounts::prefetch(TermHash term) const {
    for (const CatalogFile& file : files_) {
        file.prefetch(term);
    }
}

Query make_query(const Reading& reading, const TermCounts& counts) {
    return QueryMaker(reading, counts).make();
}

} // namespace spindle::catalog
