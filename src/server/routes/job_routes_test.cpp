// SPDX-License-Identifier: Apache-2.0
// Scans and gradings over the API, with work that only pretends: the routes, not the networks.
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "app/dig/scan_document.h"
#include "app/dig/scan_folder.h"
#include "app/jobs/grading_job.h"
#include "app/jobs/scan_job.h"
#include "image/decode.h"
#include "image/encode.h"
#include "io/file.h"
#include "server/detail/routed.h"
#include "server/routes/gradings.h"
#include "server/routes/scans.h"
#include "store/sqlite/sqlite_job_store.h"
#include "testing/tagged_wav.h"
#include "testing/temp_folder.h"

namespace spindle::server {
namespace {

using namespace std::chrono_literals;
using store::JobKind;
using ::testing::HasSubstr;
using Json = nlohmann::json;
namespace fs = std::filesystem;

image::Picture a_picture(int width, int height) {
    image::Picture picture{width, height, image::Channels::Rgb, {}};
    picture.pixels.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3,
                          90);
    return picture;
}

/// Leaves behind what a scan of two discs does.
Result<std::string> pretend_to_scan(const app::JobTask& task) {
    SPINDLE_TRY(const auto job, app::read_scan_job(task.job.options));
    app::ScanReport report;
    report.folder = task.folder;
    for (const std::string& photo : job.photos) {
        auto& facts = report.photos.emplace_back();
        facts.path = task.folder / photo;
        facts.width = 640;
        facts.height = 480;
    }
    for (std::size_t i = 0; i < 2; ++i) {
        auto& disc = report.discs.emplace_back();
        disc.number = i + 1;
        const auto x = static_cast<float>(100 + 100 * i);
        shelf::ReadSpine spine;
        spine.spine.quad.corners = {{{x, 100}, {x, 300}, {x - 20, 300}, {x - 20, 100}}};
        disc.seen.push_back({0, spine});
        task.tell({0, "disc", app::document_of(disc), fmt::format("disc {}", disc.number)});
    }
    SPINDLE_TRY_VOID(app::write_scan(report, task.progress, app::Strips::Yes));
    return std::string("{\"counts\":{\"unread\":2},\"photos\":1}");
}

class JobRoutesTest : public ::testing::Test {
protected:
    void start(app::JobWork scan = pretend_to_scan, app::JobWork grade = {}) {
        auto queue = app::JobQueue::start(
            folder_ / "jobs",
            [this] { return store::open_sqlite_jobs(folder_.path(), store::Access::Write); },
            {app::JobLane{
                {{JobKind::Scan, std::move(scan)}, {JobKind::Grading, std::move(grade)}}}});
        ASSERT_TRUE(queue) << queue.error().message;
        jobs_ = std::move(*queue);
        add_scan_routes(router_, {folder_.path(), jobs_});
        add_grading_routes(router_, {folder_.path(), jobs_});
    }

    Response ask(Request request) { return routed(router_, std::move(request)); }
    Response get(std::string path, Fields query = {}) {
        Request request;
        request.path = std::move(path);
        request.query = std::move(query);
        return ask(std::move(request));
    }
    Response post(std::string path, std::string_view body, Fields query = {},
                  std::string type = "application/octet-stream") {
        fs::create_directories(folder_ / "uploads");
        const fs::path file = folder_ / "uploads" / std::to_string(++uploads_);
        std::ofstream(file, std::ios::binary) << body;
        Request request;
        request.method = Method::Post;
        request.path = std::move(path);
        request.query = std::move(query);
        request.headers.emplace_back("content-type", std::move(type));
        request.upload = std::make_shared<UploadedFile>(file, body.size());
        return ask(std::move(request));
    }
    std::string post_scan(Fields query = {}) {
        const auto response =
            post("/api/scans", image::to_jpeg(a_picture(640, 480)).value(), std::move(query));
        EXPECT_EQ(response.status, 202) << response.body;
        return Json::parse(response.body)["id"];
    }
    void wait_for_end(JobKind kind, const std::string& id) {
        for (int i = 0; i < 10'000 && !store::is_over(jobs_->find(kind, id).value().state); ++i) {
            std::this_thread::sleep_for(1ms);
        }
    }
    std::size_t left_in_uploads() const {
        std::size_t count = 0;
        for ([[maybe_unused]] const auto& entry : fs::directory_iterator(folder_ / "uploads")) {
            ++count;
        }
        return count;
    }

