// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <bit>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "inference/detail/graph_folding.h"
#include "inference/detail/onnx_graph.h"
#include "inference/places.h"
#include "inference/session.h"
#include "testing/onnx_text.h"
#include "testing/temp_folder.h"

namespace spindle::inference::onnx {
namespace {

using testing::onnx::bytes;
using testing::onnx::number;

/// {n, 1, h, w}, as pictures are.
std::string value_info(const std::string& name) {
    const std::string shape = bytes(1, bytes(2, "n")) + bytes(1, number(1, 1)) +
                              bytes(1, bytes(2, "h")) + bytes(1, bytes(2, "w"));
    return bytes(1, name) + bytes(2, bytes(1, number(1, 1) + bytes(2, shape)));
}

std::string node(const std::string& kind, const std::vector<std::string>& inputs,
                 const std::string& output) {
    std::string all;
    for (const std::string& input : inputs) {
        all += bytes(1, input);
    }
    return bytes(1, all + bytes(2, output) + bytes(4, kind));
}

std::string tensor(const std::string& name, const std::vector<unsigned>& shape, double value) {
    std::string all;
    for (const unsigned side : shape) {
        all += number(1, side);
    }
    const auto raw = std::bit_cast<std::array<char, sizeof(float)>>(static_cast<float>(value));
    return bytes(5, all + number(2, 1) + bytes(8, name) + bytes(9, {raw.data(), raw.size()}));
}

constexpr double kScale = 1.7, kShift = -0.3, kAfter = 0.8, kLast = 0.45;
constexpr double kWeight = 2.5, kBias = 0.2, kNextWeight = -1.5;

/// What PaddleOCR's networks do behind a convolution, then another one; of one channel and one
/// pixel, so that it can be told what must come out.
std::string scaling_model(double six) {
    const std::string tensors =
        tensor("w", {1, 1, 1, 1}, kWeight) + tensor("b", {1}, kBias) +
        tensor("scale", {1}, kScale) + tensor("shift", {1}, kShift) + tensor("three", {}, 3) +
        tensor("zero", {}, 0) + tensor("six", {}, six) + tensor("after", {1}, kAfter) +
        tensor("last", {1}, kLast) + tensor("w2", {1, 1, 1, 1}, kNextWeight);
    const std::string graph =
        node("Conv", {"x", "w", "b"}, "c") + node("Mul", {"c", "scale"}, "d") +
        node("Add", {"d", "shift"}, "e") + node("Add", {"e", "three"}, "f") +
        node("Clip", {"f", "zero", "six"}, "g") + node("Mul", {"e", "g"}, "h") +
        node("Div", {"h", "six"}, "i") + node("Mul", {"i", "after"}, "j") +
        node("Add", {"j", "last"}, "k") + node("Conv", {"k", "w2"}, "y") + bytes(2, "scaling") +
        tensors + bytes(11, value_info("x")) + bytes(12, value_info("y"));
    return number(1, 8) + bytes(7, graph) + bytes(8, number(2, 13));
}

double expected(double x, double six) {
    const double e = (x * kWeight + kBias) * kScale + kShift;
    return (e * std::clamp(e + 3, 0.0, six) / six * kAfter + kLast) * kNextWeight;
}

std::vector<std::string> kinds_of(const std::string& model) {
    std::vector<std::string> kinds;
    const auto graph = Graph::parse(model);
    for (const Node& one : graph.value().nodes) {
        kinds.push_back(one.kind);
    }
    return kinds;
}

TEST(GraphFolding, LeavesTwoConvolutionsAndAGate) {
    EXPECT_EQ(kinds_of(folded(scaling_model(6))),
              (std::vector<std::string>{"Conv", "HardSigmoid", "Mul", "Conv"}));
}

TEST(GraphFolding, KeepsWhatOnlyLooksLikeHardSwish) {
    EXPECT_EQ(
        kinds_of(folded(scaling_model(5))),
        (std::vector<std::string>{"Conv", "Add", "Clip", "Mul", "Div", "Mul", "Add", "Conv"}));
}

TEST(GraphFolding, ComputesTheSame) {
    const spindle::testing::TempFolder folder;
    for (const double six : {6.0, 5.0}) {
        std::ofstream(folder / "model.onnx", std::ios::binary) << scaling_model(six);
        const auto session = Session::open(folder / "model.onnx");
        if (!session && session.error().code == Code::NotFound) {
            GTEST_SKIP() << session.error().message;
        }
        ASSERT_TRUE(session) << session.error().message;
        const std::vector<float> x{-2, -0.7F, -0.1F, 0, 0.3F, 0.9F, 4};
        const auto y = session->run(Tensor{{1, 1, 1, 7}, x});
        ASSERT_TRUE(y) << y.error().message;
        for (std::size_t i = 0; i < x.size(); ++i) {
            EXPECT_NEAR(static_cast<double>(y->values[i]), expected(static_cast<double>(x[i]), six),
                        1e-4);
        }
    }
}

TEST(GraphFolding, LeavesOtherFilesAsTheyAre) {
    const std::string model = scaling_model(6);
    constexpr std::size_t kBehindTheGraph = 4; // which may be missing as far as folding goes
    for (std::size_t size = 0; size < model.size() - kBehindTheGraph; ++size) {
        const std::string cut = model.substr(0, size);
        EXPECT_EQ(folded(cut), cut) << size;
    }
    EXPECT_EQ(folded("this is no model"), "this is no model");
}

// Whatever is changed in a file, folding neither fails nor hangs; the runtime judges what comes
// out.
TEST(GraphFolding, SurvivesDamagedModels) {
    const std::string model = scaling_model(6);
    for (std::size_t i = 0; i < model.size(); ++i) {
        for (const int change : {0x01, 0x15, 0x80}) {
            std::string damaged = model;
            damaged[i] = static_cast<char>(damaged[i] ^ change);
            (void)folded(damaged);
        }
    }
}

TEST(GraphFolding, FoldsThePublishedNetwork) {
    const auto path = model_file("text-recognizer.onnx");
    if (!path) {
        GTEST_SKIP() << path.error().message;
    }
    std::ifstream file(*path, std::ios::binary);
    const std::string model{std::istreambuf_iterator<char>(file), {}};
    const auto kinds = kinds_of(folded(model));
    EXPECT_EQ(std::ranges::count(kinds, "Clip"), 0);
    EXPECT_GE(std::ranges::count(kinds, "HardSigmoid"), 24);
    EXPECT_GE(std::ranges::count(kinds_of(model), "Clip"), 24);
}

} // namespace
} // namespace spindle::inference::onnx
