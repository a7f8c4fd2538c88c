// SPDX-License-Identifier: Apache-2.0
#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/doctor/service_check.h"
#include "testing/lastfm_server.h"
#include "testing/listenbrainz_server.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class ServiceCheck : public ::testing::Test {
protected:
    void log_in(const std::string& profile, store::ScrobbleAccount::Family family,
                const std::string& url, const std::string& token) {
        store::ScrobbleAccount account;
        account.profile = profile;
        account.family = family;
        account.url = url;
        account.token = token;
        account.username = testing::LastfmServer::kUser;
        if (family == store::ScrobbleAccount::Family::Lastfm) {
            account.api_key = testing::LastfmServer::kKey;
            account.api_secret = testing::LastfmServer::kSecret;
        }
        ASSERT_TRUE(store::ScrobbleAccounts(folder_.path()).save(account));
    }
    std::string check(Seconds patience = Seconds{10}) {
        Examination examination;
        examination.patience = patience;
        examination.config_folder = folder_.path();
        std::string said;
        for (const Diagnosis& one : check_services(examination)) {
            EXPECT_EQ(one.subject, "service");
            said += fmt::format("{}: {}\n", name_of(one.health), one.message);
        }
        return said;
    }
    static constexpr auto kLastfm = store::ScrobbleAccount::Family::Lastfm;
    static constexpr auto kListenBrainz = store::ScrobbleAccount::Family::ListenBrainz;
    testing::TempFolder folder_;
};

TEST_F(ServiceCheck, AsksNobodyWhereTheOwnerIsLoggedInToNobody) {
    EXPECT_THAT(check(), HasSubstr("good: you are logged in to none"));
}

TEST_F(ServiceCheck, SaysWhetherEachServiceIsThereAndTakesTheKey) {
    testing::LastfmServer lastfm;
    testing::ListenBrainzServer listenbrainz;
    log_in("lastfm", kLastfm, lastfm.api(), testing::LastfmServer::kSession);
    log_in("listenbrainz", kListenBrainz, listenbrainz.api(), testing::ListenBrainzServer::kToken);
    EXPECT_THAT(check(), AllOf(HasSubstr("good: Last.fm: takes the login of tester"),
                               HasSubstr("good: ListenBrainz: takes the login")));
    EXPECT_TRUE(lastfm.stored().empty());
    EXPECT_FALSE(lastfm.playing());

    lastfm.end_sessions();
    listenbrainz.revoke_token();
    const std::string refused = check();
    EXPECT_THAT(refused,
                AllOf(HasSubstr("bad: Last.fm"), HasSubstr("spindle login lastfm"),
                      HasSubstr("bad: ListenBrainz"), HasSubstr("spindle login listenbrainz")));
    EXPECT_THAT(refused, Not(HasSubstr(testing::LastfmServer::kSession)));
    EXPECT_THAT(refused, Not(HasSubstr(testing::ListenBrainzServer::kToken)));
}

TEST_F(ServiceCheck, OfALikenessKnowsOnlyThatItAnswers) {
    testing::LastfmServer likeness;
    log_in("gnufm", kLastfm, likeness.api(), testing::LastfmServer::kSession);
    EXPECT_THAT(check(), HasSubstr("shows with the next play"));
}

TEST_F(ServiceCheck, DoesNotWaitForAServiceThatIsAwayOrSilent) {
    std::string gone;
    {
        testing::ListenBrainzServer server;
        gone = server.api();
    }
    testing::LastfmServer silent;
    auto silence = testing::Trouble::answer(200, "{}");
    silence.fault = testing::Fault::stall(0);
    silent.fail_always("user.getInfo", silence);
    log_in("listenbrainz", kListenBrainz, gone, testing::ListenBrainzServer::kToken);
    log_in("lastfm", kLastfm, silent.api(), testing::LastfmServer::kSession);
    const auto begun = std::chrono::steady_clock::now();
    const std::string said = check(Seconds{1});
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{5});
    EXPECT_THAT(said, AllOf(HasSubstr("bad: ListenBrainz"), HasSubstr("bad: Last.fm"),
                            HasSubstr("plays are kept")));
}

} // namespace
} // namespace spindle::app
