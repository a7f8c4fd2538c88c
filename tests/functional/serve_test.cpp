// SPDX-License-Identifier: Apache-2.0
// `spindle serve` and `spindle devices`, from outside: over sockets, with what no browser sends.
#include <csignal>
#include <thread>

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "spindle_fixture.h"
#include "testing/raw_client.h"

namespace spindle::functional {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawClient;
using ::testing::StartsWith;

class ServeTest : public SpindleTest {
protected:
    /// Starts a server on any free port and waits until it is there.
    void start_server(std::vector<std::string> more = {}) {
        std::vector<std::string> words{"serve", "--port", "0", "--json"};
        words.insert(words.end(), more.begin(), more.end());
        server_ = start(words);
        ASSERT_TRUE(server_->wait_until([this] {
            return server_->output_so_far().find('\n') != std::string::npos;
        })) << server_->words_so_far();
        told_ = lines_of(server_->output_so_far()).at(0);
        const auto address = told_.at("address").get<std::string>();
        port_ = static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
    }
    std::string ask(const std::string& lines, const std::string& body = {}) const {
        return RawClient::ask(port_,
                              lines + "\r\nHost: localhost\r\nConnection: close\r\n\r\n" + body);
    }
    std::string post(const std::string& path, const std::string& body,
                     const std::string& more = {}) const {
        return ask("POST " + path +
                       " HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: " +
                       std::to_string(body.size()) + more,
                   body);
    }
    static Json json_of(const std::string& answer) {
        return Json::parse(answer.substr(answer.find("\r\n\r\n") + 4), nullptr, false);
    }

