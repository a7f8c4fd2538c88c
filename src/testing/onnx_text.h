// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "base/varint.h"

/// Fields of ONNX files, which are protocol buffers, for tests that write small networks.
namespace spindle::testing::onnx {

inline std::string varint(std::uint64_t value) {
    std::string bytes;
    put_varint(bytes, value);
    return bytes;
}
inline std::string number(unsigned field, std::uint64_t value) {
    return varint(field << 3U) + varint(value);
}
inline std::string bytes(unsigned field, const std::string& value) {
    return varint((field << 3U) | 2U) + varint(value.size()) + value;
}

} // namespace spindle::testing::onnx
