// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/grade/class_names.h"
#include "testing/temp_folder.h"

namespace spindle::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ClassNames : public ::testing::Test {
protected:
    std::filesystem::path file(const std::string& name, const std::string& content) {
        std::ofstream(folder_ / name) << content;
        return folder_ / name;
    }
    std::string error_of(const std::string& name, const std::string& content) {
        const auto names = read_class_names(file(name, content));
        EXPECT_FALSE(names);
        return names ? "" : names.error().message;
    }
    testing::TempFolder folder_;
};

TEST_F(ClassNames, AreOneALineOrThoseOfAConfig) {
    EXPECT_THAT(read_class_names(file("a.txt", "VG+\r\n\n VG \nG+")).value(),
                ElementsAre("VG+", "VG", "G+"));
    EXPECT_THAT(
        read_class_names(file("config.json", R"({"id2label": {"1": "VG", "0": "NM"}})")).value(),
        ElementsAre("NM", "VG"));
}

TEST_F(ClassNames, SayWhatIsWrongWithThem) {
    EXPECT_THAT(error_of("a.txt", "\n\n"), HasSubstr("one a line"));
    EXPECT_THAT(error_of("a.json", "{}"), HasSubstr("id2label"));
    EXPECT_THAT(error_of("a.json", "[1"), HasSubstr("id2label"));
    for (const char* table : {R"({"0": "VG", "2": "G"})", R"({"0": 1})", "{}", R"({"-1": "VG"})",
                              R"({"99999999999999999999": "VG"})", "[]"}) {
        EXPECT_THAT(error_of("a.json", std::string(R"({"id2label": )") + table + "}"),
                    HasSubstr("0, 1, 2"))
            << table;
    }
    std::string many;
    for (int i = 0; i < 100; ++i) {
        many += "VG\n";
    }
    EXPECT_THAT(error_of("a.txt", many), HasSubstr("1 to 64"));
}

TEST_F(ClassNames, AreLookedForBesideTheModel) {
    const auto model = folder_ / "ear.onnx";
    EXPECT_EQ(class_names_beside(model).error().code, Code::NotFound);
    file("config.json", "{}");
    EXPECT_EQ(class_names_beside(model).value(), folder_ / "config.json");
    file("ear.txt", "VG");
    EXPECT_EQ(class_names_beside(model).value(), folder_ / "ear.txt");
}

} // namespace
} // namespace spindle::app
