// SPDX-License-Identifier: Apache-2.0
#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/collection/copy_records.h"
#include "store/sqlite/sqlite_library_store.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

using ::testing::ElementsAre;

TEST(CopyRecords, AreThoseThatAreCalledAlike) {
    const testing::TempFolder folder;
    const auto library = store::open_sqlite_library(folder.path(), store::Access::Write).value();
    ASSERT_TRUE(library->add_track({}, "/music/1.flac", {}, {}, 1));
    store::LibraryStore::Formation formation;
    formation.record.artist = "The Haves";
    formation.record.album = "White Label";
    formation.files = {library->known_files().value().front().id};
    ASSERT_TRUE(library->form_records(std::array{formation}));
    const RecordId record = library->records().value().front().id;
    std::array<store::Copy, 3> copies;
    copies[0].artist = "Haves, The";
    copies[0].title = "white label";
    copies[1].artist = "Somebody";
    copies[1].title = "White Label";
    EXPECT_THAT(records_of_copies(copies, *library).value(),
                ElementsAre(record, RecordId{}, RecordId{}));
    EXPECT_TRUE(records_of_copies({}, *library).value().empty());
    // What is no copy yet: a disc of a scan.
    EXPECT_EQ(record_called("Haves (2)", "WHITE LABEL", *library).value(), record);
    EXPECT_EQ(record_called("Somebody", "White Label", *library).value(), std::nullopt);
    EXPECT_EQ(record_called("The Haves", "", *library).value(), std::nullopt);
}

} // namespace
} // namespace spindle::app
