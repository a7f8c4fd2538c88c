// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The parts of an ONNX file that `graph_folding` changes; all else is carried along as it stands.
/// ONNX files are protocol buffers (onnx.proto, version 3; the numbers of the fields are its).
namespace spindle::inference::onnx {

/// A tensor of 32-bit floats.
struct Weights {
    std::vector<std::int64_t> shape;
    std::vector<float> values;
};

struct Node {
    std::string kind; ///< "Conv"
    std::vector<std::string> inputs;
    std::vector<std::string> outputs;
    std::string rest; ///< fields that are not these: attributes, names

    /// An attribute's number, or its integers; nothing where it has no such attribute.
    std::optional<float> number(std::string_view name) const;
    std::optional<std::vector<std::int64_t>> integers(std::string_view name) const;
    /// The attribute's tensor, as it stands in the file.
    std::optional<std::string> tensor(std::string_view name) const;
    void set_number(std::string_view name, float value);
};

class Graph {
public:
    /// Nothing when the bytes are no model in this form.
    static std::optional<Graph> parse(std::string_view model);
    std::string bytes() const;

    std::vector<Node> nodes; ///< each behind those it needs

    /// The nodes that take a value.
    std::vector<std::size_t> users(std::string_view value) const;
    bool is_output(std::string_view value) const;
    /// A constant of floats; nothing where the value is none.
    std::optional<Weights> constant(const std::string& value) const;
    void add_constant(const std::string& value, const Weights& weights);

private:
    std::string before_; ///< the model's other fields
    std::string rest_;   ///< the graph's
    std::map<std::string, std::string, std::less<>> tensors_;
    std::vector<std::string> outputs_;
    std::string added_;
};

} // namespace spindle::inference::onnx
