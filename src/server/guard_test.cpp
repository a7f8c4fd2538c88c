// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "server/guard.h"

namespace spindle::server {
namespace {

RequestHead at(const std::string& host) {
    RequestHead head;
    head.host = host;
    head.loopback = true;
    head.address = "127.0.0.1";
    return head;
}

Guard guard_of_ann() {
    return Guard({{"attic.local"}, [](std::string_view token) {
                      return token == "ann" ? std::optional<std::string>("device-1") : std::nullopt;
                  }});
}

TEST(Guard, answers_to_its_own_names_only) {
    for (const char* const own :
         {"localhost", "LOCALHOST:8137", "127.0.0.1:8137", "[::1]:8137", "192.168.1.5:8137",
          "[fd00::5]", "attic.local", "Attic.Local:80"}) {
        EXPECT_TRUE(is_own_host(own, {"attic.local"})) << own;
    }
    for (const char* const other :
         {"", "evil.example", "evil.example:8137", "attic.local.evil.example", "localhost.evil.org",
          "127.0.0.1.evil.example", "localhost:x", "localhost:", "[::1", "[::1]x", "[evil]",
          "1.2.3", "two hosts"}) {
        EXPECT_FALSE(is_own_host(other, {"attic.local"})) << other;
    }
    EXPECT_EQ(guard_of_ann().objection(at("evil.example"))->status, 421);
    EXPECT_FALSE(guard_of_ann().objection(at("localhost")).has_value());
}

TEST(Guard, refuses_changes_that_another_site_sends) {
    RequestHead head = at("localhost:8137");
    head.method = Method::Post;
    EXPECT_FALSE(guard_of_ann().objection(head).has_value()); // curl
    head.origin = "http://localhost:8137";
    head.fetch_site = "same-origin";
    EXPECT_FALSE(guard_of_ann().objection(head).has_value());
    for (const auto& [origin, site] :
         {std::pair("https://evil.example", ""), std::pair("null", ""),
          std::pair("http://localhost:9999", "same-site"), std::pair("", "cross-site"),
          std::pair("http://localhost:8137", "cross-site"), std::pair("nonsense", "")}) {
        head.origin = origin;
        head.fetch_site = site;
        EXPECT_EQ(guard_of_ann().objection(head)->status, 403) << origin << " " << site;
    }
    head.method = Method::Get; // changes nothing
    EXPECT_FALSE(guard_of_ann().objection(head).has_value());
}

TEST(Guard, knows_the_owner_by_the_place_and_devices_by_their_tokens) {
    const Guard guard = guard_of_ann();
    RequestHead head = at("localhost");
    EXPECT_TRUE(guard.recognise(head).asker.owner);
    head.forwarded = true; // somebody in between, for whoever
    EXPECT_FALSE(guard.recognise(head).asker.known());
    head = at("192.168.1.5");
    head.loopback = false;
    EXPECT_FALSE(guard.recognise(head).asker.known());
    head.authorization = "Bearer ann";
    EXPECT_EQ(guard.recognise(head).asker.device, "device-1");
    EXPECT_FALSE(guard.recognise(head).asker.owner);
    head.authorization.clear();
    head.cookie = "other=1; spindle=ann";
    EXPECT_EQ(guard.recognise(head).asker.device, "device-1");
    head.cookie = "spindle=bob";
    EXPECT_TRUE(guard.recognise(head).wrong_token);
}

TEST(Guard, locks_no_owner_out_for_an_old_cookie) {
    RequestHead head = at("localhost");
    head.cookie = "spindle=old";
    EXPECT_TRUE(guard_of_ann().recognise(head).asker.owner);
    head.authorization = "Bearer old"; // that was meant
    EXPECT_FALSE(guard_of_ann().recognise(head).asker.known());
}

TEST(Guard, tells_what_may_be_asked) {
    Guard::Known nobody;
    Guard::Known phone;
    phone.asker.device = "device-1";
    Guard::Known owner;
    owner.asker.owner = true;
    EXPECT_FALSE(Guard::objection(nobody, Who::Anybody).has_value());
    EXPECT_EQ(Guard::objection(nobody, Who::Paired)->status, 401);
    EXPECT_FALSE(Guard::objection(phone, Who::Paired).has_value());
    EXPECT_EQ(Guard::objection(phone, Who::Owner)->status, 403);
    EXPECT_FALSE(Guard::objection(owner, Who::Owner).has_value());
}

} // namespace
} // namespace spindle::server
