// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/settings/settings.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

Settings read(const std::string& toml) {
    auto settings = read_settings(toml, "spindle.toml");
    EXPECT_TRUE(settings) << (settings ? "" : settings.error().message);
    return settings.value_or(Settings{});
}

TEST(SettingsFile, MayBeEmptyOrMissing) {
    const Settings settings = read("# nothing yet\n");
    EXPECT_EQ(settings.currency, "USD");
    EXPECT_EQ(settings.rate(), 1);
    EXPECT_EQ(settings.rules.good, market::RuleOptions{}.good);
    const testing::TempFolder folder;
    EXPECT_TRUE(load_settings(folder.path()));
    EXPECT_TRUE(load_settings(folder / "nowhere"));
}

TEST(SettingsFile, SetsWeightsFeesAndTheThreshold) {
    const Settings settings = read("[rules]\nlowest_weight = 1\ngood = 12.5\nmany_versions = 4\n"
                                   "[costs]\nfees = 15\npostage = 2\nmargin = 5\nsure = 0.9\n"
                                   "fixed_fee = 0.3\n[offer]\nasking = 2\ngrade = \"vg\"\n");
    EXPECT_EQ(settings.rules.lowest_weight, 1);
    EXPECT_EQ(settings.rules.good, 12.5);
    EXPECT_EQ(settings.rules.many_versions, 4);
    EXPECT_EQ(settings.rules.sold_high_weight, market::RuleOptions{}.sold_high_weight);
    EXPECT_DOUBLE_EQ(settings.costs.fee_share, 0.15);
    EXPECT_EQ(settings.costs.payment_share, 0);
    EXPECT_EQ(settings.costs.payment_fixed, 0.3);
    EXPECT_EQ(settings.costs.postage, 2);
    EXPECT_EQ(settings.costs.wanted_margin, 5);
    EXPECT_EQ(settings.costs.sure_enough, 0.9);
    EXPECT_EQ(settings.offer.asking, 2);
    EXPECT_EQ(settings.offer.grade, Grade::VeryGood);
}

TEST(SettingsFile, NamesAClassifierBelowItsFolder) {
    const testing::TempFolder folder;
    std::ofstream(folder / kSettingsFile) << "[grade]\nsecond_opinion = \"ear.onnx\"\n"
                                             "class_names = \"/elsewhere/names.txt\"\n";
    const auto settings = load_settings(folder.path());
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->second_opinion, folder / "ear.onnx");
    EXPECT_EQ(settings->class_names, "/elsewhere/names.txt");
    EXPECT_THAT(read_settings("[grade]\nsecond_opinon = \"x\"\n", "spindle.toml").error().message,
                HasSubstr("second_opinion"));
}

TEST(SettingsFile, SaysWhetherCoversAreAskedFor) {
    EXPECT_EQ(read("").covers_from_internet, std::nullopt);
    EXPECT_EQ(read("[covers]\ninternet = false\n").covers_from_internet, false);
    EXPECT_EQ(read("[covers]\ninternet = true\n").covers_from_internet, true);
    EXPECT_THAT(read_settings("[covers]\ninternet = \"no\"\n", "spindle.toml").error().message,
                HasSubstr("spindle.toml:2: covers.internet: neither true nor false"));
    EXPECT_THAT(read_settings("[covers]\ninternt = false\n", "spindle.toml").error().message,
                HasSubstr("internet"));
}

TEST(SettingsFile, TurnsAmountsOfTheOwnersCurrencyIntoDollars) {
    const Settings settings = read("currency = \"EUR\"\n[rates]\nEUR = 1.5\nGBP = 2\n"
                                   "[costs]\npostage = 2\n[rules]\ngood = 10\nwanted_factor = 3\n");
    EXPECT_EQ(settings.currency, "EUR");
    EXPECT_EQ(settings.rate(), 1.5);
    EXPECT_EQ(settings.rates.at("GBP"), 2);
    EXPECT_EQ(settings.costs.postage, 3);
    EXPECT_EQ(settings.rules.good, 15);
    EXPECT_EQ(settings.rules.wanted_factor, 3);
    // What nobody set stays what it was: dollars.
    EXPECT_EQ(settings.costs.wanted_margin, market::VerdictOptions{}.wanted_margin);
}

