// SPDX-License-Identifier: Apache-2.0
#include "inference/detail/onnx_graph.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <utility>

#include "base/varint.h"

namespace spindle::inference::onnx {
namespace {

static_assert(std::endian::native == std::endian::little, "files hold little-endian floats");

// Numbers of fields in onnx.proto.
constexpr unsigned kModelGraph = 7;
constexpr unsigned kGraphNode = 1;
constexpr unsigned kGraphInitializer = 5;
constexpr unsigned kGraphOutput = 12;
constexpr unsigned kNodeInput = 1;
constexpr unsigned kNodeOutput = 2;
constexpr unsigned kNodeKind = 4;
constexpr unsigned kNodeAttribute = 5;
constexpr unsigned kAttributeName = 1;
constexpr unsigned kAttributeNumber = 2;
constexpr unsigned kAttributeTensor = 5;
constexpr unsigned kAttributeIntegers = 8;
constexpr unsigned kAttributeType = 20;
constexpr unsigned kTypeNumber = 1;
constexpr unsigned kTensorShape = 1;
constexpr unsigned kTensorType = 2;
constexpr unsigned kTensorFloats = 4;
constexpr unsigned kTensorName = 8;
constexpr unsigned kTensorRaw = 9;
constexpr unsigned kFloat = 1;
constexpr unsigned kValueName = 1;

enum class Wire : std::uint8_t { Varint = 0, Eight = 1, Bytes = 2, Four = 5 };

struct Field {
    unsigned number = 0;
    Wire wire = Wire::Varint;
    std::uint64_t varint = 0;
    std::string_view payload; ///< of Bytes, Four and Eight
    std::string_view whole;   ///< with its number
};

/// The fields of a message; nothing when it is cut or of another kind.
std::optional<std::vector<Field>> fields_of(std::string_view bytes) {
    std::vector<Field> fields;
    while (!bytes.empty()) {
        const std::string_view begin = bytes;
        const auto tag = take_varint(bytes);
        if (!tag || *tag >> 3U > std::numeric_limits<unsigned>::max()) {
            return std::nullopt;
        }
        Field field{static_cast<unsigned>(*tag >> 3U), static_cast<Wire>(*tag & 7U), 0, {}, {}};
        std::uint64_t length = 0;
        switch (field.wire) {
        case Wire::Varint: {
            const auto value = take_varint(bytes);
            if (!value) {
                return std::nullopt;
            }
            field.varint = *value;
            break;
        }
        case Wire::Bytes: {
            const auto value = take_varint(bytes);
            if (!value) {
                return std::nullopt;
            }
            length = *value;
            break;
        }
        case Wire::Four:
            length = 4;
            break;
        case Wire::Eight:
            length = 8;
            break;
        default:
            return std::nullopt;
        }
        if (length > bytes.size()) {
            return std::nullopt;
        }
        field.payload = bytes.substr(0, static_cast<std::size_t>(length));
        bytes.remove_prefix(static_cast<std::size_t>(length));
        field.whole = begin.substr(0, begin.size() - bytes.size());
        fields.push_back(field);
    }
    return fields;
}

void put_number(std::string& out, unsigned field, std::uint64_t value) {
    put_varint(out, field << 3U);
    put_varint(out, value);
}

void put_bytes(std::string& out, unsigned field, std::string_view value) {
    put_varint(out, (field << 3U) | 2U);
    put_varint(out, value.size());
    out += value;
}

std::vector<float> floats_of(std::string_view bytes) {
    std::vector<float> values(bytes.size() / sizeof(float));
    std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
    return values;
}

/// Integers, packed into one field or each in its own.
void take_integers(const Field& field, std::vector<std::int64_t>& into) {
    if (field.wire == Wire::Varint) {
        into.push_back(static_cast<std::int64_t>(field.varint));
        return;
    }
    std::string_view packed = field.payload;
    while (!packed.empty()) {
        const auto value = take_varint(packed);
        if (!value) {
            return;
        }
        into.push_back(static_cast<std::int64_t>(*value));
    }
}

std::optional<Weights> weights_of(std::string_view tensor) {
    const auto fields = fields_of(tensor);
    if (!fields) {
        return std::nullopt;
    }
    Weights weights;
    bool is_float = false;
    for (const Field& field : *fields) {
        if (field.number == kTensorShape) {
            take_integers(field, weights.shape);
        } else if (field.number == kTensorType) {
            is_float = field.varint == kFloat;
        } else if (field.number == kTensorRaw ||
                   (field.number == kTensorFloats && field.wire == Wire::Bytes)) {
            weights.values = floats_of(field.payload);
        } else if (field.number == kTensorFloats && field.wire == Wire::Four) {
            weights.values.push_back(floats_of(field.payload).front());
        }
    }
    std::uint64_t count = 1;
    for (const std::int64_t side : weights.shape) {
        if (side < 0 ||
            (side > 0 && count > weights.values.size() / static_cast<std::uint64_t>(side))) {
            return std::nullopt;
        }
        count *= static_cast<std::uint64_t>(side);
    }
    if (!is_float || count != weights.values.size()) {
        return std::nullopt;
    }
    return weights;
}

/// The fields of a node's attribute of that name; empty where it has none.
std::vector<Field> attribute_of(const std::string& rest, std::string_view name) {
    const auto fields = fields_of(rest);
    for (const Field& field : fields.value_or(std::vector<Field>())) {
        if (field.number != kNodeAttribute) {
            continue;
        }
        auto inner = fields_of(field.payload);
        if (inner && std::ranges::any_of(*inner, [&](const Field& one) {
                return one.number == kAttributeName && one.payload == name;
            })) {
            return std::move(*inner);
        }
    }
    return {};
}

std::optional<Node> node_of(std::string_view bytes) {
    const auto fields = fields_of(bytes);
    if (!fields) {
        return std::nullopt;
    }
    Node node;
    for (const Field& field : *fields) {
        if (field.number == kNodeInput) {
            node.inputs.emplace_back(field.payload);
        } else if (field.number == kNodeOutput) {
            node.outputs.emplace_back(field.payload);
        } else if (field.number == kNodeKind) {
            node.kind = field.payload;
        } else {
            node.rest += field.whole;
        }
    }
    return node;
}

std::string name_in(std::string_view message, unsigned number) {
    const auto fields = fields_of(message);
    for (const Field& field : fields.value_or(std::vector<Field>())) {
        if (field.number == number) {
            return std::string(field.payload);
        }
    }
    return {};
}

} // namespace

std::optional<float> Node::number(std::string_view name) const {
    for (const Field& field : attribute_of(rest, name)) {
        if (field.number == kAttributeNumber && field.wire == Wire::Four) {
            return floats_of(field.payload).front();
        }
    }
    return std::nullopt;
}

std::optional<std::vector<std::int64_t>> Node::integers(std::string_view name) const {
    const auto fields = attribute_of(rest, name);
    if (fields.empty()) {
        return std::nullopt;
    }
    std::vector<std::int64_t> values;
    for (const Field& field : fields) {
        if (field.number == kAttributeIntegers) {
            take_integers(field, values);
        }
    }
    return values;
}

std::optional<std::string> Node::tensor(std::string_view name) const {
    for (const Field& field : attribute_of(rest, name)) {
        if (field.number == kAttributeTensor) {
            return std::string(field.payload);
        }
    }
    return std::nullopt;
}

void Node::set_number(std::string_view name, float value) {
    std::string attribute;
    put_bytes(attribute, kAttributeName, name);
    put_varint(attribute, (kAttributeNumber << 3U) | static_cast<unsigned>(Wire::Four));
    const auto raw = std::bit_cast<std::array<char, sizeof(float)>>(value);
    attribute.append(raw.data(), raw.size());
    put_number(attribute, kAttributeType, kTypeNumber);
    put_bytes(rest, kNodeAttribute, attribute);
}

std::optional<Graph> Graph::parse(std::string_view model) {
    const auto fields = fields_of(model);
    if (!fields) {
        return std::nullopt;
    }
    Graph graph;
    std::optional<std::vector<Field>> inner;
    for (const Field& field : *fields) {
        if (field.number == kModelGraph && !inner) {
            inner = fields_of(field.payload);
        } else {
            graph.before_ += field.whole;
        }
    }
    if (!inner) {
        return std::nullopt;
    }
    for (const Field& field : *inner) {
        if (field.number == kGraphNode) {
            auto node = node_of(field.payload);
            if (!node) {
                return std::nullopt;
            }
            if (node->kind == "Constant" && node->outputs.size() == 1) {
                if (auto tensor = node->tensor("value")) {
                    graph.tensors_[node->outputs.front()] = std::move(*tensor);
                }
            }
            graph.nodes.push_back(std::move(*node));
            continue;
        }
        if (field.number == kGraphInitializer) {
            graph.tensors_[name_in(field.payload, kTensorName)] = field.payload;
        } else if (field.number == kGraphOutput) {
            graph.outputs_.push_back(name_in(field.payload, kValueName));
        }
        graph.rest_ += field.whole;
    }
    return graph;
}

std::string Graph::bytes() const {
    std::string graph;
    for (const Node& node : nodes) {
        std::string one;
        for (const std::string& input : node.inputs) {
            put_bytes(one, kNodeInput, input);
        }
        for (const std::string& output : node.outputs) {
            put_bytes(one, kNodeOutput, output);
        }
        put_bytes(one, kNodeKind, node.kind);
        one += node.rest;
        put_bytes(graph, kGraphNode, one);
    }
    graph += rest_;
    graph += added_;
    std::string model = before_;
    put_bytes(model, kModelGraph, graph);
    return model;
}

std::vector<std::size_t> Graph::users(std::string_view value) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (std::ranges::find(nodes[i].inputs, value) != nodes[i].inputs.end()) {
            found.push_back(i);
        }
    }
    return found;
}

bool Graph::is_output(std::string_view value) const {
    return std::ranges::find(outputs_, value) != outputs_.end();
}

std::optional<Weights> Graph::constant(const std::string& value) const {
    const auto found = tensors_.find(value);
    return found == tensors_.end() ? std::nullopt : weights_of(found->second);
}

void Graph::add_constant(const std::string& value, const Weights& weights) {
    std::string tensor;
    for (const std::int64_t side : weights.shape) {
        put_number(tensor, kTensorShape, static_cast<std::uint64_t>(side));
    }
    put_number(tensor, kTensorType, kFloat);
    put_bytes(tensor, kTensorName, value);
    std::string raw(weights.values.size() * sizeof(float), '\0');
    std::memcpy(raw.data(), weights.values.data(), raw.size());
    put_bytes(tensor, kTensorRaw, raw);
    put_bytes(added_, kGraphInitializer, tensor);
    tensors_[value] = std::move(tensor);
}

} // namespace spindle::inference::onnx
