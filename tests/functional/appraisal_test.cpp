// SPDX-License-Identifier: Apache-2.0
// `market read-page` and `market appraise`: answers, exit codes and the JSON programs rely on.
#include <cmath>
#include <fstream>

#include <gmock/gmock.h>

#include "market/saved_page_samples.h"
#include "spindle_fixture.h"

namespace spindle::functional {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class Appraisal : public SpindleTest {
protected:
    std::string save(const std::string& name, const std::string& html) const {
        const auto path = folder_ / name;
        std::ofstream(path) << html;
        return path.string();
    }

    Json appraise(std::vector<std::string> words, int expected_exit = 0) {
        words.insert(words.begin(), {"market", "appraise"});
        return run_json(words, expected_exit).at(0);
    }
};

TEST_F(Appraisal, ReadsPagesOfBothForms) {
    market::SamplePage dollars;
    dollars.low = "$2.00";
    dollars.median = "$8.50";
    dollars.high = "$1,020.00";
    const auto pages = run_json({"market", "read-page", save("old.html", market::old_page({})),
                                 save("new.html", market::react_page(dollars))});
    ASSERT_EQ(pages.size(), 2U);
    EXPECT_EQ(pages[0]["release_id"], 2247646);
    EXPECT_EQ(pages[0]["sold_high"], Json::parse(R"({"value":1499.0,"currency":"EUR"})"));
    EXPECT_EQ(pages[0]["last_sold"], "2022-11-10");
    EXPECT_EQ(pages[1]["have"], 87);
    EXPECT_EQ(pages[1]["want"], 3782);
    EXPECT_EQ(pages[1]["sold_high"]["value"], 1020.0);
    const auto text = run({"market", "read-page", save("new.html", market::react_page(dollars))});
    EXPECT_EQ(text.exit_code, 0);
    EXPECT_THAT(text.out, AllOf(HasSubstr("https://www.discogs.com/release/1001"),
                                HasSubstr("median USD 8.50"), HasSubstr("for sale 12")));
}

TEST_F(Appraisal, GoesOnBehindAPageItCannotRead) {
    const auto wall = save("wall.html", market::bot_wall());
    const auto ended = run({"market", "read-page", wall, save("new.html", market::react_page({}))});
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, AllOf(HasSubstr("wall.html"), HasSubstr("human")));
    EXPECT_THAT(ended.out, HasSubstr("Harbour"));
    const auto lines = run_json({"market", "read-page", wall, (folder_ / "none.html").string()}, 1);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0]["error"]["code"], "no_access");
    EXPECT_EQ(lines[1]["error"]["code"], "not_found");
}

TEST_F(Appraisal, ExplainsAPriceTermByTerm) {
    const auto report =
        appraise({"--lowest", "6.5", "--for-sale", "12", "--have", "300", "--want", "450",
                  "--format", "CD, Album", "--asking", "1", "--grade", "NM"});
    const auto& model = report["model"];
    double product = model["start"];
    for (const auto& term : model["terms"]) {
        product *= term["factor"].get<double>();
    }
    EXPECT_NEAR(product / model["expected"].get<double>(), 1, 0.005);
    EXPECT_LT(model["low"], model["expected"]);
    EXPECT_LT(model["expected"], model["high"]);
    EXPECT_NEAR(report["rules"]["score"], 6.5 * 1.25, 1e-6);
    EXPECT_EQ(report["verdict"]["grade"], "NM");
    double margin = 0;
    for (const auto& term : report["verdict"]["terms"]) {
        margin += term["dollars"].get<double>();
    }
    EXPECT_NEAR(margin, report["verdict"]["margin"], 0.001);
    const auto text =
        run({"market", "appraise", "--lowest", "30", "--want", "200", "--have", "40"});
    EXPECT_EQ(text.exit_code, 0);
    EXPECT_EQ(text.err, "");
    EXPECT_THAT(text.out, AllOf(HasSubstr("buy: "), HasSubstr("lowest price: $30.00"),
                                HasSubstr("people who want it: 200"), HasSubstr("asking price")));
}

TEST_F(Appraisal, TakesAPageAndWhatIsSaidBesides) {
    const auto page = save("new.html", market::react_page({}));
    const auto report = appraise({"--page", page, "--rate", "1.1", "--asking", "100"});
    EXPECT_NEAR(report["model"]["expected"], 484.5 * 1.1, 1e-3); // it was sold: no guess needed
    EXPECT_NEAR(report["verdict"]["asking"], 110, 1e-6);
    EXPECT_EQ(report["verdict"]["advice"], "buy");
}

TEST_F(Appraisal, TakesWhatIsKeptOfARelease) {
    market::SamplePage dollars;
    dollars.low = "$2.00";
    dollars.median = "$8.50";
    dollars.high = "$20.00";
    EXPECT_EQ(run({"market", "read-page", save("new.html", market::react_page(dollars))}).exit_code,
              0);
    const auto report = appraise({"--release", "1001", "--have", "999"});
    EXPECT_NEAR(report["model"]["expected"], 8.5, 1e-3);
    EXPECT_EQ(report["release_id"], 1001);
    EXPECT_TRUE(report["sold_seen_at"].is_string());
    EXPECT_EQ(report["notice"], "Data provided by Discogs.");
    const auto text = run({"market", "appraise", "--release", "1001"});
    EXPECT_THAT(text.out, AllOf(HasSubstr("[1001]"), HasSubstr("past sales from a page read"),
                                HasSubstr("Data provided by Discogs.")));
    const auto unknown = run({"market", "appraise", "--release", "77"});
    EXPECT_EQ(unknown.exit_code, 1);
    EXPECT_THAT(unknown.err, HasSubstr("spindle market price 77"));
    EXPECT_EQ(run({"market", "appraise", "--release", "seven"}).exit_code, 2);
}

