// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <fstream>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "spindle_fixture.h"
#include "testing/discogs_server.h"

namespace spindle::functional {
namespace {

using ::testing::AllOf;
using testing::DiscogsServer;
using testing::Fault;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

const std::string kDiscogsToken = DiscogsServer::kToken;

/// The program, a server that stands in for Discogs, and an owner's configuration.
class Market : public SpindleTest {
protected:
    explicit Market(DiscogsServer::Rate rate = {60, std::chrono::seconds{1}, {}})
        : server_(rate), window_(fmt::format("{}", rate.window.count())) {}

    Program::Options options() const {
        Program::Options options;
        options.environment["XDG_CONFIG_HOME"] = (folder_ / "config").string();
        options.environment["SPINDLE_DISCOGS_URL"] = url_.empty() ? server_.url("") : url_;
        options.environment["SPINDLE_DISCOGS_WINDOW"] = window_;
        return options;
    }
    std::filesystem::path login_file() const {
        return folder_ / "config" / "spindle" / "discogs-login";
    }

    Ended market(std::vector<std::string> words, const std::string& input = {}) {
        auto with = options();
        if (!input.empty()) {
            with.standard_input = (folder_ / "input").string();
            std::ofstream(with.standard_input) << input;
        }
        return run(words, with);
    }
    std::vector<Json> market_json(std::vector<std::string> words, int expected_exit = 0) {
        words.emplace_back("--json");
        const auto ended = market(words);
        EXPECT_EQ(ended.exit_code, expected_exit) << ended.err;
        return lines_of(ended.out);
    }
    void log_in() {
        ASSERT_EQ(market({"login", "discogs", "--token-stdin"}, kDiscogsToken + "\n").exit_code, 0);
    }
    static std::vector<std::string> price(std::uint32_t first, std::uint32_t last) {
        std::vector<std::string> words{"market", "price"};
        for (std::uint32_t i = first; i <= last; ++i) {
            words.push_back(std::to_string(i));
        }
        return words;
    }
    static double lowest(const Json& release) {
        for (const Json& quote : release["quotes"]) {
            if (quote["figure"] == "lowest" && quote["value"].is_number()) {
                return quote["value"];
            }
        }
        return -1;
    }

