// SPDX-License-Identifier: Apache-2.0
// Imports, looks and what is kept over the API, with the real work on small inputs.
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "app/catalog/catalog_folder.h"
#include "io/file.h"
#include "server/detail/routed.h"
#include "server/routes/routes.h"
#include "server/routes/upkeep.h"
#include "store/sqlite/sqlite_job_store.h"
#include "store/sqlite/sqlite_library_store.h"
#include "testing/dump_server.h"
#include "testing/stored_gzip.h"
#include "testing/tagged_wav.h"
#include "testing/temp_folder.h"

namespace spindle::server {
namespace {

using namespace std::chrono_literals;
using store::JobKind;
using store::JobState;
using ::testing::HasSubstr;
using Json = nlohmann::json;
namespace fs = std::filesystem;

/// A month's releases, `count` of them.
std::string a_dump(unsigned count) {
    std::string xml = "<releases>\n";
    for (unsigned id = 1; id <= count; ++id) {
        xml += fmt::format("<release id=\"{0}\" status=\"Accepted\"><artists><artist><id>7</id>"
                           "<name>Ann</name></artist></artists><title>Side {0}</title>"
                           "<formats><format name=\"{1}\" qty=\"1\" text=\"\"/></formats>"
                           "<country>UK</country><released>1990</released></release>\n",
                           id, id % 2 == 0 ? "CD" : "Vinyl");
    }
    return testing::stored_gzip(xml + "</releases>\n");
}

class UpkeepTest : public ::testing::Test {
protected:
    UpkeepTest() {
        backends_.open_library = store::open_sqlite_library;
        backends_.open_jobs = store::open_sqlite_jobs;
        fs::create_directories(data() / "uploads");
        fs::create_directories(folder_ / "music");
        fs::create_directories(config());
        set("");
        house_.emplace(backends_, data(), config(), "0.0.0");
        jobs_ = open_job_queue({data(), backends_, [this] { return app::load_settings(config()); },
                                []() -> Result<std::unique_ptr<market::DiscogsClient>> {
                                    return std::unique_ptr<market::DiscogsClient>();
                                },
                                "Spindle/0.0.0"})
                    .value();
        add_upkeep_routes(router_, *house_, {data(), jobs_});
        add_catalog_routes(router_, *house_);
    }
    fs::path data() const { return folder_ / "data"; }
    fs::path config() const { return folder_ / "config"; }
    /// The owner's settings, with the server of this test in place of Discogs'.
    void set(const std::string& more) {
        std::ofstream(config() / app::kSettingsFile)
            << "[catalog]\nserver = \"" << server_.url("/") << "\"\n"
            << more;
    }

    Response ask(Request request) { return routed(router_, std::move(request)); }
    Response ask(Method method, std::string path, const Json& body = {}, Fields query = {}) {
        Request request;
        request.method = method;
        request.path = std::move(path);
        request.query = std::move(query);
        request.body = body.is_null() ? "" : body.dump();
        return ask(std::move(request));
    }
    Json get(std::string path, Fields query = {}) {
        const auto response = ask(Method::Get, std::move(path), {}, std::move(query));
        EXPECT_EQ(response.status, 200) << response.body;
        return Json::parse(response.body);
    }
    Response send_list(std::string_view body, Fields query = {}) {
        const fs::path file = data() / "uploads" / std::to_string(++uploads_);
        std::ofstream(file, std::ios::binary) << body;
        Request request;
        request.method = Method::Post;
        request.path = "/api/catalog/lists";
        request.query = std::move(query);
        request.headers.emplace_back("content-type", "text/csv");
        request.upload = std::make_shared<UploadedFile>(file, body.size());
        return ask(std::move(request));
    }
    Json at_its_end(const std::string& path, const Response& begun) {
        EXPECT_EQ(begun.status, 202) << begun.body;
        const std::string id = Json::parse(begun.body)["id"];
        EXPECT_THAT(begun.headers, ::testing::Contains(std::pair<std::string, std::string>(
                                       "Location", path + "/" + id)));
        for (int i = 0; i < 20'000; ++i) {
            const Json job = get(path + "/" + id);
            if (job["state"] != "queued" && job["state"] != "running") {
                return job;
            }
            std::this_thread::sleep_for(1ms);
        }
        ADD_FAILURE() << "does not end";
        return {};
    }
    Json import(const Json& wanted) {
        return at_its_end("/api/catalog/imports",
                          ask(Method::Post, "/api/catalog/imports", wanted));
    }
    Json look(const Json& wanted) {
        return at_its_end("/api/library/looks", ask(Method::Post, "/api/library/looks", wanted));
    }

