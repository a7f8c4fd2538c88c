// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/request_target.h"
#include "server/router.h"

namespace spindle::server {
namespace {

Handler says(std::string word) {
    return [word = std::move(word)](const Request&) { return Response::text(word); };
}

Router filled() {
    Router router;
    router.add(Method::Get, "/api/scans", {}, says("list"));
    router.add(Method::Post, "/api/scans", {}, says("add"));
    router.add(Method::Get, "/api/scans/{id}", {}, says("one"));
    router.add(Method::Get, "/api/scans/newest", {}, says("newest"));
    router.add(Method::Get, "/api/scans/{id}/photos/{index}", {}, says("photo"));
    router.add(Method::Post, "/api/only", {}, says("only"));
    return router;
}

std::string found(const Router& router, Method method, const std::string& path) {
    const auto result = router.find(method, parse_target(path)->segments);
    if (const auto* const match = std::get_if<Router::Match>(&result)) {
        std::string text = match->route->handler({})->body;
        for (const auto& [name, value] : match->parameters) {
            text += " " + name + "=" + value;
        }
        return text;
    }
    const auto* const wrong = std::get_if<Router::WrongMethod>(&result);
    return wrong != nullptr ? "allow " + wrong->allow : "none";
}

TEST(Router, finds_routes_by_method_and_path) {
    const Router router = filled();
    EXPECT_EQ(found(router, Method::Get, "/api/scans"), "list");
    EXPECT_EQ(found(router, Method::Post, "/api/scans"), "add");
    EXPECT_EQ(found(router, Method::Get, "/api/scans/7"), "one id=7");
    EXPECT_EQ(found(router, Method::Get, "/api/scans/newest"), "newest");
    EXPECT_EQ(found(router, Method::Get, "/api/scans/7/photos/2"), "photo id=7 index=2");
}

TEST(Router, says_what_a_path_knows) {
    const Router router = filled();
    EXPECT_EQ(found(router, Method::Delete, "/api/scans"), "allow GET, HEAD, POST");
    EXPECT_EQ(found(router, Method::Get, "/api/only"), "allow POST");
    EXPECT_EQ(found(router, Method::Get, "/api/nothing"), "none");
}

TEST(Router, gives_everything_outside_the_api_to_the_page) {
    Router router = filled();
    EXPECT_EQ(found(router, Method::Get, "/dig"), "none");
    router.set_page(says("page"));
    EXPECT_EQ(found(router, Method::Get, "/"), "page");
    EXPECT_EQ(found(router, Method::Get, "/dig/7"), "page");
    EXPECT_EQ(found(router, Method::Get, "/api/dig"), "none");
    EXPECT_EQ(found(router, Method::Post, "/dig"), "allow GET, HEAD");
}

TEST(Router, takes_no_route_twice) {
    Router router = filled();
    EXPECT_THROW(router.add(Method::Get, "/api/scans/{number}", {}, says("")), std::logic_error);
    EXPECT_THROW(router.add(Method::Get, "api", {}, says("")), std::logic_error);
}

TEST(Rules, name_types_of_bodies) {
    const Rules pictures{Who::Paired, Body::File, 1, {"image/*", "application/octet-stream"}};
    EXPECT_TRUE(allows_type(pictures, "image/heic"));
    EXPECT_TRUE(allows_type(pictures, ""));
    EXPECT_TRUE(allows_type(pictures, "application/octet-stream"));
    EXPECT_FALSE(allows_type(pictures, "imagery/x"));
    EXPECT_FALSE(allows_type(pictures, "text/html"));
}

} // namespace
} // namespace spindle::server