    std::unique_ptr<Program> server_;
    Json told_;
    std::uint16_t port_ = 0;
};

TEST_F(ServeTest, answers_what_the_command_line_answers) {
    put("a.wav", 1, 2.0, "Blue Train");
    add();
    run({"collection", "add", "249504", "--media", "VG+"});
    start_server();
    EXPECT_EQ(json_of(ask("GET /api/health HTTP/1.1")).at("status"), "ok");
    auto copies = json_of(ask("GET /api/collection?q=249504 HTTP/1.1"));
    ASSERT_EQ(copies.size(), 1);
    for (const char* const more : {"plays", "last_played", "cover", "value"}) {
        EXPECT_EQ(copies[0].erase(more), 1) << more; // what only the page is told
    }
    EXPECT_EQ(copies[0], run_json({"collection", "list"}).at(0));
    EXPECT_EQ(json_of(ask("GET /api/collection?q=nothing HTTP/1.1")).size(), 0);
    const auto records = json_of(ask("GET /api/library/records HTTP/1.1"));
    EXPECT_EQ(records.at(0), run_json({"library", "list", "--records"}).at(0));
    EXPECT_EQ(json_of(ask("GET /api/settings HTTP/1.1")).at("library").at("tracks"), 1);
    EXPECT_THAT(ask("GET /metrics HTTP/1.1"), HasSubstr("spindle_jobs{state=\"queued\"} 0\n"));
    EXPECT_THAT(ask("GET /api/openapi.yaml HTTP/1.1"), HasSubstr("openapi: 3"));
    EXPECT_THAT(ask("GET / HTTP/1.1"), HasSubstr("Content-Type: text/html"));
}

TEST_F(ServeTest, changes_the_collection_and_the_wants) {
    start_server();
    const auto added = post("/api/collection", R"({"release_id":7,"media_condition":"NM"})");
    EXPECT_THAT(added, StartsWith("HTTP/1.1 201"));
    EXPECT_EQ(json_of(added).at("media_condition"), "Near Mint (NM or M-)");
    EXPECT_THAT(post("/api/wants", R"({"release_id":8})"), StartsWith("HTTP/1.1 201"));
    EXPECT_EQ(run_json({"wants", "list"}).at(0).at("release_id"), 8);
    EXPECT_THAT(ask("DELETE /api/wants/8 HTTP/1.1"), StartsWith("HTTP/1.1 204"));
    EXPECT_THAT(ask("DELETE /api/wants/8 HTTP/1.1"), StartsWith("HTTP/1.1 404"));
    for (const char* const bad :
         {"", "[]", "{}", "{", R"({"release_id":"7"})", R"({"release_id":-1})",
          R"({"release_id":7,"media_condition":"Perfect"})", R"({"release_id":7,"notes":5})",
          R"({"release_id":99999999999})", R"({"release_id":7,"notes":"\u0000"})"}) {
        EXPECT_THAT(post("/api/collection", bad), StartsWith("HTTP/1.1 400")) << bad;
    }
    EXPECT_EQ(json_of(ask("GET /api/collection HTTP/1.1")).size(), 1);
}

TEST_F(ServeTest, refuses_bad_input_and_serves_on) {
    start_server();
    const std::vector<std::pair<std::string, std::string>> cases{
        {"POST /api/scans HTTP/1.1\r\nContent-Length: 2147483648", "HTTP/1.1 413"},
        {"POST /api/scans HTTP/1.1\r\nContent-Length: 0", "HTTP/1.1 400"},
        {"POST /api/scans HTTP/1.1\r\nContent-Type: video/mp4\r\nContent-Length: 5",
         "HTTP/1.1 415"},
        {"POST /api/scans HTTP/1.1\r\nContent-Length: -5", "HTTP/1.1 400"},
        {"POST /api/wants HTTP/1.1\r\nContent-Length: 70000", "HTTP/1.1 413"},
        {"POST /api/wants HTTP/1.1\r\nContent-Encoding: gzip\r\nContent-Length: 5", "HTTP/1.1 415"},
        {"GET /api/plays HTTP/1.1\r\nContent-Length: 5", "HTTP/1.1 413"},
        {"PUT /api/plays HTTP/1.1", "HTTP/1.1 405"},
        {"TRACE / HTTP/1.1", "HTTP/1.1 405"},
        {"GET /api/none HTTP/1.1", "HTTP/1.1 404"},
        {"GET /../../etc/passwd HTTP/1.1", "HTTP/1.1 400"},
        {"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1", "HTTP/1.1 400"},
        {"GET /api/%00 HTTP/1.1", "HTTP/1.1 400"},
        {"GET /%c0%ae%c0%ae/etc/passwd HTTP/1.1", "HTTP/1.1 400"},
        {"GET /api/scans/..%2f..%2fetc%2fpasswd HTTP/1.1", "HTTP/1.1 400"},
        {"GET /api/plays?limit=0 HTTP/1.1", "HTTP/1.1 400"},
        {"GET /api/catalog/search HTTP/1.1", "HTTP/1.1 400"},
        {"GET /api/catalog/releases/x HTTP/1.1", "HTTP/1.1 404"},
        {"GET /api/plays HTTP/1.1\r\nAuthorization: Bearer wrong", "HTTP/1.1 401"},
        {"GET /api/plays HTTP/1.1\r\nX-Forwarded-For: 1.2.3.4", "HTTP/1.1 401"},
        {"POST /api/wants HTTP/1.1\r\nOrigin: https://evil.example\r\nContent-Length: 2",
         "HTTP/1.1 403"},
        // What a page elsewhere may make a browser send unasked, whatever it calls it.
        {"POST /api/scans HTTP/1.1\r\nOrigin: https://evil.example\r\nContent-Length: 2\r\n"
         "Content-Type: application/x-www-form-urlencoded",
         "HTTP/1.1 403"},
        {"POST /api/gradings HTTP/1.1\r\nSec-Fetch-Site: cross-site\r\nContent-Length: 2\r\n"
         "Content-Type: application/x-www-form-urlencoded",
         "HTTP/1.1 403"},
        {"POST /api/scans HTTP/1.1\r\nSec-Fetch-Site: same-site\r\nContent-Length: 2\r\n"
         "Content-Type: multipart/form-data; boundary=b",
         "HTTP/1.1 403"},
        {"POST /api/wants HTTP/1.1\r\nContent-Length: 2\r\n"
         "Content-Type: application/x-www-form-urlencoded",
         "HTTP/1.1 415"},
        {"GET /api/plays HTTP/1.1\r\nX: " + std::string(20'000, 'x'), "HTTP/1.1 431"},
        {"\x16\x03\x01\x02 hello TLS", "HTTP/1.1 400"},
    };
    for (const auto& [lines, expected] : cases) {
        const auto answer = ask(lines);
        EXPECT_THAT(answer, StartsWith(expected)) << lines;
        EXPECT_THAT(answer, HasSubstr("application/problem+json")) << lines;
        EXPECT_FALSE(json_of(answer).value("detail", "").empty()) << lines;
    }
    EXPECT_THAT(RawClient::ask(port_, "GET /api/plays HTTP/1.1\r\nHost: evil.example:80\r\n"
                                      "Connection: close\r\n\r\n"),
                StartsWith("HTTP/1.1 421"));
    EXPECT_THAT(ask("GET /api/health HTTP/1.1"), StartsWith("HTTP/1.1 200"));
}

TEST_F(ServeTest, serves_others_while_some_send_nothing) {
    start_server();
    std::vector<std::unique_ptr<RawClient>> slow;
    for (int i = 0; i < 100; ++i) {
        slow.push_back(std::make_unique<RawClient>(port_));
        slow.back()->send("GET /api/health HTTP/1.1\r\nHost: loc");
    }
    EXPECT_THAT(ask("GET /api/health HTTP/1.1"), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(slow.front()->read_all(std::chrono::seconds{20}), StartsWith("HTTP/1.1 408"));
}

TEST_F(ServeTest, tells_when_there_are_too_many_connections) {
    start_server();
    std::vector<std::unique_ptr<RawClient>> open;
    for (int i = 0; i < 512; ++i) {
        open.push_back(std::make_unique<RawClient>(port_));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{300});
    const auto answer = RawClient(port_).read_all();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 503"));
    EXPECT_THAT(answer, HasSubstr("application/problem+json"));
    open.clear();
    std::this_thread::sleep_for(std::chrono::milliseconds{300});
    EXPECT_THAT(ask("GET /api/health HTTP/1.1"), StartsWith("HTTP/1.1 200"));
}

TEST_F(ServeTest, pairs_a_phone_once_and_forgets_it_when_it_is_revoked) {
    start_server({"--lan"});
    const auto token = told_.at("pairing").at("token").get<std::string>();
    EXPECT_THAT(told_.at("pairing").at("url").get<std::string>(), EndsWith("/#pair=" + token));
    const std::string body = R"({"token":")" + token + R"(","name":"phone"})";
    const auto paired = post("/api/session", body);
    ASSERT_THAT(paired, StartsWith("HTTP/1.1 201")) << paired;
    EXPECT_THAT(paired, HasSubstr("HttpOnly; SameSite=Strict"));
    EXPECT_THAT(post("/api/session", body), StartsWith("HTTP/1.1 401"));
    const auto own = json_of(paired).at("token").get<std::string>();
    // As from elsewhere: somebody in between says so.
    const std::string far = "\r\nX-Forwarded-For: 10.0.0.9";
    EXPECT_THAT(ask("GET /api/plays HTTP/1.1" + far), StartsWith("HTTP/1.1 401"));
    EXPECT_THAT(ask("GET /api/plays HTTP/1.1" + far + "\r\nAuthorization: Bearer " + own),
                StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(ask("GET /api/plays HTTP/1.1" + far + "\r\nCookie: spindle=" + own),
                StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(post("/api/devices", "", far + "\r\nAuthorization: Bearer " + own),
                StartsWith("HTTP/1.1 403")); // pairing others is for the machine itself
    EXPECT_EQ(run_json({"devices", "list"}).at(0).at("name"), "phone");
    EXPECT_EQ(run({"devices", "revoke", "phone"}).exit_code, 0);
    std::this_thread::sleep_for(std::chrono::milliseconds{1100}); // remembered for a second
    EXPECT_THAT(ask("GET /api/plays HTTP/1.1" + far + "\r\nAuthorization: Bearer " + own),
                StartsWith("HTTP/1.1 401"));
    EXPECT_EQ(run({"devices", "revoke", "phone"}).exit_code, 1);
    server_->send(SIGTERM);
    const auto ended = server_->wait();
    EXPECT_THAT(ended.err, Not(HasSubstr(own)));
    EXPECT_THAT(ended.err, Not(HasSubstr(token)));
}

TEST_F(ServeTest, makes_new_pairing_links_while_it_runs) {
    EXPECT_EQ(run({"devices", "pair"}).exit_code, 1); // no server
    start_server({"--lan"});
    const auto pairing = run_json({"devices", "pair"}).at(0);
    EXPECT_THAT(
        post("/api/session", R"({"token":")" + pairing.at("token").get<std::string>() + R"("})"),
        StartsWith("HTTP/1.1 201"));
    EXPECT_THAT(post("/api/devices", ""), StartsWith("HTTP/1.1 201"));
    const auto shortcut = run_json({"devices", "pair", "--token", "Shortcut"}).at(0);
    EXPECT_THAT(ask("GET /api/session HTTP/1.1\r\nX-Forwarded-For: 10.0.0.9\r\nAuthorization: "
                    "Bearer " +
                    shortcut.at("token").get<std::string>()),
                HasSubstr("\"name\":\"Shortcut\""));
}

TEST_F(ServeTest, writes_no_pairing_link_into_a_log) {
    server_ = start({"serve", "--port", "0", "--lan"});
    ASSERT_TRUE(server_->wait_until(
        [this] { return server_->output_so_far().find("devices pair") != std::string::npos; }));
    EXPECT_THAT(server_->output_so_far(), Not(HasSubstr("#pair=")));
}

TEST_F(ServeTest, runs_once_on_a_data_folder_and_on_a_port) {
    start_server();
    const auto same_folder = run({"serve", "--port", "0"});
    EXPECT_EQ(same_folder.exit_code, 1);
    EXPECT_THAT(same_folder.err, HasSubstr("another spindle serve runs on this data folder"));
    const auto same_port =
        run({"serve", "--port", std::to_string(port_), "--data", (folder_ / "other").string()});
    EXPECT_EQ(same_port.exit_code, 1);
    EXPECT_THAT(same_port.err, HasSubstr("is taken"));
}

TEST_F(ServeTest, ends_by_a_signal_within_seconds_while_pages_are_open) {
    start_server();
    const RawClient idle(port_);
    const RawClient half(port_);
    half.send("POST /api/wants HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20\r\n\r\n{");
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
    const auto begun = std::chrono::steady_clock::now();
    server_->send(SIGTERM);
    server_->wait();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{8});
    EXPECT_FALSE(std::filesystem::exists(data() / "serve.json"));
}

TEST_F(ServeTest, speaks_tls_with_a_certificate_of_its_own) {
    start_server({"--tls"});
    EXPECT_EQ(told_.at("fingerprint").get<std::string>().size(), 95);
    const auto certificate = folder_ / "config" / "spindle" / "serve-certificate.pem";
    struct stat status {};
    ASSERT_EQ(::stat((folder_ / "config" / "spindle" / "serve-key.pem").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    const auto address = told_.at("address").get<std::string>();
    Program curl({"/usr/bin/curl", "-s", "-m", "10", "--cacert", certificate.string(),
                  address + "/api/health"},
                 {});
    const auto ended = curl.wait();
    EXPECT_EQ(ended.exit_code, 0);
    EXPECT_THAT(ended.out, HasSubstr("\"status\":\"ok\""));
    EXPECT_THAT(ask("GET /api/health HTTP/1.1"), Not(HasSubstr("200"))); // in the clear
    EXPECT_EQ(run({"serve", "--certificate", "x"}).exit_code, 2);
}

} // namespace
} // namespace spindle::functional
