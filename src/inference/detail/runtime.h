// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "base/result.h"
#include "inference/detail/onnx_abi.h"

namespace spindle::inference {

/// Loads ONNX Runtime from the first of `files` that is there, and gives its table, which stays
/// valid until the process ends: the library is never unloaded, as its threads may outlive us.
/// Loading again is cheap. NotFound when none is there, Unsupported when the one found is no ONNX
/// Runtime, is damaged or too old. Thread-safe.
Result<const onnx::Api*> load_runtime(std::span<const std::filesystem::path> files);

/// Releases what the library made, by the table's function for its kind.
template <typename T>
struct Release {
    void (*function)(T*) = nullptr;
    void operator()(T* thing) const { function(thing); }
};

/// Owner of something that the library made.
template <typename T>
using Owned = std::unique_ptr<T, Release<T>>;

/// The library's status as ours, with the library's message behind `what`; releases it.
Result<void> checked(const onnx::Api& api, onnx::Status* status, Code code, std::string_view what);

} // namespace spindle::inference
