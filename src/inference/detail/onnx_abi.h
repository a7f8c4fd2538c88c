// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// The part of ONNX Runtime's C interface that is used here, declared by hand because no package of
/// Debian 12 and none of npm has its headers. The library exports one function, which gives a table
/// of function pointers for the version asked for; by ONNX Runtime's promise the table only ever
/// grows at its end, so places and signatures hold for every later version. Where the headers are
/// installed, onnx_abi_test.cpp compares.
namespace spindle::inference::onnx {

// Things of the library's own, seen only through pointers.
struct Allocator;
struct Env;
struct MemoryInfo;
struct RunOptions;
struct Session;
struct SessionOptions;
struct Status; ///< null is success
struct TensorInfo;
struct Value;

constexpr std::uint32_t kVersion = 11; ///< of the table; what is used is older still
constexpr int kLogOnlyFatal = 4;
constexpr int kFloat = 1;           ///< element type
constexpr int kDeviceAllocator = 0; ///< allocator type
constexpr int kDefaultMemory = 0;   ///< memory type
constexpr int kAllOptimizations = 99;

/// Places in the table that are not used.
template <std::size_t kCount>
using Unused = std::array<void*, kCount>;

struct Api {
    Unused<2> from_0;
    const char* (*error_message)(const Status*);
    Status* (*create_env)(int log_level, const char* name, Env** out);
    Unused<4> from_4;
    Status* (*create_session_from_array)(const Env*, const void* model, std::size_t size,
                                         const SessionOptions*, Session** out);
    Status* (*run)(Session*, const RunOptions*, const char* const* input_names,
                   const Value* const* inputs, std::size_t input_count,
                   const char* const* output_names, std::size_t output_count, Value** outputs);
    Status* (*create_session_options)(SessionOptions** out);
    Unused<12> from_11;
    Status* (*set_graph_optimization)(SessionOptions*, int level);
    Status* (*set_threads_within_nodes)(SessionOptions*, int threads);
    Status* (*set_threads_across_nodes)(SessionOptions*, int threads);
    Unused<4> from_26;
    Status* (*input_count)(const Session*, std::size_t* out);
    Status* (*output_count)(const Session*, std::size_t* out);
    Unused<4> from_32;
    Status* (*input_name)(const Session*, std::size_t index, Allocator*, char** out);
    Status* (*output_name)(const Session*, std::size_t index, Allocator*, char** out);
    Unused<11> from_38;
    Status* (*create_tensor)(const MemoryInfo*, void* data, std::size_t bytes,
                             const std::int64_t* shape, std::size_t dimensions, int type,
                             Value** out);
    Status* (*is_tensor)(const Value*, int* out);
    Status* (*tensor_data)(Value*, void** out);
    Unused<8> from_52;
    Status* (*element_type)(const TensorInfo*, int* out);
    Status* (*dimension_count)(const TensorInfo*, std::size_t* out);
    Status* (*dimensions)(const TensorInfo*, std::int64_t* out, std::size_t count);
    Unused<1> from_63;
    Status* (*element_count)(const TensorInfo*, std::size_t* out);
    Status* (*tensor_info)(const Value*, TensorInfo** out);
    Unused<3> from_66;
    Status* (*create_memory_info)(int allocator_type, int memory_type, MemoryInfo** out);
    Unused<6> from_70;
    Status* (*free)(Allocator*, void* memory);
    Unused<1> from_77;
    Status* (*default_allocator)(Allocator** out); ///< the library keeps it
    Unused<13> from_79;
    void (*release_env)(Env*);
    void (*release_status)(Status*);
    void (*release_memory_info)(MemoryInfo*);
    void (*release_session)(Session*);
    void (*release_value)(Value*);
    Unused<2> from_97;
    void (*release_tensor_info)(TensorInfo*);
    void (*release_session_options)(SessionOptions*);
    Unused<29> from_101;
    Status* (*add_setting)(SessionOptions*, const char* key, const char* value);
};

struct ApiBase {
    const Api* (*api)(std::uint32_t version); ///< null when the library is older
    const char* (*version)();
};

using GetApiBase = const ApiBase* (*)();
constexpr const char* kEntry = "OrtGetApiBase";

} // namespace spindle::inference::onnx