TEST(SettingsFile, SaysWhatIsKeptAndWhereDumpsAre) {
    const Settings otherwise = read("");
    EXPECT_EQ(otherwise.kept.days, 0);
    EXPECT_EQ(otherwise.kept.gigabytes, 5);
    EXPECT_EQ(otherwise.kept.most, 500);
    EXPECT_TRUE(otherwise.dump_server.empty());
    const Settings set = read("[keep]\ndays = 90\ngigabytes = 0.5\nmost = 20\n"
                              "[catalog]\ndumps = \"/mnt/big\"\nserver = \"http://attic/\"\n");
    EXPECT_EQ(set.kept.days, 90);
    EXPECT_EQ(set.kept.gigabytes, 0.5);
    EXPECT_EQ(set.kept.most, 20);
    EXPECT_EQ(set.dumps, "/mnt/big");
    EXPECT_EQ(set.dump_server, "http://attic/");
}

TEST(SettingsFile, SaysFileLineAndKeyOfWhatIsWrong) {
    for (const auto& [toml, parts] : std::vector<std::pair<std::string, std::vector<std::string>>>{
             {"[costs]\nfee = 12\n", {"spindle.toml:2: costs.fee:", "did you mean fees?"}},
             {"[rule]\ngood = 1\n", {"spindle.toml:1: rule:", "did you mean rules?"}},
             {"\n\nzzzzzz = 1\n", {"spindle.toml:3: zzzzzz:", "there are currency, rates"}},
             {"[costs]\n\nfees = 120\n", {"spindle.toml:3: costs.fees:", "between 0 and 90"}},
             {"[costs]\nfees = nan\n", {"spindle.toml:2: costs.fees:", "between"}},
             {"[costs]\nfees = \"12\"\n", {"costs.fees: no number"}},
             {"[costs]\nfees = true\n", {"costs.fees: no number"}},
             {"costs = 3\n", {"spindle.toml:1: costs:", "[costs]"}},
             {"[keep]\nmost = 0\n", {"spindle.toml:2: keep.most:", "between 1 and"}},
             {"[keep]\nday = 3\n", {"keep.day:", "did you mean days?"}},
             {"[catalog]\nserver = \"ftp://x/\"\n", {"catalog.server:", "with a slash"}},
             {"[catalog]\ndumps = 3\n", {"catalog.dumps: no text"}},
             {"[offer]\ngrade = \"shiny\"\n", {"spindle.toml:2: offer.grade:", "VG+"}},
             {"[offer]\ngrade = 3\n", {"offer.grade: no text"}},
             {"currency = \"euro\"\n", {"spindle.toml:1: currency:", "three letters"}},
             {"# c\ncurrency = \"EUR\"\n", {"spindle.toml:2: currency:", "no rate", "[rates]"}},
             {"[rates]\nEuro = 1\n", {"rates.Euro:", "three letters"}},
             {"[rates]\nEUR = 0\n", {"rates.EUR:", "between"}},
             {"[costs\n", {"spindle.toml:1:", "not TOML"}},
             {"[costs]\nfees = 1\nfees = 2\n", {"spindle.toml:3:", "not TOML"}},
             {std::string("[costs]\n\0", 9), {"not TOML"}},
             {std::string(70'000, '#'), {"larger than 64 KB"}},
         }) {
        const auto settings = read_settings(toml, "spindle.toml");
        ASSERT_FALSE(settings) << toml;
        EXPECT_EQ(settings.error().code, Code::BadInput);
        for (const std::string& part : parts) {
            EXPECT_THAT(settings.error().message, HasSubstr(part));
        }
    }
}

TEST(SettingsFile, SurvivesAnyBytes) {
    std::mt19937 random(7);
    const std::string good = "currency = \"EUR\"\n[rates]\nEUR = 1.5\n[costs]\nfees = 12\n";
    for (int i = 0; i < 2000; ++i) {
        std::string bytes = good;
        for (int k = 0; k < 3; ++k) {
            bytes[random() % bytes.size()] = static_cast<char>(random());
        }
        (void)read_settings(bytes, "f");
    }
    EXPECT_FALSE(read_settings(fmt::format("rates = {}", std::string(5000, '[')), "f"));
}

TEST(SettingsFile, IsReadFromTheConfigurationFolder) {
    const testing::TempFolder folder;
    std::ofstream(folder / kSettingsFile) << "[rules]\ngood = 3\n";
    EXPECT_EQ(load_settings(folder.path())->rules.good, 3);
    std::ofstream(folder / kSettingsFile) << "[rules]\nbad = 3\n";
    EXPECT_THAT(load_settings(folder.path()).error().message,
                AllOf(HasSubstr((folder / kSettingsFile).string() + ":2"), HasSubstr("rules.bad")));
}

} // namespace
} // namespace spindle::app
