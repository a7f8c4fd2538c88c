// SPDX-License-Identifier: Apache-2.0
#include "app/collection/inventory_export.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/market/release_facts.h"
#include "market/collection_csv.h"

namespace spindle::app {
namespace {

constexpr std::array kPolicies{AskingPolicy::Expected, AskingPolicy::Quick, AskingPolicy::Patient,
                               AskingPolicy::Lowest};
constexpr double kLeastPrice = 0.01;

/// Dollars.
double asked(const market::AppraisalFacts& facts, const market::AppraisalModel& model, Grade grade,
             const InventoryOptions& options) {
    const market::Verdict verdict =
        market::judge(model.appraise(facts.model), {0, grade}, options.costs);
    switch (options.policy) {
    case AskingPolicy::Expected:
        break;
    case AskingPolicy::Quick:
        return verdict.low;
    case AskingPolicy::Patient:
        return verdict.high;
    case AskingPolicy::Lowest:
        return facts.model.lowest.value_or(verdict.price);
    }
    return verdict.price;
}

} // namespace

std::string_view name_of(AskingPolicy policy) {
    switch (policy) {
    case AskingPolicy::Expected:
        break;
    case AskingPolicy::Quick:
        return "quick";
    case AskingPolicy::Patient:
        return "patient";
    case AskingPolicy::Lowest:
        return "lowest";
    }
    return "expected";
}

std::optional<AskingPolicy> asking_policy_named(std::string_view name) {
    const auto* const found =
        std::find_if(kPolicies.begin(), kPolicies.end(),
                     [name](AskingPolicy policy) { return name_of(policy) == name; });
    return found == kPolicies.end() ? std::nullopt : std::optional(*found);
}

Result<InventoryReport> export_inventory(store::CollectionStore& collection,
                                         store::MarketStore& market,
                                         const market::AppraisalModel& model,
                                         const InventoryOptions& options) {
    SPINDLE_TRY(const auto copies, collection.copies());
    InventoryReport report;
    std::vector<market::InventoryItem> items;
    for (const store::Copy& copy : copies) {
        const auto leave_out = [&](std::string why) {
            report.left_out.push_back({copy.release, std::move(why)});
        };
        if (copy.release.value >= kFirstOwnRelease) {
            leave_out("is of a list of your own; Discogs does not have it");
            continue;
        }
        const auto noted = grade_named(copy.media);
        const auto grade = noted ? noted : options.grade;
        if (!grade) {
            leave_out("has no media condition, which Discogs asks for; --grade sets one for all "
                      "such copies");
            continue;
        }
        SPINDLE_TRY(const auto facts, facts_of_release({copy.release, copy.format, copy.year},
                                                       market, options.rates, options.now));
        if (!facts) {
            leave_out("nothing is known of its price");
            if (std::find(report.not_known.begin(), report.not_known.end(), copy.release) ==
                report.not_known.end()) {
                report.not_known.push_back(copy.release);
            }
            continue;
        }
        if (facts->blocked) {
            leave_out("may not be sold on Discogs");
            continue;
        }
        market::InventoryItem item;
        item.release = copy.release;
        item.price = std::round(asked(*facts, model, *grade, options) / options.rate * 100) / 100;
        item.price = std::max(item.price, kLeastPrice);
        item.media = *grade;
        item.sleeve = market::is_sleeve_condition(copy.sleeve) ? copy.sleeve : "";
        const auto seen = facts->price_seen_at ? facts->price_seen_at : facts->sold_seen_at;
        report.outdated += !seen || !market::is_fresh(*seen, options.now) ? 1U : 0U;
        items.push_back(std::move(item));
    }
    report.items = items.size();
    SPINDLE_TRY(report.csv, market::inventory_csv(items));
    return report;
}

} // namespace spindle::app
