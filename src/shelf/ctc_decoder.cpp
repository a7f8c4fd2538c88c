// SPDX-License-Identifier: Apache-2.0
#include "shelf/ctc_decoder.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "io/file.h"

namespace spindle::shelf {
namespace {

constexpr std::size_t kNothing = 0;

/// First code point of UTF-8, 0 for none.
char32_t code_point(std::string_view text) {
    if (text.empty()) {
        return 0;
    }
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const unsigned first = byte(0);
    if (first < 0x80U) {
        return first;
    }
    if (first < 0xE0U) {
        return ((first & 0x1FU) << 6U) | (byte(1) & 0x3FU);
    }
    if (first < 0xF0U) {
        return ((first & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU);
    }
    return 0x10000; // beyond what spines hold; eastern
}

bool is_western_sign(char32_t c) {
    return c < 0x0250 || (c >= 0x0370 && c < 0x0530) || (c >= 0x2010 && c < 0x2040) ||
           c == 0x2122 || c == 0x20AC || c == 0x2605 || c == 0x00B7;
}

/// The sign of a step and its probability, among those allowed.
struct Candidate {
    std::size_t sign;
    double probability;
};
using Step = std::vector<Candidate>; // the most probable first

struct Path {
    double ends_in_nothing = 0;
    double ends_in_sign = 0;
    double total() const { return ends_in_nothing + ends_in_sign; }
};
using Text = std::vector<std::size_t>;
using Beam = std::map<Text, Path>;

Beam followed_by(const Beam& beam, const Step& step) {
    Beam next;
    for (const auto& [text, path] : beam) {
        for (const auto& [sign, probability] : step) {
            if (sign == kNothing) {
                next[text].ends_in_nothing += path.total() * probability;
                continue;
            }
            Text longer = text;
            longer.push_back(sign);
            if (!text.empty() && text.back() == sign) {
                next[text].ends_in_sign += path.ends_in_sign * probability;
                next[longer].ends_in_sign += path.ends_in_nothing * probability;
            } else {
                next[longer].ends_in_sign += path.total() * probability;
            }
        }
    }
    return next;
}

using Scored = std::pair<Text, double>;
std::vector<Scored> best_of(const Beam& beam) {
    std::vector<Scored> scored;
    for (const auto& [text, path] : beam) {
        scored.emplace_back(text, path.total());
    }
    std::ranges::sort(scored, std::ranges::greater(), &Scored::second);
    return scored;
}

void prune(Beam& beam, std::size_t width) {
    if (beam.size() <= width) {
        return;
    }
    Beam kept;
    auto scored = best_of(beam);
    scored.resize(width);
    for (const auto& [text, score] : scored) {
        kept[text] = beam[text];
    }
    beam = std::move(kept);
}

std::string text_of(const Text& signs, const SignTable& table) {
    return std::accumulate(
        signs.begin(), signs.end(), std::string(),
        [&](std::string text, std::size_t sign) { return std::move(text) + table.sign(sign); });
}

class Decoding {
public:
    Decoding(std::span<const float> probabilities, std::size_t steps, const SignTable& table,
             const DecoderOptions& options)
        : table_(table), options_(options), steps_(steps) {
        const bool eastern = eastern_share(probabilities) >= options.eastern_share;
        for (std::size_t t = 0; t < steps; ++t) {
            path_.push_back(step_of(row(probabilities, t), eastern));
        }
    }

    Decoded result() const {
        Decoded decoded;
        double sum = 0;
        std::size_t signs = 0;
        std::size_t begin = 0;
        std::size_t last = kNothing;
        for (std::size_t t = 0; t <= steps_; ++t) {
            const bool ends = t == steps_ || is_gap(path_[t]);
            if (ends) {
                add_word(begin, t, decoded.words);
                begin = t + 1;
            } else if (const auto& best = path_[t].front();
                       best.sign != kNothing && best.sign != last) {
                sum += best.probability;
                ++signs;
            }
            last = ends ? kNothing : path_[t].front().sign;
        }
        decoded.confidence = signs == 0 ? 0 : sum / static_cast<double>(signs);
        return decoded;
    }

private:
    bool is_gap(const Step& step) const {
        if (step.front().sign != kNothing && step.front().sign != table_.blank()) {
            return false;
        }
        return std::ranges::any_of(step, [&](const Candidate& candidate) {
            return candidate.sign == table_.blank() && candidate.probability >= options_.gap;
        });
    }

    std::span<const float> row(std::span<const float> probabilities, std::size_t t) const {
        return probabilities.subspan(t * table_.classes(), table_.classes());
    }

    double eastern_share(std::span<const float> probabilities) const {
        double eastern = 0;
        double all = 0;
        for (std::size_t t = 0; t < steps_; ++t) {
            const auto values = row(probabilities, t);
            for (std::size_t i = 1; i < values.size(); ++i) {
                const double value = static_cast<double>(values[i]);
                all += value;
                eastern += table_.is_western(i) ? 0 : value;
            }
        }
        return all <= 0 ? 0 : eastern / all;
    }

    Step step_of(std::span<const float> values, bool eastern) const {
        Step step;
        double sum = 0;
        std::size_t best = kNothing;
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (!eastern && !table_.is_western(i)) {
                continue;
            }
            sum += static_cast<double>(values[i]);
            best = values[i] > values[best] ? i : best;
        }
        sum = std::max(sum, 1e-9);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double value = static_cast<double>(values[i]);
            if (i == best ||
                ((eastern || table_.is_western(i)) && value >= options_.least_probability * sum)) {
                step.push_back({i, value / sum});
            }
        }
        std::ranges::sort(step, std::ranges::greater(), &Candidate::probability);
        if (step.size() > options_.beam) {
            step.resize(options_.beam);
        }
        return step;
    }