    testing::DumpServer server_;
    testing::TempFolder folder_;
    app::Backends backends_;
    std::optional<House> house_;
    std::shared_ptr<app::JobQueue> jobs_;
    Router router_;
    int uploads_ = 0;
};

TEST_F(UpkeepTest, AMonthIsOfferedDownloadedImportedAndServed) {
    EXPECT_TRUE(get("/api/catalog")["releases"].is_null());
    const std::string dump = a_dump(40);
    server_.put_day("20260701", dump);
    const Json offer = get("/api/catalog/offer", {{"month", "2026-07"}});
    EXPECT_EQ(offer["month"], "2026-07");
    EXPECT_EQ(offer["bytes"], dump.size());
    EXPECT_EQ(offer["there_bytes"], 0);
    EXPECT_GT(offer["free_bytes"], 0);
    EXPECT_FALSE(fs::exists(data() / "dumps")); // asking changes nothing

    const Json done = import({{"from", "server"}, {"month", "2026-07"}});
    EXPECT_EQ(done["state"], "done") << done.dump();
    EXPECT_EQ(done["kind"], "catalog");
    EXPECT_EQ(done["month"], "2026-07");
    EXPECT_EQ(done["counts"]["releases"], 40);
    EXPECT_EQ(done["import"]["checksum"], "right");
    const Json state = get("/api/catalog"); // of the same house: nothing began anew
    EXPECT_EQ(state["releases"], 40);
    EXPECT_EQ(state["month"], "2026-07");
    EXPECT_THAT(state["imported"].get<std::string>(), HasSubstr("T"));
    const Json dumps = get("/api/catalog/dumps");
    ASSERT_EQ(dumps["files"].size(), 1U);
    EXPECT_EQ(dumps["files"][0]["complete"], true);
    EXPECT_EQ(get("/api/catalog/offer", {{"month", "2026-07"}})["there_bytes"], dump.size());

    // From what is there, a part of it; then the file is not needed any more.
    const Json again = import({{"from", "dump"},
                               {"file", "discogs_20260701_releases.xml.gz"},
                               {"formats", "CD"},
                               {"keep_file", false}});
    EXPECT_EQ(again["counts"]["releases"], 20) << again.dump();
    EXPECT_EQ(get("/api/catalog")["releases"], 20);
    EXPECT_TRUE(get("/api/catalog/dumps")["files"].empty());
    EXPECT_EQ(get("/api/catalog/imports").size(), 2U);
}

TEST_F(UpkeepTest, WhatCannotBeDownloadedSaysWhyAndLeavesTheCatalog) {
    server_.put_day("20260701", a_dump(3));
    EXPECT_EQ(import({{"from", "server"}, {"month", "2026-07"}})["state"], "done");
    const Json none = get("/api/catalog/offer", {{"month", "2025-02"}});
    EXPECT_TRUE(none["month"].is_null());
    EXPECT_THAT(none["why"].get<std::string>(), HasSubstr("2025-02"));
    const Json failed = import({{"from", "server"}, {"month", "2025-02"}});
    EXPECT_EQ(failed["state"], "failed");
    EXPECT_TRUE(failed["import"].is_null());
    EXPECT_EQ(get("/api/catalog")["releases"], 3);
}

TEST_F(UpkeepTest, OnlyOneMonthAtATimeIsTakenInAndItIsStoppedWithoutLoss) {
    server_.put_day("20260701", a_dump(3));
    server_.fail_always(testing::DumpServer::target("20260701", "releases.xml.gz"),
                        testing::Fault::stall(10));
    const auto begun =
        ask(Method::Post, "/api/catalog/imports", {{"from", "server"}, {"month", "2026-07"}});
    ASSERT_EQ(begun.status, 202) << begun.body;
    const std::string id = Json::parse(begun.body)["id"];
    const auto second = ask(Method::Post, "/api/catalog/imports", {{"from", "server"}});
    EXPECT_EQ(second.status, 503);
    EXPECT_THAT(second.body, HasSubstr("under way"));
    const std::string path = "/api/catalog/imports/" + id;
    EXPECT_EQ(ask(Method::Post, path + "/cancel").status, 200);
    for (int i = 0; i < 10'000 && get(path)["state"] != "cancelled"; ++i) {
        std::this_thread::sleep_for(1ms);
    }
    EXPECT_EQ(get(path)["state"], "cancelled");
    EXPECT_EQ(ask(Method::Delete, path).status, 204);
    EXPECT_EQ(ask(Method::Post, path + "/cancel").status, 404);
}

TEST_F(UpkeepTest, AnImportIsAskedForByNamesAndNeverByPaths) {
    for (const Json& wanted :
         {Json{{"from", "/etc/passwd"}}, Json{{"from", "dump"}, {"file", 3}}, Json::object(),
          Json{{"from", "server"}, {"month", "july"}}, Json{{"from", "server"}, {"masters", "yes"}},
          Json{{"from", "server"}, {"formats", std::string(300, 'x')}}}) {
        EXPECT_EQ(ask(Method::Post, "/api/catalog/imports", wanted).status, 400) << wanted.dump();
    }
    for (const char* file : {"/etc/passwd", "../library.db", "discogs_20260701_releases.xml.gz"}) {
        EXPECT_EQ(
            ask(Method::Post, "/api/catalog/imports", {{"from", "dump"}, {"file", file}}).status,
            404);
    }
    EXPECT_EQ(ask(Method::Get, "/api/catalog/offer", {}, {{"month", "../x"}}).status, 400);
    EXPECT_TRUE(get("/api/catalog/imports").empty());
}

TEST_F(UpkeepTest, AListOfOnesOwnIsAddedAndNotKept) {
    const auto response = send_list("artist,title,format\nAnn,Kitchen Tapes,LP\nBen,Shed,CD\n",
                                    {{"name", "../my shop.csv"}});
    const Json done = at_its_end("/api/catalog/imports", response);
    EXPECT_EQ(done["state"], "done") << done.dump();
    EXPECT_EQ(done["counts"]["added"], 2);
    EXPECT_EQ(done["import"]["kind"], "list");
    EXPECT_EQ(done["import"]["source"], "../my shop.csv");
    EXPECT_FALSE(fs::exists(jobs_->folder(done["id"]) / "list"));
    const Json state = get("/api/catalog");
    EXPECT_EQ(state["releases"], 2);
    EXPECT_TRUE(state["month"].is_null());
    EXPECT_EQ(state["files"][0]["about"]["source"],
              "_._my_shop.csv"); // no path, whatever it is called

    EXPECT_EQ(send_list("Dear diary").status, 415);
    EXPECT_EQ(send_list("<releases></releases>").status, 415);
    EXPECT_EQ(send_list("\x1f\x8b zipped").status, 415);
    EXPECT_EQ(send_list("").status, 400);
    const auto broken = send_list("artist,title\n,\n", {{"name", "empty.csv"}});
    const Json failed = at_its_end("/api/catalog/imports", broken);
    EXPECT_EQ(failed["state"], "failed");
    const std::string why = failed["error"]["message"];
    EXPECT_THAT(why, HasSubstr("empty.csv"));
    EXPECT_EQ(why.find(data().string()), std::string::npos) << why;
}

TEST_F(UpkeepTest, FoldersAreAddedAndLookedAtAgain) {
    EXPECT_EQ(ask(Method::Post, "/api/library/looks", Json::object()).status, 404); // none yet
    const fs::path music = fs::canonical(folder_ / "music");
    testing::write_tagged_wav(music / "1.wav", {1, "One", "Ann", "First", 1});
    testing::write_tagged_wav(music / "2.wav", {2, "Two", "Ann", "First", 2});
    std::ofstream(music / "3.flac") << "no music";
    const Json added = look({{"path", music.string()}});
    EXPECT_EQ(added["state"], "done") << added.dump();
    EXPECT_EQ(added["counts"]["added"], 2);
    EXPECT_EQ(added["counts"]["failed"], 1);
    ASSERT_EQ(added["look"]["failed"].size(), 1U);
    EXPECT_THAT(added["look"]["failed"][0]["message"].get<std::string>(), HasSubstr("3.flac"));

    fs::rename(music / "1.wav", music / "one.wav");
    fs::remove(music / "2.wav");
    testing::write_tagged_wav(music / "4.wav", {4, "Four", "Ann", "First", 4});
    const Json again = look(Json::object());
    EXPECT_EQ(again["name"], "all folders");
    EXPECT_EQ(again["counts"]["added"], 1) << again.dump();
    EXPECT_EQ(again["counts"]["moved"], 1);
    EXPECT_EQ(again["counts"]["missing"], 1);
    const Json folders = get("/api/library/folders");
    ASSERT_EQ(folders.size(), 1U);
    EXPECT_EQ(folders[0]["path"], music.string());
    EXPECT_EQ(folders[0]["files"], 3);
    EXPECT_EQ(folders[0]["missing"], 1);
    EXPECT_EQ(folders[0]["failed"], 1);
    EXPECT_EQ(folders[0]["there"], true);

    EXPECT_EQ(ask(Method::Post, "/api/library/looks", {{"path", "/proc"}}).status, 400);
    EXPECT_EQ(ask(Method::Post, "/api/library/looks", {{"path", "music"}}).status, 400);
    EXPECT_EQ(ask(Method::Post, "/api/library/looks", {{"path", "/nowhere/at/all"}}).status, 404);
    EXPECT_EQ(ask(Method::Post, "/api/library/looks", {{"retry", "yes"}}).status, 400);
    EXPECT_EQ(get("/api/library/looks").size(), 2U);
}

TEST_F(UpkeepTest, AFolderIsForgottenWithItsFingerprintsAndNothingElse) {
    const fs::path music = fs::canonical(folder_ / "music");
    fs::create_directories(music / "old");
    testing::write_tagged_wav(music / "1.wav", {1, "One", "Ann", "First", 1});
    testing::write_tagged_wav(music / "old/2.wav", {2, "Two", "Ann", "Second", 1});
    std::ofstream(music / "old/3.flac") << "no music";
    look({{"path", music.string()}});
    look({{"path", (music / "old").string()}});
    const auto forget = [&](const std::string& path) {
        return ask(Method::Delete, "/api/library/folders", {}, {{"path", path}});
    };
    const Json inner = at_its_end("/api/library/looks", forget((music / "old").string()));
    EXPECT_EQ(inner["state"], "done") << inner.dump();
    EXPECT_EQ(inner["counts"]["forgotten"], 1);
    EXPECT_EQ(inner["counts"]["tracks"], 1);
    ASSERT_EQ(inner["look"]["warnings"].size(), 1U); // the folder above is still looked at
    EXPECT_THAT(inner["look"]["warnings"][0].get<std::string>(), HasSubstr("come back"));
    const Json left = get("/api/library/folders");
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0]["files"], 1);
    EXPECT_EQ(left[0]["failed"], 0);

