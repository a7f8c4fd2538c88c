// SPDX-License-Identifier: Apache-2.0
#include <cstddef>

#include <gtest/gtest.h>

#include "inference/detail/onnx_abi.h"

#if __has_include(<onnxruntime/onnxruntime_c_api.h>)
#include <onnxruntime/onnxruntime_c_api.h>
#define SPINDLE_HAS_ONNXRUNTIME_HEADER
#elif __has_include(<onnxruntime_c_api.h>)
#include <onnxruntime_c_api.h>
#define SPINDLE_HAS_ONNXRUNTIME_HEADER
#endif

namespace spindle::inference::onnx {
namespace {

constexpr std::size_t place_of(std::size_t offset) {
    return offset / sizeof(void*);
}

// The table as published for version 1.21, by place.
TEST(OnnxAbi, EachFunctionStandsAtItsPlaceInTheTable) {
    EXPECT_EQ(place_of(offsetof(Api, error_message)), 2);
    EXPECT_EQ(place_of(offsetof(Api, create_env)), 3);
    EXPECT_EQ(place_of(offsetof(Api, create_session_from_array)), 8);
    EXPECT_EQ(place_of(offsetof(Api, run)), 9);
    EXPECT_EQ(place_of(offsetof(Api, create_session_options)), 10);
    EXPECT_EQ(place_of(offsetof(Api, set_graph_optimization)), 23);
    EXPECT_EQ(place_of(offsetof(Api, set_threads_within_nodes)), 24);
    EXPECT_EQ(place_of(offsetof(Api, set_threads_across_nodes)), 25);
    EXPECT_EQ(place_of(offsetof(Api, input_count)), 30);
    EXPECT_EQ(place_of(offsetof(Api, output_count)), 31);
    EXPECT_EQ(place_of(offsetof(Api, input_name)), 36);
    EXPECT_EQ(place_of(offsetof(Api, output_name)), 37);
    EXPECT_EQ(place_of(offsetof(Api, create_tensor)), 49);
    EXPECT_EQ(place_of(offsetof(Api, is_tensor)), 50);
    EXPECT_EQ(place_of(offsetof(Api, tensor_data)), 51);
    EXPECT_EQ(place_of(offsetof(Api, element_type)), 60);
    EXPECT_EQ(place_of(offsetof(Api, dimension_count)), 61);
    EXPECT_EQ(place_of(offsetof(Api, dimensions)), 62);
    EXPECT_EQ(place_of(offsetof(Api, element_count)), 64);
    EXPECT_EQ(place_of(offsetof(Api, tensor_info)), 65);
    EXPECT_EQ(place_of(offsetof(Api, create_memory_info)), 69);
    EXPECT_EQ(place_of(offsetof(Api, free)), 76);
    EXPECT_EQ(place_of(offsetof(Api, default_allocator)), 78);
    EXPECT_EQ(place_of(offsetof(Api, release_env)), 92);
    EXPECT_EQ(place_of(offsetof(Api, release_status)), 93);
    EXPECT_EQ(place_of(offsetof(Api, release_memory_info)), 94);
    EXPECT_EQ(place_of(offsetof(Api, release_session)), 95);
    EXPECT_EQ(place_of(offsetof(Api, release_value)), 96);
    EXPECT_EQ(place_of(offsetof(Api, release_tensor_info)), 99);
    EXPECT_EQ(place_of(offsetof(Api, release_session_options)), 100);
    EXPECT_EQ(place_of(offsetof(Api, add_setting)), 130);
}

#ifdef SPINDLE_HAS_ONNXRUNTIME_HEADER
TEST(OnnxAbi, AgreesWithTheInstalledHeader) {
    EXPECT_EQ(offsetof(Api, error_message), offsetof(OrtApi, GetErrorMessage));
    EXPECT_EQ(offsetof(Api, create_session_from_array), offsetof(OrtApi, CreateSessionFromArray));
    EXPECT_EQ(offsetof(Api, run), offsetof(OrtApi, Run));
    EXPECT_EQ(offsetof(Api, set_threads_across_nodes), offsetof(OrtApi, SetInterOpNumThreads));
    EXPECT_EQ(offsetof(Api, output_count), offsetof(OrtApi, SessionGetOutputCount));
    EXPECT_EQ(offsetof(Api, output_name), offsetof(OrtApi, SessionGetOutputName));
    EXPECT_EQ(offsetof(Api, tensor_data), offsetof(OrtApi, GetTensorMutableData));
    EXPECT_EQ(offsetof(Api, dimensions), offsetof(OrtApi, GetDimensions));
    EXPECT_EQ(offsetof(Api, tensor_info), offsetof(OrtApi, GetTensorTypeAndShape));
    EXPECT_EQ(offsetof(Api, create_memory_info), offsetof(OrtApi, CreateCpuMemoryInfo));
    EXPECT_EQ(offsetof(Api, free), offsetof(OrtApi, AllocatorFree));
    EXPECT_EQ(offsetof(Api, default_allocator), offsetof(OrtApi, GetAllocatorWithDefaultOptions));
    EXPECT_EQ(offsetof(Api, release_value), offsetof(OrtApi, ReleaseValue));
    EXPECT_EQ(offsetof(Api, release_session_options), offsetof(OrtApi, ReleaseSessionOptions));
    EXPECT_EQ(offsetof(Api, add_setting), offsetof(OrtApi, AddSessionConfigEntry));
    EXPECT_EQ(kFloat, ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT);
    EXPECT_EQ(kAllOptimizations, ORT_ENABLE_ALL);
    EXPECT_EQ(kDeviceAllocator, OrtDeviceAllocator);
    EXPECT_EQ(kDefaultMemory, OrtMemTypeDefault);
}
#endif

} // namespace
} // namespace spindle::inference::onnx
