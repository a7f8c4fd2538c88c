// SPDX-License-Identifier: Apache-2.0
#include "app/settings/settings.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <vector>

#include <toml++/toml.h>

#include "base/nearest_word.h"
#include "base/text.h"
#include "io/file.h"

namespace spindle::app {
namespace {

constexpr std::uint64_t kMostBytes = 64U << 10U;
constexpr double kMostMoney = 1e7;
constexpr double kMostWeight = 1000;
constexpr double kMostFactor = 100;
constexpr double kMostCount = 1e8;
constexpr double kMostDays = 36'500;
constexpr double kMostGigabytes = 1e6;
constexpr double kMostKept = 100'000;
constexpr std::size_t kLongestShown = 60; // characters of a value in a message

/// In what a number is written in the file.
enum class Unit { Plain, Money, Percent };

/// A number that may be set.
struct NumberKey {
    std::string section, name;
    double lowest, highest;
    double* into;
    Unit unit = Unit::Plain;
};

std::vector<NumberKey> numbers_of(Settings& settings) {
    market::RuleOptions& rules = settings.rules;
    market::VerdictOptions& costs = settings.costs;
    return {
        {"offer", "asking", 0, kMostMoney, &settings.offer.asking, Unit::Money},
        {"costs", "fees", 0, 90, &costs.fee_share, Unit::Percent},
        {"costs", "fixed_fee", 0, kMostMoney, &costs.payment_fixed, Unit::Money},
        {"costs", "postage", 0, kMostMoney, &costs.postage, Unit::Money},
        {"costs", "margin", 0, kMostMoney, &costs.wanted_margin, Unit::Money},
        {"costs", "sure", 0.5, 1, &costs.sure_enough},
        {"rules", "lowest_weight", 0, kMostWeight, &rules.lowest_weight},
        {"rules", "sold_low_weight", 0, kMostWeight, &rules.sold_low_weight},
        {"rules", "sold_median_weight", 0, kMostWeight, &rules.sold_median_weight},
        {"rules", "sold_high_weight", 0, kMostWeight, &rules.sold_high_weight},
        {"rules", "sold_once_factor", 0, kMostFactor, &rules.sold_once_factor},
        {"rules", "many_for_sale", 0, kMostCount, &rules.many_for_sale},
        {"rules", "many_for_sale_factor", 0, kMostFactor, &rules.many_for_sale_factor},
        {"rules", "long_unsold_days", 0, kMostCount, &rules.long_unsold_days},
        {"rules", "long_unsold_factor", 0, kMostFactor, &rules.long_unsold_factor},
        {"rules", "many_versions", 0, kMostCount, &rules.many_versions},
        {"rules", "many_versions_factor", 0, kMostFactor, &rules.many_versions_factor},
        {"rules", "wanted_factor", 0, kMostFactor, &rules.wanted_factor},
        {"rules", "good", 0, kMostMoney, &rules.good, Unit::Money},
        {"keep", "days", 0, kMostDays, &settings.kept.days},
        {"keep", "gigabytes", 0, kMostGigabytes, &settings.kept.gigabytes},
        {"keep", "most", 1, kMostKept, &settings.kept.most},
    };
}

/// A word that may be set.
struct WordKey {
    std::string section, name;
    std::function<void(std::string)> set;
};

std::vector<WordKey> words_of(Settings& settings) {
    return {
        {"grade", "second_opinion", [&](std::string word) { settings.second_opinion = word; }},
        {"grade", "class_names", [&](std::string word) { settings.class_names = word; }},
        {"catalog", "dumps", [&](std::string word) { settings.dumps = word; }},
        {"catalog", "server", [&](std::string word) { settings.dump_server = std::move(word); }},
    };
}

bool is_server(std::string_view address) {
    return (address.starts_with("https://") || address.starts_with("http://")) &&
           address.ends_with("/");
}

bool is_currency(std::string_view code) {
    return code.size() == 3 &&
           std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// Reads one file into settings; stops at the first error.
class SettingsReader {
public:
    explicit SettingsReader(const std::string& file) : file_(file) {}

    Result<Settings> read(const toml::table& root) {
        for (const auto& [key, node] : root) {
            SPINDLE_TRY_VOID(read_top(key, node));
        }
        if (settings_.currency != "USD" && !settings_.rates.contains(settings_.currency)) {
            return wrong(currency_line_, "currency",
                         fmt::format("{0} has no rate; say below [rates] what one is in US "
                                     "dollars, as {0} = 1.08",
                                     settings_.currency));
        }
        for (const NumberKey& key : numbers_) {
            if (key.unit == Unit::Money && is_set(key)) {
                *key.into *= settings_.rate();
            }
        }
        return std::move(settings_);
    }

private:
    using Line = toml::source_index;

    tl::unexpected<Error> wrong(Line line, std::string_view key, std::string_view what) const {
        return fail(Code::BadInput, "{}:{}: {}: {}", file_, line,
                    text::shortened(text::printable(key), kLongestShown), what);
    }

    /// A key that does not exist.
    tl::unexpected<Error> unknown(const toml::key& key, const std::string& section,
                                  std::vector<std::string> known) const {
        const std::string near = text::nearest_word(key.str(), known);
        std::string all;
        for (const std::string& one : known) {
            all += (all.empty() ? "" : ", ") + one;
        }
        return wrong(key.source().begin.line, section + std::string(key.str()),
                     near.empty()
                         ? fmt::format("there is no such setting; there are {}", all)
                         : fmt::format("there is no such setting; did you mean {}?", near));
    }

    Result<void> read_top(const toml::key& key, const toml::node& node) {
        const Line line = node.source().begin.line;
        if (key.str() == "currency") {
            currency_line_ = line;
            SPINDLE_TRY(settings_.currency, word(node, "currency"));
            return is_currency(settings_.currency)
                       ? Result<void>()
                       : wrong(line, "currency",
                               "no currency; write its three letters, as \"EUR\"");
        }
        const std::string section(key.str());
        static const std::vector<std::string> kSections{"rates", "offer", "costs",   "rules",
                                                        "grade", "keep",  "catalog", "covers"};
        if (std::find(kSections.begin(), kSections.end(), section) == kSections.end()) {
            std::vector<std::string> known{"currency"};
            known.insert(known.end(), kSections.begin(), kSections.end());
            return unknown(key, "", std::move(known));
        }
        const toml::table* const table = node.as_table();
        if (table == nullptr) {
            return wrong(line, section, fmt::format("is a section; write [{}]", section));
        }
        for (const auto& [name, value] : *table) {
            SPINDLE_TRY_VOID(section == "rates" ? read_rate(name, value)
                                                : read_entry(section, name, value));
        }
        return {};
    }

    Result<void> read_rate(const toml::key& key, const toml::node& node) {
        const std::string name = "rates." + std::string(key.str());
        if (!is_currency(key.str())) {
            return wrong(key.source().begin.line, name,
                         "no currency; write its three letters, as EUR = 1.08");
        }
        SPINDLE_TRY(const double rate, number(node, name, 1e-6, 1e6));
        settings_.rates[std::string(key.str())] = rate;
        return {};
    }

    Result<void> read_entry(const std::string& section, const toml::key& key,
                            const toml::node& node) {
        const std::string name = section + "." + std::string(key.str());
        if (name == "offer.grade") {
            SPINDLE_TRY(const std::string grade, word(node, name));
            const auto known = grade_named(grade);
            if (!known) {
                return wrong(node.source().begin.line, name,
                             "no grade; write M, NM, VG+, VG, G+, G, F or P");
            }
            settings_.offer.grade = *known;
            return {};
        }
        for (const WordKey& one : words_) {
            if (one.section == section && one.name == key.str()) {
                SPINDLE_TRY(auto text, word(node, name));
                if (name == "catalog.server" && !is_server(text)) {
                    return wrong(node.source().begin.line, name,
                                 "no server; write its address with a slash at its end, as "
                                 "\"https://data.discogs.com/\"");
                }
                one.set(std::move(text));
                return {};
            }
        }
        if (section == "covers") {
            return read_covers(key, node);
        }
        for (std::size_t i = 0; i < numbers_.size(); ++i) {
            const NumberKey& one = numbers_[i];
            if (one.section == section && one.name == key.str()) {
                SPINDLE_TRY(*one.into, number(node, name, one.lowest, one.highest));
                set_[i] = true;
                if (one.unit == Unit::Percent) {
                    *one.into /= 100;
                    settings_.costs.payment_share = 0; // the one figure has both in it
                }
                return {};
            }
        }
        std::vector<std::string> known;
        for (const NumberKey& one : numbers_) {
            if (one.section == section) {
                known.push_back(one.name);
            }
        }
        for (const WordKey& one : words_) {
            if (one.section == section) {
                known.push_back(one.name);
            }
        }
        if (section == "offer") {
            known.emplace_back("grade");
        }
        return unknown(key, section + ".", std::move(known));
    }

    Result<void> read_covers(const toml::key& key, const toml::node& node) {
        if (key.str() != "internet") {
            return unknown(key, "covers.", {"internet"});
        }
        const auto value = node.value_exact<bool>();
        if (!value) {
            return wrong(node.source().begin.line, "covers.internet",
                         "neither true nor false (without quotes)");
        }
        settings_.covers_from_internet = *value;
        return {};
    }

    Result<std::string> word(const toml::node& node, const std::string& name) const {
        const auto value = node.value_exact<std::string>();
        if (!value) {
            return wrong(node.source().begin.line, name, "no text; write it in quotes");
        }
        return *value;
    }

    Result<double> number(const toml::node& node, const std::string& name, double lowest,
                          double highest) const {
        const Line line = node.source().begin.line;
        const auto value = node.is_number() ? node.value<double>() : std::nullopt;
        if (!value) {
            return wrong(line, name, "no number");
        }
        if (!(*value >= lowest && *value <= highest)) {
            return wrong(line, name,
                         fmt::format("{} is not between {} and {}", *value, lowest, highest));
        }
        return *value;
    }

    bool is_set(const NumberKey& key) const {
        return set_[static_cast<std::size_t>(&key - numbers_.data())];
    }

    const std::string& file_;
    Settings settings_;
    std::vector<NumberKey> numbers_ = numbers_of(settings_);
    std::vector<WordKey> words_ = words_of(settings_);
    std::vector<bool> set_ = std::vector<bool>(numbers_.size(), false);
    Line currency_line_ = 1;
};

} // namespace

double Settings::rate() const {
    const auto found = rates.find(currency);
    return found == rates.end() ? 1 : found->second;
}

Result<Settings> read_settings(std::string_view toml, const std::string& file) {
    if (toml.size() > kMostBytes) {
        return fail(Code::BadInput, "{}: larger than {} KB: no settings", file, kMostBytes >> 10U);
    }
    try {
        return SettingsReader(file).read(toml::parse(toml));
    } catch (const toml::parse_error& error) {
        return fail(Code::BadInput, "{}:{}: not TOML: {}", file, error.source().begin.line,
                    text::shortened(text::printable(error.description()), 200));
    }
}

Result<Settings> load_settings(const std::filesystem::path& config_folder) {
    const auto path = config_folder / kSettingsFile;
    const auto content = io::read_file(path, kMostBytes);
    if (!content) {
        return content.error().code == Code::NotFound ? Result<Settings>(Settings{})
                                                      : tl::unexpected(content.error());
    }
    SPINDLE_TRY(auto settings, read_settings(*content, path.string()));
    for (auto* const file : {&settings.second_opinion, &settings.class_names, &settings.dumps}) {
        *file = file->empty() ? *file : config_folder / *file;
    }
    return settings;
}

} // namespace spindle::app
