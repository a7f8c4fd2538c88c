// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "io/file_source.h"
#include "testing/memory_source.h"
#include "testing/temp_folder.h"

namespace spindle::io {
namespace {

TEST(FileSource, GivesAFileAndItsSize) {
    const testing::TempFolder folder;
    std::ofstream(folder / "a") << "side A, side B";
    auto source = open_file_source(folder / "a").value();
    EXPECT_EQ(source->total(), 14U);
    EXPECT_EQ(source->name(), (folder / "a").string());
    EXPECT_EQ(testing::read_out(*source, 5).content, "side A, side B");
    EXPECT_EQ(source->consumed(), 14U);
    EXPECT_EQ(testing::read_out(*source).content, "");
}

TEST(FileSource, ReadsAFifoWhoseSizeNobodyKnows) {
    const testing::TempFolder folder;
    const auto path = folder / "pipe";
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    std::thread writer([&] { std::ofstream(path) << "played once"; });
    auto source = open_file_source(path).value();
    EXPECT_FALSE(source->total());
    EXPECT_EQ(testing::read_out(*source).content, "played once");
    writer.join();
}

TEST(FileSource, NamesWhatIsMissingOrNoFile) {
    const testing::TempFolder folder;
    const auto missing = open_file_source(folder / "none.xml");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, Code::NotFound);
    EXPECT_THAT(missing.error().message, ::testing::HasSubstr("none.xml"));
    EXPECT_EQ(open_file_source(folder.path()).error().code, Code::BadInput);
}

} // namespace
} // namespace spindle::io
