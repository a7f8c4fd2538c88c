// SPDX-License-Identifier: Apache-2.0
#include <ctime>

#include <gtest/gtest.h>

#include "cli/time_word.h"

namespace spindle::cli {
namespace {

TEST(TimeWord, ReadsTimesAsPeopleWriteThem) {
    EXPECT_EQ(time_of_word("2026-11-21T15:20:00Z").value(), 1'795'274'400);
    EXPECT_EQ(time_of_word("2026-11-21 15:20Z").value(), 1'795'274'400);
    EXPECT_EQ(time_of_word("1795274400").value(), 1'795'274'400);
    std::tm parts{};
    const std::time_t local = time_of_word("2026-11-21 15:20:07").value();
    ::localtime_r(&local, &parts);
    EXPECT_EQ(parts.tm_hour, 15);
    EXPECT_EQ(parts.tm_sec, 7);
    EXPECT_GT(time_of_word("now").value(), 1'700'000'000);
}

TEST(TimeWord, RefusesWhatIsNone) {
    for (const char* word :
         {"", "Z", "yesterday", "2026", "2026-11-21", "2026-13-01 10:00", "2026-02-30 10:00",
          "2026-11-21 25:00", "2026-11-21 10:61", "2026-11-21 10:00:00:00", "2026-11-21x10:00",
          "9999999999999", "2026-11-21 10:00 ", "-2026-11-21 10:00"}) {
        EXPECT_FALSE(time_of_word(word)) << word;
    }
}

} // namespace
} // namespace spindle::cli
