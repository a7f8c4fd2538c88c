// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "inference/tensor.h"

namespace spindle::inference {

struct SessionOptions {
    /// Threads that one run() may use. One, because callers have many small pictures and run them
    /// beside each other, which wastes less than splitting each.
    int threads = 1;
};

/// A trained network, ready to run: an ONNX file in ONNX Runtime (1.11 or later, its C interface),
/// whose library is loaded when the first session is opened (inference/places.h says from where).
///
/// Threads: run() may be called from any number at once. Memory: the weights, and for each run the
/// values between layers.
class Session {
public:
    /// Errors name the file: NotFound when it or the library is missing (with what to do),
    /// Unsupported when the library is too old, BadInput when the file is no ONNX model, is damaged
    /// or is larger than 512 MiB. Costs 20 to 200 ms.
    static Result<Session> open(const std::filesystem::path& model, SessionOptions options = {});

    ~Session();
    Session(Session&& other) noexcept;
    Session& operator=(Session&& other) noexcept;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// The outputs in the model's order, for inputs in the model's order. BadInput when the number
    /// of inputs, a shape or the number of values does not fit, Unsupported when an output is not
    /// made of 32-bit floats.
    Result<std::vector<Tensor>> run(std::span<const Tensor> inputs) const;

    /// The usual case: one in, the first one out.
    Result<Tensor> run(const Tensor& input) const;

private:
    struct State;
    explicit Session(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::inference
