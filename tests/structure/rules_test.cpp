// SPDX-License-Identifier: Apache-2.0
// Plants a violation of each rule in a small checkout and expects it found, and nothing else.
#include <fstream>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "rules.h"
#include "testing/temp_folder.h"

namespace spindle::structure {
namespace {

constexpr const char* kLicence = "// SPDX-License-Identifier: Apache-2.0\n";
constexpr const char* kHeader = "// SPDX-License-Identifier: Apache-2.0\n#pragma once\n\n";

/// Appended, not added up: g++ 12 sees overlong copies in sums of strings (gcc bug 105651).
std::string with_header(std::string_view rest) {
    std::string text(kHeader);
    text += rest;
    return text;
}

class Rules : public ::testing::Test {
protected:
    Rules() {
        write("src/base/result.h", kHeader);
        write("src/base/CMakeLists.txt", "spindle_room(base)\n");
        write("src/io/file.h", with_header("#include \"base/result.h\"\n"));
        write("src/io/CMakeLists.txt", "spindle_room(io DEPENDS base)\n");
        write("src/audio/decoder.h", with_header("#include <span>\n"));
        write("src/audio/CMakeLists.txt", "spindle_room(audio DEPENDS io PACKAGES pkg::soxr)\n");
        write("src/shelf/spine.h", kHeader);
        write("src/fingerprint/index.h", kHeader);
        write("src/fingerprint/CMakeLists.txt", "spindle_room(fingerprint DEPENDS io)\n");
        write("src/testing/temp_folder.h", kHeader);
    }
    void write(const std::string& path, const std::string& content) {
        std::filesystem::create_directories((folder_ / path).parent_path());
        std::ofstream(folder_ / path) << content;
    }
    /// Writes a .cpp of these lines and reads the checkout.
    SourceTree with(const std::string& path, const std::string& content) {
        write(path, kLicence + content);
        return read();
    }
    SourceTree read() { return SourceTree::read(folder_.path()); }

private:
    testing::TempFolder folder_;
};

TEST_F(Rules, ACleanCheckoutBreaksNone) {
    const SourceTree tree = with("src/audio/decoder.cpp", "#include \"base/result.h\"\n"
                                                          "#include <soxr.h>\n");
    EXPECT_TRUE(wrong_directions(tree).empty());
    EXPECT_TRUE(exposed_third_party(tree).empty());
    EXPECT_TRUE(wrong_openings(tree).empty());
    EXPECT_TRUE(longer_than(tree, kManyLines).empty());
    EXPECT_TRUE(unfinished_marks(tree).empty());
    EXPECT_TRUE(terminal_output(tree).empty());
}

TEST_F(Rules, AnUpwardIncludeIsFound) {
    const auto found = wrong_directions(with("src/io/x.cpp", "#include \"audio/decoder.h\"\n"));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].path, "src/io/x.cpp");
    EXPECT_EQ(found[0].line, 2U);
}

TEST_F(Rules, AnEngineThatKnowsAnEngineIsFound) {
    EXPECT_EQ(
        wrong_directions(with("src/fingerprint/x.cpp", "#include \"shelf/spine.h\"\n")).size(), 1U);
}

TEST_F(Rules, AnUndeclaredDependencyIsFound) {
    const auto found =
        wrong_directions(with("src/fingerprint/x.cpp", "#include \"audio/decoder.h\"\n"));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_NE(found[0].what.find("DEPENDS"), std::string::npos);
}

TEST_F(Rules, AnotherRoomsDetailIsFound) {
    write("src/io/detail/raw.h", kHeader);
    EXPECT_EQ(wrong_directions(with("src/audio/x.cpp", "#include \"io/detail/raw.h\"\n")).size(),
              1U);
    EXPECT_EQ(wrong_directions(with("src/audio/x.cpp", "")).size(), 0U);
}

TEST_F(Rules, TestHelpersOutsideTestsAreFound) {
    const std::string line = "#include \"testing/temp_folder.h\"\n";
    EXPECT_TRUE(wrong_directions(with("src/io/x_test.cpp", line)).empty());
    EXPECT_EQ(wrong_directions(with("src/io/x.cpp", line)).size(), 1U);
}

TEST_F(Rules, AnIncludeThatIsNoFileOfOursIsFound) {
    EXPECT_EQ(wrong_directions(with("src/io/x.cpp", "#include \"file.h\"\n")).size(), 1U);
}

TEST_F(Rules, AnUnknownRoomIsFound) {
    write("src/attic/box.h", kHeader);
    EXPECT_EQ(wrong_directions(with("src/io/x.cpp", "#include \"attic/box.h\"\n")).size(), 1U);
}

TEST_F(Rules, ALibraryInAHeaderIsFound) {
    for (const char* library : {"sqlite3.h", "nlohmann/json.hpp", "libavutil/tx.h"}) {
        write("src/io/x.h", with_header(fmt::format("#include <{}>\n", library)));
        EXPECT_EQ(exposed_third_party(read()).size(), 1U) << library;
    }
    write("src/io/x.h", with_header("#include <fmt/format.h>\n#include <sys/stat.h>\n"));
    write("src/io/detail/x.h", with_header("#include <sqlite3.h>\n"));
    EXPECT_TRUE(exposed_third_party(read()).empty());
}

TEST_F(Rules, AMissingLicenceOrGuardIsFound) {
    write("bench/x.cpp", "int main() {}\n");
    write("src/io/x.h", kLicence);
    EXPECT_EQ(wrong_openings(read()).size(), 2U);
}

TEST_F(Rules, ALongFileIsFound) {
    const auto found = longer_than(with("src/io/x.cpp", std::string(kMostLines, '\n')), kMostLines);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].path, "src/io/x.cpp");
}

TEST_F(Rules, AnUnfinishedMarkIsFound) {
    EXPECT_EQ(unfinished_marks(with("tests/x.cpp", "// TO"
                                                   "DO: later\n"))
                  .size(),
              1U);
}

TEST_F(Rules, TerminalOutputBelowTheCommandLineIsFound) {
    const std::string line = "void f() { std::cerr << 1; }\n";
    EXPECT_EQ(terminal_output(with("src/io/x.cpp", line)).size(), 1U);
    EXPECT_EQ(terminal_output(with("src/io/x.cpp", "void f() { printf(\"\"); }\n")).size(), 1U);
    EXPECT_TRUE(terminal_output(with("src/io/x.cpp", "// std::cerr\n")).empty());
    EXPECT_TRUE(terminal_output(with("src/cli/x.cpp", line)).empty());
}

TEST(WithoutCommentsAndLiterals, KeepsCodeAndLinesOnly) {
    EXPECT_EQ(without_comments_and_literals("a(\"b\\\"c\"); // d\n/* e\nf */ g('\"', 10'000);"),
              "a(\"    \");     \n    \n     g(' ', 10'000);");
    EXPECT_EQ(without_comments_and_literals("R\"x(\"a\n)x\" b"), "      \n    b");
}

} // namespace
} // namespace spindle::structure