    const Json outer = at_its_end("/api/library/looks", forget(music.string()));
    EXPECT_EQ(outer["counts"]["forgotten"], 1);
    EXPECT_TRUE(outer["look"]["warnings"].empty());
    EXPECT_TRUE(get("/api/library/folders").empty());
    EXPECT_TRUE(fs::exists(music / "1.wav"));
    EXPECT_TRUE(fs::exists(music / "old/2.wav"));

    EXPECT_EQ(forget(music.string()).status, 404); // of the library no more
    EXPECT_EQ(forget("12").status, 404);           // no number of a track, either
    EXPECT_EQ(forget("").status, 400);
    EXPECT_EQ(forget("/" + std::string(5000, 'x')).status, 400);
}

TEST_F(UpkeepTest, TellsWhatIsKeptAndRemovesIt) {
    app::NewJob broken{JobKind::Grading, "a side", "no options"};
    const auto job = jobs_->add(broken, [](const fs::path& folder) {
        return io::write_atomically(folder / "recording", std::string(5000, 'x'));
    });
    for (int i = 0; i < 10'000 && !is_over(jobs_->find(JobKind::Grading, job->id)->state); ++i) {
        std::this_thread::sleep_for(1ms);
    }
    set("[keep]\ndays = 30\ngigabytes = 2.5\n");
    const Json kept = get("/api/kept");
    EXPECT_EQ(kept["gradings"]["count"], 1);
    EXPECT_EQ(kept["gradings"]["bytes"], 5000);
    EXPECT_EQ(kept["scans"]["count"], 0);
    EXPECT_EQ(kept["limits"]["days"], 30);
    EXPECT_EQ(kept["limits"]["gigabytes"], 2.5);
    EXPECT_EQ(kept["limits"]["most"], 500);
    const auto removed = [&](Fields query) {
        const auto response = ask(Method::Delete, "/api/kept", {}, std::move(query));
        EXPECT_EQ(response.status, 200) << response.body;
        return Json::parse(response.body)["removed"].get<int>();
    };
    EXPECT_EQ(removed({{"older_than_days", "1"}}), 0);
    EXPECT_EQ(removed({{"kind", "scan"}}), 0);
    EXPECT_EQ(removed({}), 1);
    EXPECT_EQ(get("/api/kept")["gradings"]["bytes"], 0);
    EXPECT_EQ(ask(Method::Delete, "/api/kept", {}, {{"kind", "song"}}).status, 400);
    EXPECT_EQ(ask(Method::Delete, "/api/kept", {}, {{"older_than_days", "-1"}}).status, 400);
}

} // namespace
} // namespace spindle::server
