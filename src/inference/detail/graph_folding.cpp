// SPDX-License-Identifier: Apache-2.0
#include "inference/detail/graph_folding.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "inference/detail/onnx_graph.h"

namespace spindle::inference::onnx {
namespace {

/// A node and the number that it adds, or multiplies or divides by.
struct ByNumber {
    std::size_t node = 0;
    double value = 0;
};

class Folding {
public:
    explicit Folding(Graph& graph) : graph_(graph) {}

    bool run() {
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
            if (graph_.nodes[i].kind == "Conv") {
                fold(i);
            }
        }
        for (std::size_t i = inserted_.size(); i-- > 0;) { // the last first: places stay right
            graph_.nodes.insert(graph_.nodes.begin() +
                                    static_cast<std::ptrdiff_t>(inserted_[i].first) + 1,
                                inserted_[i].second.begin(), inserted_[i].second.end());
        }
        std::erase_if(graph_.nodes, [](const Node& node) { return node.kind.empty(); });
        return changed_;
    }

private:
    /// The nodes of a hard swish, and what comes out.
    struct HardSwish {
        std::vector<std::size_t> nodes;
        std::string out;
    };

    const Node& at(std::size_t i) const { return graph_.nodes[i]; }
    const std::string& out_of(std::size_t i) const { return graph_.nodes[i].outputs.front(); }
    void remove(std::size_t i) { graph_.nodes[i] = {}; } // no node is of no kind

    std::optional<double> number(const std::string& value) const {
        const auto weights = graph_.constant(value);
        return weights && weights->values.size() == 1 ? std::optional<double>(weights->values[0])
                                                      : std::nullopt;
    }
    std::optional<double> number_in(std::size_t i) const {
        for (const std::string& input : at(i).inputs) {
            if (const auto value = number(input)) {
                return value;
            }
        }
        return std::nullopt;
    }

    /// The node of that kind which alone uses the value.
    std::optional<std::size_t> only_user(const std::string& value, std::string_view kind) const {
        const auto users = graph_.users(value);
        return users.size() == 1 && at(users[0]).kind == kind && !graph_.is_output(value)
                   ? std::optional(users[0])
                   : std::nullopt;
    }
    std::optional<ByNumber> by_number(const std::string& value, std::string_view kind) const {
        const auto node = only_user(value, kind);
        const auto number = node ? number_in(*node) : std::nullopt;
        return number ? std::optional(ByNumber{*node, *number}) : std::nullopt;
    }

    /// Does the node keep values between 0 and 6? Bounds are attributes or inputs.
    bool clips_to_six(std::size_t i) const {
        const Node& node = at(i);
        if (node.inputs.size() == 3) {
            return number(node.inputs[1]) == 0.0 && number(node.inputs[2]) == 6.0;
        }
        return node.number("min") == 0.0F && node.number("max") == 6.0F;
    }

    /// x * clip(x + 3, 0, 6) / 6
    std::optional<HardSwish> hard_swish(const std::string& value) const {
        const auto users = graph_.users(value);
        if (users.size() != 2 || graph_.is_output(value)) {
            return std::nullopt;
        }
        const bool first_adds = at(users[0]).kind == "Add";
        const std::size_t plus = first_adds ? users[0] : users[1];
        const std::size_t product = first_adds ? users[1] : users[0];
        if (at(plus).kind != "Add" || number_in(plus) != 3.0 || at(product).kind != "Mul") {
            return std::nullopt;
        }
        const auto clip = only_user(out_of(plus), "Clip");
        if (!clip || !clips_to_six(*clip) || only_user(out_of(*clip), "Mul") != product) {
            return std::nullopt;
        }
        const auto over = by_number(out_of(product), "Div");
        if (!over || over->value != 6 || at(over->node).inputs[0] != out_of(product)) {
            return std::nullopt;
        }
        return HardSwish{{plus, *clip, product, over->node}, out_of(over->node)};
    }