TEST_F(Appraisal, SaysWhenPricesOfAReleaseAreInACurrencyWithoutARate) {
    market::SamplePage page;
    EXPECT_EQ(run({"market", "read-page", save("new.html", market::react_page(page))}).exit_code,
              0);
    const auto ended = run({"market", "appraise", "--release", "1001"});
    EXPECT_EQ(ended.exit_code, 0);
    EXPECT_THAT(ended.err, AllOf(HasSubstr("left out"), HasSubstr("--rate")));
    const auto report = appraise({"--release", "1001", "--rate", "1.1"});
    EXPECT_NEAR(report["model"]["expected"], 484.5 * 1.1, 1e-3);
}

TEST_F(Appraisal, TakesTheOwnersSettingsUnlessTheCommandLineSaysOtherwise) {
    Program::Options with;
    with.environment["XDG_CONFIG_HOME"] = (folder_ / "config").string();
    std::filesystem::create_directories(folder_ / "config/spindle");
    const auto set = [&](const std::string& toml) {
        std::ofstream(folder_ / "config/spindle/spindle.toml") << toml;
    };
    const auto appraised = [&](std::vector<std::string> more) {
        std::vector<std::string> words{"market", "appraise", "--lowest", "10", "--json"};
        words.insert(words.end(), more.begin(), more.end());
        const auto ended = run(words, with);
        EXPECT_EQ(ended.exit_code, 0) << ended.err;
        return lines_of(ended.out).at(0);
    };
    set("currency = \"EUR\"\n[rates]\nEUR = 1.5\n[rules]\ngood = 11\n[offer]\nasking = 4\n"
        "grade = \"VG\"\n[costs]\nfees = 0\nfixed_fee = 0\n");
    const Json report = appraised({});
    EXPECT_NEAR(report["rules"]["score"], 15, 1e-6);
    EXPECT_EQ(report["rules"]["good"], false); // 11 euros are more than 15 dollars
    EXPECT_NEAR(report["verdict"]["asking"], 6, 1e-6);
    EXPECT_EQ(report["verdict"]["grade"], "VG");
    for (const Json& term : report["verdict"]["terms"]) {
        EXPECT_NE(term["reason"], "fees");
    }
    const Json other = appraised({"--rate", "1", "--asking", "2", "--grade", "M", "--fees", "20"});
    EXPECT_NEAR(other["verdict"]["asking"], 2, 1e-6);
    EXPECT_EQ(other["verdict"]["grade"], "M");
    EXPECT_NEAR(other["rules"]["score"], 10, 1e-6);

    // A page in the owner's currency needs no --rate.
    const auto page = save("new.html", market::react_page({}));
    EXPECT_NEAR(appraised({"--page", page})["model"]["expected"], 484.5 * 1.5, 1e-3);

    set("[cost]\nfees = 12\n");
    const auto wrong = run({"market", "appraise", "--lowest", "3"}, with);
    EXPECT_EQ(wrong.exit_code, 1);
    EXPECT_THAT(wrong.err,
                AllOf(HasSubstr("spindle.toml:1: cost"), HasSubstr("did you mean costs?")));
    EXPECT_THAT(run({"market", "appraise", "--help"}, with).out, HasSubstr("spindle.toml"));
}

TEST_F(Appraisal, RefusesWhatItCannotUnderstand) {
    const auto page = save("new.html", market::react_page({}));
    for (const auto& [words, message] :
         {std::pair<std::vector<std::string>, const char*>{{}, "nothing is known"},
          {{"--page", page}, "--rate"},
          {{"--lowest", "3", "--grade", "shiny"}, "no grade"},
          {{"--lowest", "-3"}, "--lowest"},
          {{"--lowest", "cheap"}, "--lowest"},
          {{"--lwest", "3"}, "did you mean --lowest"}}) {
        std::vector<std::string> all{"market", "appraise"};
        all.insert(all.end(), words.begin(), words.end());
        const auto ended = run(all);
        EXPECT_EQ(ended.exit_code, 2) << message;
        EXPECT_THAT(ended.err, HasSubstr(message));
        EXPECT_EQ(ended.out, "");
    }
    EXPECT_EQ(run({"market", "appraise", "--page", save("w.html", market::bot_wall())}).exit_code,
              1);
}

TEST_F(Appraisal, SaysWhereTheModelShouldBe) {
    Program::Options options;
    options.environment["SPINDLE_MODELS"] = "/nowhere";
    const auto ended = run({"market", "appraise", "--lowest", "3"}, options);
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, AllOf(HasSubstr("appraisal.json"), HasSubstr("/nowhere")));
    std::ofstream(folder_ / "appraisal.json") << "{}";
    options.environment["SPINDLE_MODELS"] = (folder_ / "").string();
    const auto broken = run({"market", "appraise", "--lowest", "3"}, options);
    EXPECT_EQ(broken.exit_code, 1);
    EXPECT_THAT(broken.err, HasSubstr("no appraisal model"));
}

} // namespace
} // namespace spindle::functional
