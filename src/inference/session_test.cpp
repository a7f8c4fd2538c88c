// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <fstream>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inference/session.h"
#include "testing/onnx_text.h"
#include "testing/temp_folder.h"

namespace spindle::inference {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using testing::onnx::bytes;
using testing::onnx::number;
std::string float_bytes(const std::vector<float>& values) {
    std::string raw(values.size() * sizeof(float), '\0');
    std::memcpy(raw.data(), values.data(), raw.size());
    return raw;
}

constexpr int kFloatType = 1;
constexpr int kIntegerType = 7;

/// A named input or output of shape {n, 3}.
std::string value_info(const std::string& name, int type = kFloatType) {
    const std::string shape = bytes(1, bytes(2, "n")) + bytes(1, number(1, 3));
    return bytes(1, name) +
           bytes(2, bytes(1, number(1, static_cast<unsigned>(type)) + bytes(2, shape)));
}

/// y = x + w, rows of three.
std::string adding_model(const std::vector<float>& w) {
    const std::string node = bytes(1, "x") + bytes(1, "w") + bytes(2, "y") + bytes(4, "Add");
    const std::string weights =
        number(1, w.size()) + number(2, kFloatType) + bytes(8, "w") + bytes(9, float_bytes(w));
    const std::string graph = bytes(1, node) + bytes(2, "adding") + bytes(5, weights) +
                              bytes(11, value_info("x")) + bytes(12, value_info("y"));
    return number(1, 8) + bytes(7, graph) + bytes(8, number(2, 13));
}

/// y = x cast to 64-bit integers.
std::string casting_model() {
    const std::string attribute = bytes(1, "to") + number(3, kIntegerType) + number(20, 2);
    const std::string node = bytes(1, "x") + bytes(2, "y") + bytes(4, "Cast") + bytes(5, attribute);
    const std::string graph = bytes(1, node) + bytes(2, "casting") + bytes(11, value_info("x")) +
                              bytes(12, value_info("y", kIntegerType));
    return number(1, 8) + bytes(7, graph) + bytes(8, number(2, 13));
}

class SessionTest : public ::testing::Test {
protected:
    std::filesystem::path file_with(const std::string& content) const {
        auto path = folder_ / "model.onnx";
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }

private:
    spindle::testing::TempFolder folder_;
};

TEST_F(SessionTest, RunsAModelOnAnyNumberOfRows) {
    const auto session = Session::open(file_with(adding_model({10, 20, 30})));
    ASSERT_TRUE(session) << session.error().message;
    const auto sum = session->run(Tensor{{2, 3}, {1, 2, 3, 4, 5, 6}});
    ASSERT_TRUE(sum) << sum.error().message;
    EXPECT_THAT(sum->shape, ElementsAre(2, 3));
    EXPECT_THAT(sum->values, ElementsAre(11, 22, 33, 14, 25, 36));
    const auto none = session->run(Tensor{{0, 3}, {}});
    ASSERT_TRUE(none) << none.error().message;
    EXPECT_THAT(none->shape, ElementsAre(0, 3));
}

TEST_F(SessionTest, RunsInSeveralThreadsAtOnce) {
    const auto session = Session::open(file_with(adding_model({1, 1, 1})), {.threads = 2});
    ASSERT_TRUE(session) << session.error().message;
    std::vector<int> right(4, 0);
    {
        std::vector<std::jthread> threads;
        for (std::size_t t = 0; t < right.size(); ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 50; ++i) {
                    const auto x = static_cast<float>(i);
                    const auto y = session->run(Tensor{{1, 3}, {x, x, x}});
                    right[t] += y && y->values == std::vector<float>(3, x + 1) ? 1 : 0;
                }
            });
        }
    }
    EXPECT_THAT(right, ElementsAre(50, 50, 50, 50));
}

TEST_F(SessionTest, RefusesWhatDoesNotFitTheModel) {
    const auto session = Session::open(file_with(adding_model({10, 20, 30})));
    ASSERT_TRUE(session) << session.error().message;
    for (const Tensor& wrong : {Tensor{{2, 3}, {1, 2, 3}}, Tensor{{1, 4}, {1, 2, 3, 4}},
                                Tensor{{-1, 3}, {1, 2, 3}}, Tensor{{3}, {1, 2, 3}}}) {
        const auto result = session->run(wrong);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, Code::BadInput);
        EXPECT_THAT(result.error().message, HasSubstr("model.onnx"));
    }
    const auto result = session->run(std::span<const Tensor>());
    ASSERT_FALSE(result);
    EXPECT_THAT(result.error().message, HasSubstr("takes 1 inputs, not 0"));
}

TEST_F(SessionTest, RefusesOutputsThatAreNotFloats) {
    const auto session = Session::open(file_with(casting_model()));
    ASSERT_TRUE(session) << session.error().message;
    const auto result = session->run(Tensor{{1, 3}, {1, 2, 3}});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::Unsupported);
}

TEST_F(SessionTest, SaysWhichModelIsMissingAndWhatToDo) {
    const auto session = Session::open("/nowhere/finder.onnx");
    ASSERT_FALSE(session);
    EXPECT_EQ(session.error().code, Code::NotFound);
    EXPECT_THAT(session.error().message, HasSubstr("/nowhere/finder.onnx: missing model; run "));
}

// A model cut short or changed in one place either still loads or is an error that names it.
TEST_F(SessionTest, SurvivesDamagedModels) {
    const std::string whole = adding_model({10, 20, 30});
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto session = Session::open(file_with(whole.substr(0, size)));
        ASSERT_FALSE(session) << size;
        EXPECT_EQ(session.error().code, Code::BadInput);
        EXPECT_THAT(session.error().message, HasSubstr("model.onnx"));
    }
    for (std::size_t i = 0; i < whole.size(); ++i) {
        std::string damaged = whole;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x15);
        const auto session = Session::open(file_with(damaged));
        if (session) {
            (void)session->run(Tensor{{1, 3}, {1, 2, 3}});
        } else {
            EXPECT_THAT(session.error().message, HasSubstr("model.onnx"));
        }
    }
}

} // namespace
} // namespace spindle::inference