    testing::TempFolder folder_;
    std::shared_ptr<app::JobQueue> jobs_;
    Router router_;
    int uploads_ = 0;
};

TEST_F(JobRoutesTest, APhotoBecomesAScanWithAllItsFiles) {
    start();
    const auto id = post_scan({{"format", "cd"}, {"asking", "2.5"}});
    wait_for_end(JobKind::Scan, id);
    const auto options = app::read_scan_job(jobs_->find(JobKind::Scan, id).value().options).value();
    EXPECT_EQ(options.format, app::ShelfFormat::Cd);
    EXPECT_EQ(options.asking, 2.5);
    const Json scan = Json::parse(get("/api/scans/" + id).body);
    EXPECT_EQ(scan["state"], "done");
    EXPECT_EQ(scan["kind"], "scan");
    EXPECT_EQ(scan["counts"]["unread"], 2);
    EXPECT_EQ(scan["scan"]["discs"].size(), 2U);
    const std::string base = "/api/scans/" + id;
    for (const char* file : {"/sheet", "/discs/1/strip", "/photos/0"}) {
        const auto response = get(base + file);
        ASSERT_TRUE(response.file) << file << response.body;
        EXPECT_TRUE(image::read_picture(*response.file, {.min_side = 1})) << file;
    }
    const auto marked = get(base + "/photos/0", {{"marked", "true"}});
    EXPECT_EQ(marked.file->filename(), "marked.jpg");
    const auto small = get(base + "/photos/0", {{"width", "200"}});
    EXPECT_EQ(image::read_picture(*small.file, {.min_side = 1}).value().width, 160);
    EXPECT_EQ(get(base + "/photos/1").status, 404);
    EXPECT_EQ(get(base + "/photos/0", {{"width", "1"}}).status, 400);
    EXPECT_EQ(get(base + "/discs/9/strip").status, 404);
    EXPECT_EQ(Json::parse(get("/api/scans").body).size(), 1U);
    EXPECT_EQ(get("/api/scans/" + std::string(32, 'a')).status, 404);
    EXPECT_EQ(left_in_uploads(), 0U);
    const auto events = get(base + "/events");
    ASSERT_TRUE(events.events);
    const auto batch = events.events->after(0, 100).value();
    EXPECT_TRUE(batch.over);
    EXPECT_EQ(batch.events.back().name, "state");
    EXPECT_EQ(Json::parse(batch.events.back().data)["state"], "done");
}

TEST_F(JobRoutesTest, AFormBringsSeveralPhotosAndOptions) {
    start();
    const std::string photo = image::to_png(a_picture(300, 300)).value();
    const auto part = [](const std::string& head, const std::string& body) {
        return "--b\r\nContent-Disposition: form-data; name=" + head + "\r\n\r\n" + body + "\r\n";
    };
    const auto response = post("/api/scans",
                               part("format", "lp") + part("photo; filename=left.jpg", photo) +
                                   part("photo; filename=right.jpg", photo) + "--b--\r\n",
                               {}, "multipart/form-data; boundary=b");
    ASSERT_EQ(response.status, 202) << response.body;
    const Json job = Json::parse(response.body);
    EXPECT_EQ(job["name"], "left.jpg and 1 more");
    const auto stored = jobs_->find(JobKind::Scan, job["id"]).value();
    const auto options = app::read_scan_job(stored.options).value();
    EXPECT_EQ(options.format, app::ShelfFormat::Lp);
    // Named by what they are, not by what they are called.
    EXPECT_EQ(options.photos, (std::vector<std::string>{"photo-1.png", "photo-2.png"}));
}

TEST_F(JobRoutesTest, WhatIsNoPhotoIsRefusedWithWhatToDo) {
    start();
    const auto text = post("/api/scans", "Dear diary, this is not a photo");
    EXPECT_EQ(text.status, 415);
    EXPECT_EQ(text.type, "application/problem+json");
    EXPECT_THAT(Json::parse(text.body)["detail"].get<std::string>(), HasSubstr("JPEG"));
    EXPECT_EQ(post("/api/scans", "").status, 400);
    EXPECT_EQ(post("/api/scans", std::string((40U << 20U) + 1, 'x')).status, 413);
    EXPECT_EQ(post("/api/scans", "--b", {}, "multipart/form-data; boundary=b").status, 400);
    const std::string photo = image::to_jpeg(a_picture(300, 300)).value();
    EXPECT_EQ(post("/api/scans", photo, {{"format", "tape"}}).status, 400);
    EXPECT_EQ(post("/api/scans", photo, {{"asking", "much"}}).status, 400);
    EXPECT_EQ(post("/api/scans", photo, {{"grade", "fine"}}).status, 400);
    EXPECT_EQ(post("/api/scans", photo, {{"wait", "1000"}}).status, 400);
    EXPECT_EQ(post("/api/scans", photo, {{"answer", "song"}}).status, 400);
    EXPECT_EQ(Json::parse(get("/api/scans").body).size(), 0U);
    EXPECT_EQ(left_in_uploads(), 0U);
}

TEST_F(JobRoutesTest, WhatCurlCallsAFormIsJudgedByItsFirstBytes) {
    start();
    const std::string form = "application/x-www-form-urlencoded";
    EXPECT_EQ(post("/api/scans", image::to_jpeg(a_picture(300, 300)).value(), {}, form).status,
              202);
    EXPECT_EQ(post("/api/scans", image::to_png(a_picture(300, 300)).value(), {}, form).status, 202);
    testing::write_tagged_wav(folder_ / "a.wav", {1, "a", "Ann", "First", 0, 1.0});
    EXPECT_EQ(
        post("/api/gradings", io::read_file(folder_ / "a.wav", 1U << 20U).value(), {}, form).status,
        202);
    for (const char* path : {"/api/scans", "/api/gradings"}) {
        const auto refused = post(path, "photo=%FF%D8%FF&format=cd", {}, form);
        EXPECT_EQ(refused.status, 415);
        EXPECT_THAT(refused.body, HasSubstr("a form without a file"));
        EXPECT_EQ(post(path, "neither one nor the other", {}, form).status, 415);
    }
    EXPECT_EQ(left_in_uploads(), 0U);
}

TEST_F(JobRoutesTest, FilesAreCalledAsTheirSenderCallsThem) {
    // Everything that is said of the job names files by where they lie.
    start([](const app::JobTask& task) -> Result<std::string> {
        const std::string photo = (task.folder / "photo-1.png").string();
        task.progress({"opening", "photo-1.png", 0, 1, std::nullopt});
        task.tell(
            {0, "remark", Json{{"kind", "warning"}, {"message", photo + ": is dark"}}.dump(), {}});
        SPINDLE_TRY_VOID(io::write_atomically(
            task.folder / app::kScanFile,
            Json{{"photos", {{{"path", photo}, {"error", {{"message", photo + ": no"}}}}}}}
                .dump()));
        return fail(Code::BadInput, "{}: is dark; see {}/x.json", photo, task.folder.string());
    });
    const std::string form = "--b\r\nContent-Disposition: form-data; name=photo; "
                             "filename=\"K\u00fcche.png\"\r\n\r\n" +
                             image::to_png(a_picture(300, 300)).value() + "\r\n--b--\r\n";
    const auto sent = post("/api/scans", form, {}, "multipart/form-data; boundary=b");
    ASSERT_EQ(sent.status, 202) << sent.body;
    const std::string id = Json::parse(sent.body)["id"];
    wait_for_end(JobKind::Scan, id);
    const Json job = Json::parse(get("/api/scans/" + id).body);
    const std::string name = job["name"];
    EXPECT_THAT(name, HasSubstr(".png"));
    EXPECT_EQ(job["error"]["message"], name + ": is dark; see x.json");
    EXPECT_EQ(job["scan"]["photos"][0]["path"], name);
    EXPECT_EQ(job["scan"]["photos"][0]["error"]["message"], name + ": no");
    const auto events = get("/api/scans/" + id + "/events").events->after(0, 100).value();
    for (const auto& event : events.events) {
        EXPECT_THAT(event.data, ::testing::Not(HasSubstr(folder_.path().string())));
        EXPECT_THAT(event.data, ::testing::Not(HasSubstr("photo-1")));
    }
    EXPECT_THAT(get("/api/scans").body, ::testing::Not(HasSubstr(folder_.path().string())));
}

TEST_F(JobRoutesTest, ALongSheetIsGivenPageByPage) {
    start();
    const auto id = post_scan();
    wait_for_end(JobKind::Scan, id);
    const std::string sheet = "/api/scans/" + id + "/sheet";
    EXPECT_EQ(Json::parse(get("/api/scans/" + id).body)["sheets"], 1);
    EXPECT_EQ(get(sheet, {{"page", "2"}}).status, 404);
    ASSERT_TRUE(io::write_atomically(jobs_->folder(id) / app::sheet_file(1), "a second one"));
    EXPECT_EQ(Json::parse(get("/api/scans/" + id).body)["sheets"], 2);
    EXPECT_EQ(get(sheet).file->filename(), "sheet.png");
    EXPECT_EQ(get(sheet, {{"page", "1"}}).file->filename(), "sheet.png");
    EXPECT_EQ(get(sheet, {{"page", "2"}}).file->filename(), "sheet-2.png");
    EXPECT_THAT(get(sheet, {{"page", "3"}}).body, HasSubstr("pages 1 to 2"));
    EXPECT_EQ(get(sheet, {{"page", "0"}}).status, 400);
}

TEST_F(JobRoutesTest, AShortcutWaitsForTheEnd) {
    start();
    const std::string photo = image::to_jpeg(a_picture(640, 480)).value();
    const auto response = post("/api/scans", photo, {{"wait", "10"}, {"answer", "photo"}});
    ASSERT_TRUE(response.later);
    for (int i = 0; i < 5000 && !response.later->events->after(0, 100).value().over; ++i) {
        std::this_thread::sleep_for(1ms);
    }
    const auto answer = response.later->then().value();
    ASSERT_TRUE(answer.file);
    EXPECT_EQ(answer.file->filename(), "marked.jpg");
}

TEST_F(JobRoutesTest, CorrectionsOutliveTheirScan) {
    start();
    const auto id = post_scan();
    wait_for_end(JobKind::Scan, id);
    const auto put = [&](const std::string& disc, const std::string& body) {
        Request request;
        request.method = Method::Put;
        request.path = "/api/scans/" + id + "/discs/" + disc + "/correction";
        request.body = body;
        return ask(std::move(request));
    };
    const auto kept = put("2", "{\"release_id\":249504}");
    ASSERT_EQ(kept.status, 200) << kept.body;
    EXPECT_EQ(Json::parse(kept.body)["release_id"], 249504);
    EXPECT_EQ(put("3", "{\"release_id\":1}").status, 404);
    EXPECT_EQ(put("1", "{}").status, 400);
    EXPECT_EQ(put("1", "{\"release_id\":\"x\"}").status, 400);
    EXPECT_EQ(put("1", "[").status, 400);
    const Json scan = Json::parse(get("/api/scans/" + id).body)["scan"];
    EXPECT_FALSE(scan["discs"][0].contains("correction"));
    EXPECT_EQ(scan["discs"][1]["correction"]["release_id"], 249504);
    Request drop;
    drop.method = Method::Delete;
    drop.path = "/api/scans/" + id;
    EXPECT_EQ(ask(std::move(drop)).status, 204);
    EXPECT_EQ(get("/api/scans/" + id).status, 404);
    const Json line = Json::parse(get("/api/corrections").body);
    EXPECT_EQ(line["scan"], id);
    EXPECT_EQ(line["disc"], 2);
    EXPECT_GT(line["strip_jpeg"].get<std::string>().size(), 100U);
}

TEST_F(JobRoutesTest, ARecordingBecomesAGrading) {
    start(pretend_to_scan, [](const app::JobTask& task) -> Result<std::string> {
        EXPECT_TRUE(fs::exists(task.folder / app::kRecordingFile));
        SPINDLE_TRY_VOID(io::write_atomically(task.folder / app::kGradingFile,
                                              "{\"graded\":true,\"grade\":\"VG+\"}"));
        SPINDLE_TRY_VOID(io::write_atomically(task.folder / app::kLabelsFile, "1\t2\tclick\n"));
        return std::string("{\"grade\":\"VG+\"}");
    });
    testing::write_tagged_wav(folder_ / "a.wav", {1, "a", "Ann", "First", 0, 1.0});
    const auto wav = io::read_file(folder_ / "a.wav", 1U << 20U).value();
    const auto response = post("/api/gradings", wav, {{"name", "side A"}, {"release", "5"}});
    ASSERT_EQ(response.status, 202) << response.body;
    const std::string id = Json::parse(response.body)["id"];
    wait_for_end(JobKind::Grading, id);
    const Json job = Json::parse(get("/api/gradings/" + id).body);
    EXPECT_EQ(job["name"], "side A");
    EXPECT_EQ(job["grade"], "VG+");
    EXPECT_EQ(job["grading"]["grade"], "VG+");
    EXPECT_TRUE(get("/api/gradings/" + id + "/audio").file);
    EXPECT_TRUE(get("/api/gradings/" + id + "/labels").file);
    EXPECT_EQ(get("/api/gradings/" + id + "/plot").status, 404); // not drawn here
    EXPECT_EQ(get("/api/gradings/" + id + "/plot", {{"picture", "other"}}).status, 400);
    EXPECT_EQ(get("/api/gradings/" + id + "/waveform").status, 404);
    EXPECT_EQ(get("/api/scans/" + id).status, 404); // is none
    const auto none = post("/api/gradings", "not a sound", {{"name", "x.wav"}});
    EXPECT_EQ(none.status, 415);
    EXPECT_THAT(none.body, HasSubstr("x.wav"));
    EXPECT_THAT(none.body, ::testing::Not(HasSubstr("uploads")));
    EXPECT_EQ(left_in_uploads(), 0U);
}

} // namespace
} // namespace spindle::server