    void add_word(std::size_t begin, std::size_t end, std::vector<CropWord>& words) const {
        while (begin < end && path_[begin].front().sign == kNothing) {
            ++begin;
        }
        while (begin < end && path_[end - 1].front().sign == kNothing) {
            --end;
        }
        if (begin == end) {
            return;
        }
        Beam beam{{Text{}, Path{1, 0}}};
        for (std::size_t t = begin; t < end; ++t) {
            beam = followed_by(beam, path_[t]);
            prune(beam, options_.beam);
        }
        CropWord word;
        word.begin = static_cast<double>(begin) / static_cast<double>(steps_);
        word.end = static_cast<double>(end) / static_cast<double>(steps_);
        for (const auto& [signs, score] : best_of(beam)) {
            const std::string text = text_of(signs, table_);
            if (text.empty()) {
                continue;
            }
            if (word.text.empty()) {
                word.text = text;
                word.confidence = std::min(score, 1.0);
            } else if (text != word.text && score >= options_.least_probability &&
                       word.alternatives.size() < options_.most_alternatives) {
                word.alternatives.push_back({text, score});
            }
        }
        if (!word.text.empty()) {
            words.push_back(std::move(word));
        }
    }

    const SignTable& table_;
    const DecoderOptions& options_;
    std::size_t steps_;
    std::vector<Step> path_;
};

} // namespace

SignTable SignTable::parse(std::string_view dictionary) {
    SignTable table;
    table.signs_.emplace_back();
    table.western_.push_back(1);
    const auto add = [&](std::string sign) {
        const char32_t c = code_point(sign);
        if (c > 0xFF00 && c < 0xFF5F) { // full width
            sign.assign(1, static_cast<char>(c - 0xFF00 + 0x20));
        } else if (c == 0x3000) {
            sign.assign(1, ' ');
        }
        table.western_.push_back(is_western_sign(code_point(sign)) ? 1 : 0);
        table.signs_.push_back(std::move(sign));
    };
    while (!dictionary.empty()) {
        const std::size_t end = std::min(dictionary.find('\n'), dictionary.size());
        std::string_view line = dictionary.substr(0, end);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        add(std::string(line));
        dictionary.remove_prefix(std::min(end + 1, dictionary.size()));
    }
    add(" ");
    return table;
}

Result<SignTable> SignTable::open(const std::filesystem::path& dictionary) {
    constexpr std::uint64_t kLargest = 1U << 20U;
    SPINDLE_TRY(const std::string text, io::read_file(dictionary, kLargest));
    return parse(text);
}

Decoded decode(std::span<const float> probabilities, std::size_t steps, const SignTable& table,
               const DecoderOptions& options) {
    if (steps == 0 || probabilities.size() < steps * table.classes()) {
        return {};
    }
    return Decoding(probabilities, steps, table, options).result();
}

} // namespace spindle::shelf
