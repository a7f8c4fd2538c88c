// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "market/appraisal_facts.h"
#include "market/appraisal_rules.h"
#include "market/price_verdict.h"

namespace spindle::app {

/// How much of scans and gradings that are over the server keeps, with their photos and
/// recordings; beyond any of these the oldest go.
struct Kept {
    double days = 0; ///< after their end; 0: as long as there is room
    double gigabytes = 5;
    double most = 500; ///< how many
};

/// What the owner set, in the units the engines work in: amounts in dollars, shares 0 to 1.
/// Where nothing is set, the defaults of those structs.
struct Settings {
    std::string currency = "USD"; ///< the owner's: of amounts in the file and on the command line
    market::ExchangeRates rates;
    market::RuleOptions rules;
    market::VerdictOptions costs;
    market::Offer offer;
    /// An audio classifier that is asked too when a record is graded (app/grade/second_opinion.h),
    /// and the names of its classes; empty: none, or beside it.
    std::filesystem::path second_opinion, class_names;
    /// May the Cover Art Archive be asked for covers the owner's files do not hold? It learns which
    /// releases are looked at, and the address they are asked from. Nothing: the file does not say
    /// (app/settings/choices.h).
    std::optional<bool> covers_from_internet;
    /// Where months of Discogs' data come from (a server with the pages of data.discogs.com) and
    /// where they go; empty: from there, into the data folder's dumps.
    std::string dump_server;
    std::filesystem::path dumps;
    Kept kept;

    /// Dollars for one unit of the owner's currency.
    double rate() const;
};

/// In the configuration folder.
inline constexpr const char* kSettingsFile = "spindle.toml";

/// Reads settings in TOML 1.0; docs/appraisal.md, grading.md, serving.md and catalog.md list them.
/// Code::BadInput names file, line and key: what is no TOML, a key that does not exist (with the
/// nearest that does), a value of another kind or out of range, a currency without a rate. Pure.
/// @param file only for messages
Result<Settings> read_settings(std::string_view toml, const std::string& file);

/// The settings in a folder; the defaults if there is no such file. Files named in it are below it
/// unless their path is absolute. At most 64 KB are read.
Result<Settings> load_settings(const std::filesystem::path& config_folder);

} // namespace spindle::app
