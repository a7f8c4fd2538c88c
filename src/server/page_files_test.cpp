// SPDX-License-Identifier: Apache-2.0
#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/content_policy.h"
#include "server/page_files.h"

namespace spindle::server {
namespace {

using ::testing::HasSubstr;

constexpr std::array<EmbeddedFile, 5> kFiles{{{"openapi.yaml", "contract"},
                                              {"page/assets/a-1f.js", "plain"},
                                              {"page/assets/a-1f.js.br", "brotli"},
                                              {"page/assets/a-1f.js.gz", "gzip"},
                                              {"page/index.html", "<html>"}}};

Response ask(const std::string& path, Fields headers = {}) {
    Request request;
    request.path = path;
    request.headers = std::move(headers);
    return *page_handler(kFiles)(request);
}

std::string header(const Response& response, std::string_view name) {
    for (const auto& [one, value] : response.headers) {
        if (one == name) {
            return value;
        }
    }
    return "";
}

TEST(PageFiles, are_the_page_at_every_address_of_its_own) {
    for (const char* const path : {"/", "/dig", "/dig/7", "/index.html"}) {
        const auto answer = ask(path);
        EXPECT_EQ(answer.body, "<html>") << path;
        EXPECT_EQ(answer.type, "text/html; charset=utf-8");
        EXPECT_EQ(header(answer, "Cache-Control"), "no-cache");
        EXPECT_THAT(header(answer, "Content-Security-Policy"), HasSubstr("default-src 'self'"));
    }
    EXPECT_EQ(ask("/missing.js").status, 404);
    EXPECT_EQ(ask("/openapi.yaml").status, 404); // not of the page
}

TEST(PageFiles, may_run_only_the_scripts_they_were_built_with) {
    constexpr std::string_view kPage = "<style>a{}</style><script>alert(1)</script><script "
                                       "src=\"x.js\"></script><script>alert(2)</script>";
    const std::string policy = content_policy(kPage);
    // printf '%s' 'alert(1)' | openssl dgst -sha256 -binary | base64
    EXPECT_THAT(policy,
                HasSubstr("script-src 'self' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=' "
                          "'sha256-"));
    EXPECT_THAT(policy, HasSubstr("style-src 'self' 'sha256-"));
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
    EXPECT_THAT(content_policy(""), HasSubstr("script-src 'self'; style-src 'self';"));
    EXPECT_THAT(content_policy("<script>never closed"), HasSubstr("'sha256-"));
}

TEST(PageFiles, go_out_as_they_were_compressed) {
    const auto plain = ask("/assets/a-1f.js");
    EXPECT_EQ(plain.body, "plain");
    EXPECT_THAT(header(plain, "Cache-Control"), HasSubstr("immutable"));
    const auto brotli = ask("/assets/a-1f.js", {{"accept-encoding", "gzip, deflate, br"}});
    EXPECT_EQ(brotli.body, "brotli");
    EXPECT_EQ(header(brotli, "Content-Encoding"), "br");
    EXPECT_EQ(ask("/assets/a-1f.js", {{"accept-encoding", "gzip;q=0.5, br;q=0"}}).body, "gzip");
}

TEST(PageFiles, are_not_sent_again) {
    const auto first = ask("/");
    const auto again = ask("/", {{"if-none-match", header(first, "ETag")}});
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.body, "");
}

TEST(PageFiles, say_so_where_none_were_built) {
    Request request;
    request.path = "/";
    const auto answer = *page_handler({})(request);
    EXPECT_THAT(answer.body, HasSubstr("without its page"));
}

TEST(EmbeddedFiles, hold_the_contract) {
    const auto contract = embedded_file("openapi.yaml");
    ASSERT_TRUE(contract.has_value());
    EXPECT_THAT(std::string(*contract), HasSubstr("openapi: 3"));
    EXPECT_FALSE(embedded_file("nothing").has_value());
}

} // namespace
} // namespace spindle::server
