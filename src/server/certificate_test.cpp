// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "server/certificate.h"
#include "testing/temp_folder.h"

namespace spindle::server {
namespace {

TEST(OwnCertificate, is_made_once_and_kept_from_others) {
    const testing::TempFolder folder;
    const auto first = own_certificate(folder.path(), {"localhost", "127.0.0.1"});
    ASSERT_TRUE(first.has_value()) << first.error().message;
    EXPECT_EQ(first->fingerprint.size(), 32 * 3 - 1);
    struct stat status {};
    ASSERT_EQ(::stat(first->files.key.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    const auto again = own_certificate(folder.path(), {"127.0.0.1"});
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(again->fingerprint, first->fingerprint);
}

TEST(OwnCertificate, is_made_anew_for_another_name_and_when_it_is_damaged) {
    const testing::TempFolder folder;
    const auto first = own_certificate(folder.path(), {"localhost"});
    const auto second = own_certificate(folder.path(), {"localhost", "attic.local", "192.168.1.5"});
    ASSERT_TRUE(first && second);
    EXPECT_NE(second->fingerprint, first->fingerprint);
    std::filesystem::resize_file(second->files.certificate, 100);
    const auto third = own_certificate(folder.path(), {"attic.local"});
    ASSERT_TRUE(third.has_value());
    EXPECT_NE(third->fingerprint, second->fingerprint);
}

} // namespace
} // namespace spindle::server
