// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inference/detail/runtime.h"
#include "inference/places.h"
#include "testing/temp_folder.h"

namespace spindle::inference {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A variable of the environment for as long as this lives.
class Setting {
public:
    Setting(const char* name, const std::string& value) : name_(name) {
        ::setenv(name, value.c_str(), 1);
    }
    ~Setting() { ::unsetenv(name_); }
    Setting(const Setting&) = delete;
    Setting& operator=(const Setting&) = delete;

private:
    const char* name_;
};

TEST(Places, LookForModelsWhereTheOwnerSays) {
    const spindle::testing::TempFolder folder;
    const Setting setting("SPINDLE_MODELS", folder.path().string());
    EXPECT_THAT(model_folders(), ElementsAre(folder.path()));

    const auto missing = model_file("some.onnx");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, Code::NotFound);
    EXPECT_THAT(missing.error().message, HasSubstr("some.onnx: missing model"));
    EXPECT_THAT(missing.error().message, HasSubstr(folder.path().string()));
    EXPECT_THAT(missing.error().message, HasSubstr("scripts/fetch-inference"));

    std::ofstream(folder / "some.onnx") << "x";
    const auto found = model_file("some.onnx");
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(*found, folder / "some.onnx");
}

TEST(Places, SayHowToGetARuntimeThatIsMissing) {
    const Setting setting("SPINDLE_ONNXRUNTIME", "/nowhere/libonnxruntime.so");
    const auto runtime = load_runtime(onnxruntime_files());
    ASSERT_FALSE(runtime);
    EXPECT_EQ(runtime.error().code, Code::NotFound);
    EXPECT_THAT(runtime.error().message, HasSubstr("scripts/fetch-inference"));
}

TEST(Places, SayWhenTheRuntimeIsNoLibrary) {
    const spindle::testing::TempFolder folder;
    std::ofstream(folder / "libonnxruntime.so") << "not a library";
    const Setting setting("SPINDLE_ONNXRUNTIME", (folder / "libonnxruntime.so").string());
    const auto runtime = load_runtime(onnxruntime_files());
    ASSERT_FALSE(runtime);
    EXPECT_EQ(runtime.error().code, Code::Unsupported);
    EXPECT_THAT(runtime.error().message, HasSubstr((folder / "libonnxruntime.so").string()));
}

TEST(Places, SayWhenTheLibraryIsAnotherOne) {
    const Setting setting("SPINDLE_ONNXRUNTIME", "libm.so.6");
    const auto runtime = load_runtime(onnxruntime_files());
    ASSERT_FALSE(runtime);
    EXPECT_EQ(runtime.error().code, Code::Unsupported);
    EXPECT_THAT(runtime.error().message, HasSubstr("this is not ONNX Runtime"));
}

} // namespace
} // namespace spindle::inference