    /// Takes the scale, the shift and the activation behind a convolution into it.
    void fold(std::size_t conv) {
        const auto scale = by_number(out_of(conv), "Mul");
        const auto shift = scale ? by_number(out_of(scale->node), "Add") : std::nullopt;
        auto weights = shift ? graph_.constant(at(conv).inputs.at(1)) : std::nullopt;
        if (!weights || weights->shape.size() != 4 || weights->shape[0] <= 0) {
            return;
        }
        Weights bias{{weights->shape[0]},
                     std::vector<float>(static_cast<std::size_t>(weights->shape[0]))};
        if (at(conv).inputs.size() > 2) {
            const auto given = graph_.constant(at(conv).inputs[2]);
            if (!given || given->values.size() != bias.values.size()) {
                return;
            }
            bias = *given;
        }
        const std::string value = out_of(shift->node);
        remove(scale->node);
        remove(shift->node);
        graph_.nodes[conv].outputs.front() = value;
        double factor = 1;
        if (const auto activation = hard_swish(value)) {
            std::string out = activation->out;
            std::ranges::for_each(activation->nodes, [&](std::size_t node) { remove(node); });
            if (const auto after = by_number(out, "Mul"); after && after->value != 0) {
                factor = after->value;
                out = out_of(after->node);
                remove(after->node);
            }
            insert_gate(conv, value, out, factor);
            fold_shift(out);
        }
        for (float& weight : weights->values) {
            weight = static_cast<float>(static_cast<double>(weight) * scale->value * factor);
        }
        for (float& one : bias.values) {
            one = static_cast<float>((static_cast<double>(one) * scale->value + shift->value) *
                                     factor);
        }
        replace_weights(conv, *weights, bias);
        changed_ = true;
    }

    /// Behind the convolution, once all is folded: out = value * HardSigmoid(value).
    void insert_gate(std::size_t conv, const std::string& value, const std::string& out,
                     double factor) {
        Node gate{"HardSigmoid", {value}, {value + "/gate"}, {}};
        gate.set_number("alpha", static_cast<float>(1 / (6 * factor)));
        gate.set_number("beta", 0.5F);
        Node product{"Mul", {value, value + "/gate"}, {out}, {}};
        inserted_.push_back({conv, {std::move(gate), std::move(product)}});
    }

    void replace_weights(std::size_t conv, const Weights& weights, const Weights& bias) {
        Node& node = graph_.nodes[conv];
        const std::string name = node.outputs.front();
        node.inputs.resize(1);
        node.inputs.push_back(name + "/weights");
        node.inputs.push_back(name + "/bias");
        graph_.add_constant(node.inputs[1], weights);
        graph_.add_constant(node.inputs[2], bias);
    }

    bool has_no_border(std::size_t conv) const {
        const auto pads = at(conv).integers("pads");
        return at(conv).kind == "Conv" && !at(conv).integers("auto_pad") &&
               (!pads || std::ranges::all_of(*pads, [](std::int64_t pad) { return pad == 0; }));
    }

    /// A shift before convolutions without borders is part of their bias.
    void fold_shift(const std::string& value) {
        const auto shift = by_number(value, "Add");
        if (!shift || graph_.is_output(out_of(shift->node))) {
            return;
        }
        const std::string shifted = out_of(shift->node);
        const auto users = graph_.users(shifted);
        std::vector<Weights> weights;
        std::vector<Weights> biases;
        for (const std::size_t conv : users) {
            const auto given = has_no_border(conv) && at(conv).inputs.front() == shifted
                                   ? graph_.constant(at(conv).inputs.at(1))
                                   : std::nullopt;
            if (!given || given->shape.empty() || given->shape[0] <= 0) {
                return;
            }
            const auto channels = static_cast<std::size_t>(given->shape[0]);
            Weights bias{{given->shape[0]}, std::vector<float>(channels)};
            if (at(conv).inputs.size() > 2) {
                const auto had = graph_.constant(at(conv).inputs[2]);
                if (!had || had->values.size() != channels) {
                    return;
                }
                bias = *had;
            }
            const std::size_t each = given->values.size() / channels;
            for (std::size_t channel = 0; channel < channels; ++channel) {
                const auto part = std::span(given->values).subspan(channel * each, each);
                const double sum = std::accumulate(part.begin(), part.end(), 0.0);
                bias.values[channel] += static_cast<float>(sum * shift->value);
            }
            weights.push_back(*given);
            biases.push_back(std::move(bias));
        }
        remove(shift->node);
        for (std::size_t i = 0; i < users.size(); ++i) {
            graph_.nodes[users[i]].inputs.front() = value;
            replace_weights(users[i], weights[i], biases[i]);
        }
    }

    Graph& graph_;
    std::vector<std::pair<std::size_t, std::vector<Node>>> inserted_;
    bool changed_ = false;
};

} // namespace

std::string folded(const std::string& model) {
    auto graph = Graph::parse(model);
    if (!graph || std::ranges::any_of(graph->nodes, [](const Node& node) {
            return node.kind.empty() || node.outputs.empty() ||
                   (node.kind == "Conv" && node.inputs.size() < 2);
        })) {
        return model;
    }
    return Folding(*graph).run() ? graph->bytes() : model;
}

} // namespace spindle::inference::onnx
