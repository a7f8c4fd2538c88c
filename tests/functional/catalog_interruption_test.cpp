// SPDX-License-Identifier: Apache-2.0
// Killed, interrupted, crowded out or without room at any moment, an import leaves the catalog that
// was there as it was.
#include <csignal>
#include <random>

#include <gmock/gmock.h>

#include "catalog_fixture.h"
#include "testing/faulty_server.h"

namespace spindle::functional {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using testing::Fault;
using ::testing::HasSubstr;

class CatalogInterruption : public CatalogTest {
protected:
    CatalogInterruption() {
        import_old_catalog();
        server_.serve("/dump.xml", small_dump(1, 2000));
    }

    /// An import that has read half of a dump and waits for more.
    std::unique_ptr<Program> start_and_wait_in_the_middle() {
        server_.fail_always("/dump.xml", Fault::stall(500'000));
        auto program = start(import_of(server_.url("/dump.xml")));
        EXPECT_TRUE(program->wait_until([&] { return !scratch().empty(); }));
        return program;
    }

    /// The folder of an import that runs or was killed; empty if there is none.
    fs::path scratch() const {
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(catalog_folder(), error)) {
            if (entry.path().filename().string().starts_with("import-")) {
                return entry.path();
            }
        }
        return {};
    }

    /// The old catalog answers; what a killed import left is of no matter.
    void expect_old_answers() {
        EXPECT_EQ(title_of(20), ordinary_title(20));
        EXPECT_EQ(title_of(21), "");
        EXPECT_EQ(run({"catalog", "stats", "--verify"}).exit_code, 0);
    }

    testing::FaultyServer server_;
};

TEST_F(CatalogInterruption, ByAKillWhileReadingLeavesTheOldCatalog) {
    const auto program = start_and_wait_in_the_middle();
    program->send(SIGKILL);
    EXPECT_EQ(program->wait().signal, SIGKILL);
    expect_old_answers();
    EXPECT_FALSE(scratch().empty());
    import_old_catalog();
    expect_old_catalog(); // with nothing beside it any more
}

TEST_F(CatalogInterruption, ByAKillWhileOrderingLeavesTheOldCatalog) {
    const auto dump = write("dump.xml", small_dump(1, 30'000)).string();
    bool was_ordering = false;
    for (int round = 0; round < 5 && !was_ordering; ++round) {
        const auto program = start(import_of(dump));
        was_ordering = program->wait_until([&] {
            std::error_code error; // postings are written once a part has been put in order
            return fs::file_size(scratch() / "terms-00", error) > 0 && !error;
        });
        program->send(SIGKILL);
        was_ordering = program->wait().signal == SIGKILL && was_ordering;
        if (was_ordering) {
            expect_old_answers();
        }
        import_old_catalog();
        expect_old_catalog();
    }
    EXPECT_TRUE(was_ordering);
}

TEST_F(CatalogInterruption, ByAKillAtAnyMomentLeavesOneOfTheTwo) {
    const auto dump = write("dump.xml", small_dump(1, 10'000)).string();
    std::mt19937 random(11);
    int killed = 0;
    for (int round = 0; round < 12; ++round) {
        const auto program = start(import_of(dump));
        std::this_thread::sleep_for(std::chrono::milliseconds{10 + random() % 500});
        program->send(SIGKILL);
        killed += program->wait().signal == SIGKILL ? 1 : 0;
        EXPECT_EQ(run({"catalog", "stats", "--verify"}).exit_code, 0);
        const auto releases = stats()["releases"].get<unsigned>();
        EXPECT_TRUE(releases == 20 || releases == 10'000) << releases;
        EXPECT_EQ(title_of(20), ordinary_title(20));
        import_old_catalog();
        expect_old_catalog();
    }
    EXPECT_GT(killed, 0);
}

TEST_F(CatalogInterruption, ByCtrlCEndsSoonAndLeavesNothing) {
    for (const int signal : {SIGINT, SIGTERM}) {
        const auto program = start_and_wait_in_the_middle();
        const auto asked = std::chrono::steady_clock::now();
        program->send(signal);
        const auto ended = program->wait();
        EXPECT_LT(std::chrono::steady_clock::now() - asked, std::chrono::seconds{3});
        EXPECT_EQ(ended.signal, signal); // so that a shell loop around it ends too
        EXPECT_THAT(ended.err, HasSubstr("stopped"));
        expect_old_catalog();
    }
}

TEST_F(CatalogInterruption, ByCtrlCWhileOrderingLeavesNothing) {
    const auto dump = write("dump.xml", small_dump(1, 30'000)).string();
    bool was_ordering = false;
    for (int round = 0; round < 5 && !was_ordering; ++round) {
        const auto program = start(import_of(dump));
        program->wait_until([&] {
            std::error_code error;
            return fs::file_size(scratch() / "terms-00", error) > 0 && !error;
        });
        program->send(SIGINT);
        const auto ended = program->wait();
        was_ordering = ended.signal == SIGINT;
        if (was_ordering) {
            EXPECT_THAT(ended.err, HasSubstr("the catalog is as it was"));
        } else {
            EXPECT_EQ(ended.exit_code, 0); // it was done before it heard
            import_old_catalog();
        }
        expect_old_catalog();
    }
    EXPECT_TRUE(was_ordering);
}

TEST_F(CatalogInterruption, ByASecondImportIsRefusedAndNamesTheFirst) {
    const auto first = start_and_wait_in_the_middle();
    const auto process = scratch().filename().string().substr(std::string("import-").size());
    const auto dump = write("dump.xml", small_dump(1, 30)).string();
    const auto list = write("list.csv", "artist,title\nA,B\n").string();
    for (const auto& source : {dump, list}) {
        const auto lines = run_json(import_of(source), 1);
        EXPECT_EQ(lines.at(0)["error"]["code"], "busy");
        EXPECT_THAT(lines.at(0)["error"]["message"].get<std::string>(),
                    AllOf(HasSubstr("process " + process), HasSubstr("wait")));
    }
    EXPECT_FALSE(scratch().empty()); // the first one's work is untouched
    first->send(SIGINT);
    EXPECT_EQ(first->wait().signal, SIGINT);
    expect_old_catalog();
}

TEST_F(CatalogInterruption, ByNothingButTimeLetsTheOldCatalogAnswer) {
    const auto program = start_and_wait_in_the_middle();
    const auto result =
        run_json({"catalog", "search", ordinary_title(20), word_of(20), word_of(100'020)}).at(0);
    EXPECT_EQ(result["groups"][0]["title"], ordinary_title(20));
    EXPECT_EQ(title_of(21), "");
    EXPECT_EQ(stats()["releases"], 20);
    program->send(SIGKILL);
    program->wait();
}

TEST_F(CatalogInterruption, ByAFullDiskLeavesTheOldCatalog) {
    const auto dump = write("dump.xml", small_dump(1, 10'000)).string();
    // No file may grow beyond this: writes fail as they do on a full disk, for one process only.
    for (const rlim_t limit : {0UL, 100UL, 2'000UL, 20'000UL, 200'000UL}) {
        Program::Options options;
        options.largest_file = limit;
        options.standard_output = "/dev/null";
        const auto ended = run(import_of(dump), options);
        EXPECT_EQ(ended.exit_code, 1) << limit;
        EXPECT_EQ(ended.signal, 0) << limit;
        expect_old_catalog();
    }
    Program::Options options;
    options.largest_file = 20'000;
    const auto ended = run(import_of(dump), options);
    EXPECT_THAT(ended.err, AllOf(HasSubstr("error: "), HasSubstr(catalog_folder().string())));
    EXPECT_EQ(import(dump)["releases"], 10'000);
}

TEST_F(CatalogInterruption, ByTooLittleRoomIsSeenBeforeAnythingIsRead) {
    const auto dump = write("dump.xml", "<releases>\n" + records(1, 20));
    fs::resize_file(dump, 9'000'000'000'000); // a hole: it takes no room, but says it will
    const auto begun = std::chrono::steady_clock::now();
    const auto lines = run_json(import_of(dump.string()), 1);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{5});
    EXPECT_EQ(lines.at(0)["error"]["code"], "no_space");
    EXPECT_THAT(lines.at(0)["error"]["message"].get<std::string>(),
                AllOf(HasSubstr("beside the old one"), HasSubstr("--formats CD"),
                      HasSubstr("--no-tracks"), HasSubstr(catalog_folder().string())));
    expect_old_catalog();
}

} // namespace
} // namespace spindle::functional