    DiscogsServer server_;
    std::string url_;
    std::string window_;
};

TEST_F(Market, LogsInWithATokenThatWorksAndKeepsItForTheOwnerAlone) {
    const auto ended = market({"login", "discogs", "--token-stdin"}, kDiscogsToken + "\n");
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(ended.out, AllOf(HasSubstr("as example"), Not(HasSubstr(kDiscogsToken))));
    struct stat status {};
    ASSERT_EQ(::stat(login_file().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    EXPECT_EQ(market(price(5, 5)).exit_code, 0);
    EXPECT_EQ(server_.requests().back().headers.at("authorization"),
              "Discogs token=" + kDiscogsToken);
    EXPECT_EQ(market({"logout", "discogs"}).exit_code, 0);
    EXPECT_FALSE(std::filesystem::exists(login_file()));
    EXPECT_EQ(market_json({"logout", "discogs"}).at(0)["removed"], false);
}

TEST_F(Market, StoresNoTokenThatDoesNotWork) {
    const auto wrong = market({"login", "discogs", "--token-stdin"}, "aWrongTokenOfTests\n");
    EXPECT_EQ(wrong.exit_code, 1);
    EXPECT_THAT(wrong.err, AllOf(HasSubstr("nothing was stored"), HasSubstr("not accepted"),
                                 Not(HasSubstr("aWrongTokenOfTests"))));
    for (const char* nonsense : {"\n", "two words\n", "short"}) {
        EXPECT_EQ(market({"login", "discogs", "--token-stdin"}, nonsense).exit_code, 1);
    }
    EXPECT_FALSE(std::filesystem::exists(login_file()));
    EXPECT_THAT(market({"login", "discogs"}).err, HasSubstr("--token-stdin"));
}

TEST_F(Market, DoesNotUseATokenOthersMayRead) {
    log_in();
    ::chmod(login_file().c_str(), 0644);
    const auto ended = market(price(5, 5));
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, HasSubstr("chmod 600"));
}

TEST_F(Market, TellsWhatAReleaseCostsAndAsksOnce) {
    const auto ended = market({"market", "price", "5", "https://www.discogs.com/release/6-A-B"});
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(ended.out,
                AllOf(HasSubstr("[5] Ann & Benny - Title 5  CD, Album, Reissue  Germany  1985"),
                      HasSubstr("14 for sale, the cheapest 4.22 USD"),
                      HasSubstr("have 164, want 101, rating 4.61, votes 18"),
                      HasSubstr("Data provided by Discogs.")));
    EXPECT_THAT(server_.requests(), SizeIs(2));
    EXPECT_THAT(server_.requests().at(0).headers.at("user-agent"), HasSubstr("Spindle/"));
    const auto again = market_json({"market", "price", "5"}).at(0);
    EXPECT_THAT(server_.requests(), SizeIs(2));
    EXPECT_EQ(again["state"], "known");
    EXPECT_EQ(again["release_id"], 5);
    EXPECT_EQ(lowest(again), 4.22);
    EXPECT_EQ(again["notice"], "Data provided by Discogs.");
    EXPECT_EQ(market_json({"market", "price", "5", "--currency", "EUR"}).at(0)["state"],
              "refreshed");
}

TEST_F(Market, BringsSuggestionsToSellersAndSaysThatOthersGetNone) {
    EXPECT_THAT(market({"market", "price", "5", "--suggestions"}).err, HasSubstr("need a token"));
    log_in();
    const auto refused = market({"market", "price", "6", "--suggestions"});
    EXPECT_EQ(refused.exit_code, 0);
    EXPECT_THAT(refused.err, HasSubstr("seller settings"));
    server_.sell();
    EXPECT_THAT(market({"market", "price", "7", "--suggestions", "--versions"}).out,
                AllOf(HasSubstr("NM 12.81 EUR"), HasSubstr("versions 23")));
}

TEST_F(Market, KnowsReleasesThatAreNotForSaleAndThoseThatMayNotBe) {
    server_.put_release(5, testing::release_json(5, "null"));
    server_.put_release(6, testing::release_json(6, "null", "true"));
    server_.put_release(7, R"({"id":7,"title":"T","num_for_sale":0,"lowest_price":null})");
    const auto ended = market(price(5, 7));
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(ended.out, AllOf(HasSubstr("no price given"), HasSubstr("may not be sold"),
                                 HasSubstr("none for sale")));
}

TEST_F(Market, GoesOnWithTheOthersWhenOneReleaseFails) {
    server_.fail_always(DiscogsServer::release_target(5), Fault::answer(403));
    server_.fail_always(DiscogsServer::release_target(6),
                        Fault::answer_with(404, R"({"message":"Release not found."})"));
    server_.put_release(7, "<html>Please log in to our network</html>");
    server_.put_release(8, R"({"id":9,"title":"another"})");
    server_.put_release(9, R"({"id":9,"title":"cut)");
    const auto lines = market_json(price(5, 10), 1);
    ASSERT_THAT(lines, SizeIs(6));
    const std::vector<std::string> expected{"not allowed", "none of that number", "web page",
                                            "release 9", "no JSON, or cut short"};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_THAT(lines[i]["error"]["message"].get<std::string>(),
                    AllOf(HasSubstr(fmt::format("release {}", i + 5)), HasSubstr(expected[i])));
    }
    EXPECT_EQ(lines[1]["queued"], false); // there is none: asking again will not help
    EXPECT_EQ(lines[2]["queued"], true);
    EXPECT_EQ(lines[5]["state"], "refreshed");
}

TEST_F(Market, TriesAgainAfterTroubleThatPasses) {
    server_.fail_next(DiscogsServer::release_target(5), {Fault::answer(500), Fault::cut(30)});
    server_.fail_next(DiscogsServer::release_target(6),
                      {Fault::answer(429), Fault::answer(429, {"Retry-After: 1"})});
    server_.fail_next(DiscogsServer::release_target(7), {Fault::stall(30)});
    auto words = price(5, 7);
    words.insert(words.end(), {"--stall-timeout", "0.5"});
    const auto ended = market(words);
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(server_.requests(), SizeIs(8));
}

TEST_F(Market, ShowsWhatIsKnownAndQueuesTheRestWhenTheLineIsGone) {
    market(price(5, 5));
    {
        const testing::FaultyServer gone;
        url_ = gone.url("");
    }
    const auto ended = market(price(5, 8));
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.out, HasSubstr("the cheapest 4.22 USD"));
    EXPECT_THAT(ended.err, AllOf(HasSubstr("is there a line"), HasSubstr("3 queued"),
                                 HasSubstr("spindle market price --queued")));
    url_.clear();
    EXPECT_THAT(market_json({"market", "price", "--queued"}), SizeIs(3));
    EXPECT_THAT(market_json({"market", "price", "--queued"}), SizeIs(0));
}

TEST_F(Market, LosesNothingWhenInterruptedOrKilled) {
    server_.be_slow(std::chrono::milliseconds{100});
    for (const int signal : {SIGINT, SIGKILL}) {
        const std::size_t before = server_.requests().size();
        const auto first = static_cast<std::uint32_t>(signal * 100);
        const auto program = start(price(first, first + 29), options());
        ASSERT_TRUE(program->wait_until([&] { return server_.requests().size() >= before + 15; }));
        program->send(signal);
        EXPECT_EQ(program->wait().signal, signal);
        const auto rest = market_json({"market", "price", "--queued"});
        EXPECT_LT(rest.size(), 30U - 4U); // what was answered was kept
        EXPECT_GT(rest.size(), 0U);
        const auto all = market_json(price(first, first + 29));
        ASSERT_THAT(all, SizeIs(30));
        for (const Json& one : all) {
            EXPECT_EQ(one["state"], "known");
        }
    }
}

TEST_F(Market, RemembersAndDrawsWhatAReleaseCost) {
    EXPECT_THAT(market({"market", "history", "5"}).err, HasSubstr("spindle market price"));
    market({"market", "price", "5", "--currency", "EUR"});
    const auto text = market({"market", "history", "5"});
    EXPECT_EQ(text.exit_code, 0) << text.err;
    EXPECT_THAT(text.out, AllOf(HasSubstr("lowest 4.22 EUR"), HasSubstr("have 164"),
                                HasSubstr("Data provided by Discogs.")));
    const auto lines = market_json({"market", "history", "5"});
    ASSERT_THAT(lines, SizeIs(7));
    EXPECT_EQ(lines[0]["figure"], "have");
    EXPECT_EQ(lines[0]["source"], "discogs");
    for (const char* name : {"prices.svg", "prices.png"}) {
        const auto file = folder_ / name;
        EXPECT_EQ(market({"market", "history", "5", "--plot", file.string()}).exit_code, 0);
        EXPECT_GT(std::filesystem::file_size(file), 1000U);
    }
    EXPECT_EQ(market({"market", "history", "6"}).exit_code, 1);
    EXPECT_EQ(market({"market", "history", "5", "--plot", "a.svg", "--currency", "CHF"}).exit_code,
              1);
}

TEST_F(Market, ShowsPricesInTheOwnersCurrency) {
    std::filesystem::create_directories(folder_ / "config/spindle");
    std::ofstream(folder_ / "config/spindle/spindle.toml")
        << "currency = \"EUR\"\n[rates]\nEUR = 1.08\n";
    EXPECT_THAT(market({"market", "price", "5"}).out, HasSubstr("4.22 EUR"));
    EXPECT_THAT(market({"market", "price", "5", "--currency", "GBP"}).out, HasSubstr("4.22 GBP"));
}

TEST_F(Market, CountsVersionsInTheCatalogInsteadOfAsking) {
    const auto dump = folder_ / "dump.xml";
    std::string records = "<releases>";
    for (int i = 0; i < 12; ++i) {
        records += fmt::format("<release id=\"{}\" status=\"Accepted\"><title>T</title>"
                               "<master_id is_main_release=\"false\">42</master_id></release>",
                               5 + i);
    }
    std::ofstream(dump) << records << "</releases>";
    ASSERT_EQ(market({"catalog", "import", dump.string()}).exit_code, 0);
    log_in();
    EXPECT_THAT(market({"market", "price", "5", "--versions"}).out, HasSubstr("versions 12"));
    for (const auto& request : server_.requests()) {
        EXPECT_THAT(request.target, Not(HasSubstr("/masters/")));
    }
    EXPECT_THAT(market({"market", "appraise", "--release", "5"}).out,
                HasSubstr("12 versions of it exist"));
}

TEST_F(Market, LeavesWhatMayNotBeSold) {
    server_.put_release(5, testing::release_json(5, "80.00", "true"));
    EXPECT_THAT(market({"market", "price", "5"}).out, HasSubstr("may not be sold on Discogs"));
    const auto report = market_json({"market", "appraise", "--release", "5"}).at(0);
    EXPECT_EQ(report["verdict"]["advice"], "leave");
    EXPECT_EQ(report["verdict"]["why"], "it may not be sold on Discogs");
    EXPECT_EQ(report["notice"], "Data provided by Discogs.");
}

TEST_F(Market, AsksBackWhenItDoesNotUnderstand) {
    for (const auto& words :
         std::vector<std::vector<std::string>>{{"market", "price"},
                                               {"market", "price", "five"},
                                               {"market", "price", "5", "--currency", "DKK"},
                                               {"market", "history"},
                                               {"market", "history", "5", "--plot", "prices.jpg"},
                                               {"login"},
                                               {"login", "discogs", "token"}}) {
        const auto ended = market(words);
        EXPECT_EQ(ended.exit_code, 2) << fmt::format("{}", fmt::join(words, " "));
        EXPECT_EQ(ended.out, "");
    }
    for (const auto& words : std::vector<std::vector<std::string>>{{"market", "price"},
                                                                   {"market", "history"},
                                                                   {"login", "discogs"},
                                                                   {"logout", "discogs"}}) {
        auto help = words;
        help.emplace_back("--help");
        EXPECT_THAT(market(help).out,
                    HasSubstr(fmt::format("Example:\n  spindle {}", fmt::join(words, " "))));
    }
    EXPECT_THAT(run({"completion", "bash"}).out, HasSubstr("--suggestions"));
    url_ = "http://api.discogs.com";
    EXPECT_THAT(market(price(5, 5)).err, HasSubstr("https://"));
}

/// A server that counts, and whose window is short enough to wait for.
class MarketPace : public Market {
protected:
    MarketPace() : Market({60, std::chrono::seconds{5}, {}}) {}
};

TEST_F(MarketPace, PricesAHundredDiscsWithinTheLimitAndInTheTimeItAllows) {
    std::filesystem::create_directories(login_file().parent_path());
    std::ofstream(login_file()) << kDiscogsToken << "\nexample\n";
    ::chmod(login_file().c_str(), 0600);
    server_.be_slow(std::chrono::milliseconds{10});
    const auto begun = std::chrono::steady_clock::now();
    const auto lines = market_json(price(1, 100));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    EXPECT_THAT(lines, SizeIs(100));
    EXPECT_EQ(server_.refused(), 0);
    EXPECT_LE(server_.most_in_a_window(), 55U);
    // One window must pass; the rest is for a machine that is busy.
    EXPECT_LE(took.count(), 5 * 1.5);
    RecordProperty("seconds", fmt::format("{:.2f}", took.count()));
}

} // namespace
} // namespace spindle::functional
