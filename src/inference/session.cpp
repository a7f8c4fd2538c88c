// SPDX-License-Identifier: Apache-2.0
#include "inference/session.h"

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "inference/detail/graph_folding.h"
#include "inference/detail/runtime.h"
#include "inference/detail/tiny_numbers.h"
#include "inference/places.h"
#include "io/file.h"

namespace spindle::inference {
namespace {

constexpr std::uint64_t kLargestModel = 512ULL << 20U;

/// Product of a shape; nothing when it holds a negative number or does not fit.
std::optional<std::size_t> count_of(std::span<const std::int64_t> shape) {
    constexpr std::size_t kMost = std::numeric_limits<std::ptrdiff_t>::max() / sizeof(float);
    std::size_t count = 1;
    for (const std::int64_t length : shape) {
        if (length < 0) {
            return std::nullopt;
        }
        const auto factor = static_cast<std::size_t>(length);
        if (factor != 0 && count > kMost / factor) {
            return std::nullopt;
        }
        count *= factor;
    }
    return count;
}

using NameOf = onnx::Status* (*)(const onnx::Session*, std::size_t, onnx::Allocator*, char**);

} // namespace

struct Session::State {
    const onnx::Api* api = nullptr;
    std::string model; ///< for messages
    // Released in the opposite order.
    Owned<onnx::Env> env;
    Owned<onnx::MemoryInfo> memory;
    Owned<onnx::Session> session;
    std::vector<std::string> inputs;
    std::vector<std::string> outputs;

    Result<void> check(onnx::Status* status, Code code = Code::Failed) const {
        return checked(*api, status, code, model);
    }
    Result<void> load(const std::string& bytes, const SessionOptions& options);
    Result<std::vector<std::string>> names(std::size_t count, NameOf name_of) const;
    Result<Owned<onnx::Value>> value_of(const Tensor& tensor) const;
    Result<Tensor> tensor_of(onnx::Value& value) const;
};

Result<void> Session::State::load(const std::string& bytes, const SessionOptions& options) {
    onnx::Env* made_env = nullptr; // the library has one, which all sessions share
    SPINDLE_TRY_VOID(check(api->create_env(onnx::kLogOnlyFatal, "spindle", &made_env)));
    env = {made_env, {api->release_env}};
    onnx::MemoryInfo* made_memory = nullptr;
    SPINDLE_TRY_VOID(
        check(api->create_memory_info(onnx::kDeviceAllocator, onnx::kDefaultMemory, &made_memory)));
    memory = {made_memory, {api->release_memory_info}};

    onnx::SessionOptions* made_options = nullptr;
    SPINDLE_TRY_VOID(check(api->create_session_options(&made_options)));
    const Owned<onnx::SessionOptions> settings(made_options, {api->release_session_options});
    SPINDLE_TRY_VOID(check(api->set_threads_within_nodes(made_options, options.threads)));
    SPINDLE_TRY_VOID(check(api->set_threads_across_nodes(made_options, 1)));
    SPINDLE_TRY_VOID(check(api->set_graph_optimization(made_options, onnx::kAllOptimizations)));
    // Waiting threads sleep: others have work for the cores.
    SPINDLE_TRY_VOID(check(api->add_setting(made_options, "session.intra_op.allow_spinning", "0")));

    onnx::Session* made_session = nullptr;
    SPINDLE_TRY_VOID(check(api->create_session_from_array(made_env, bytes.data(), bytes.size(),
                                                          made_options, &made_session),
                           Code::BadInput));
    session = {made_session, {api->release_session}};
    std::size_t count = 0;
    SPINDLE_TRY_VOID(check(api->input_count(made_session, &count)));
    SPINDLE_TRY(inputs, names(count, api->input_name));
    SPINDLE_TRY_VOID(check(api->output_count(made_session, &count)));
    SPINDLE_TRY(outputs, names(count, api->output_name));
    return {};
}

Result<std::vector<std::string>> Session::State::names(std::size_t count, NameOf name_of) const {
    onnx::Allocator* allocator = nullptr;
    SPINDLE_TRY_VOID(check(api->default_allocator(&allocator)));
    std::vector<std::string> found;
    for (std::size_t i = 0; i < count; ++i) {
        char* name = nullptr;
        SPINDLE_TRY_VOID(check(name_of(session.get(), i, allocator, &name)));
        found.emplace_back(name);
        SPINDLE_TRY_VOID(check(api->free(allocator, name)));
    }
    return found;
}

/// A view of the tensor, which must outlive it.
Result<Owned<onnx::Value>> Session::State::value_of(const Tensor& tensor) const {
    if (count_of(tensor.shape) != tensor.values.size()) {
        return fail(Code::BadInput, "{}: {} values do not fill the shape of an input", model,
                    tensor.values.size());
    }
    onnx::Value* made = nullptr;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): an input is only read
    auto* data = const_cast<float*>(tensor.values.data());
    SPINDLE_TRY_VOID(
        check(api->create_tensor(memory.get(), data, tensor.values.size() * sizeof(float),
                                 tensor.shape.data(), tensor.shape.size(), onnx::kFloat, &made),
              Code::BadInput));
    return Owned<onnx::Value>(made, {api->release_value});
}

Result<Tensor> Session::State::tensor_of(onnx::Value& value) const {
    int is_tensor = 0;
    SPINDLE_TRY_VOID(check(api->is_tensor(&value, &is_tensor)));
    if (is_tensor == 0) {
        return fail(Code::Unsupported, "{}: an output is not a tensor", model);
    }
    onnx::TensorInfo* made_info = nullptr;
    SPINDLE_TRY_VOID(check(api->tensor_info(&value, &made_info)));
    const Owned<onnx::TensorInfo> info(made_info, {api->release_tensor_info});
    int type = 0;
    SPINDLE_TRY_VOID(check(api->element_type(made_info, &type)));
    if (type != onnx::kFloat) {
        return fail(Code::Unsupported, "{}: an output is not made of 32-bit floats", model);
    }
    std::size_t dimensions = 0;
    SPINDLE_TRY_VOID(check(api->dimension_count(made_info, &dimensions)));
    Tensor tensor;
    tensor.shape.resize(dimensions);
    SPINDLE_TRY_VOID(check(api->dimensions(made_info, tensor.shape.data(), dimensions)));
    std::size_t count = 0;
    SPINDLE_TRY_VOID(check(api->element_count(made_info, &count)));
    void* data = nullptr;
    SPINDLE_TRY_VOID(check(api->tensor_data(&value, &data)));
    const std::span values(static_cast<const float*>(data), data == nullptr ? 0 : count);
    tensor.values.assign(values.begin(), values.end());
    return tensor;
}

Session::Session(std::unique_ptr<State> state) : state_(std::move(state)) {}
Session::~Session() = default;
Session::Session(Session&& other) noexcept = default;
Session& Session::operator=(Session&& other) noexcept = default;

Result<Session> Session::open(const std::filesystem::path& model, SessionOptions options) {
    auto bytes = io::read_file(model, kLargestModel);
    if (!bytes && bytes.error().code == Code::NotFound) {
        return fail(Code::NotFound, "{}: missing model; run scripts/fetch-inference",
                    model.string());
    }
    if (!bytes) {
        return tl::unexpected(std::move(bytes.error()));
    }
    if (bytes->empty()) {
        return fail(Code::BadInput, "{}: this model is an empty file", model.string());
    }
    const auto files = onnxruntime_files();
    auto state = std::make_unique<State>();
    SPINDLE_TRY(state->api, load_runtime(files));
    state->model = model.string();
    SPINDLE_TRY_VOID(state->load(onnx::folded(*bytes), options));
    return Session(std::move(state));
}

Result<std::vector<Tensor>> Session::run(std::span<const Tensor> inputs) const {
    const State& state = *state_;
    if (inputs.size() != state.inputs.size()) {
        return fail(Code::BadInput, "{}: takes {} inputs, not {}", state.model, state.inputs.size(),
                    inputs.size());
    }
    std::vector<Owned<onnx::Value>> owned;
    std::vector<const onnx::Value*> in;
    for (const Tensor& input : inputs) {
        SPINDLE_TRY(auto value, state.value_of(input));
        in.push_back(value.get());
        owned.push_back(std::move(value));
    }
    std::vector<const char*> input_names;
    for (const auto& name : state.inputs) {
        input_names.push_back(name.c_str());
    }
    std::vector<const char*> output_names;
    for (const auto& name : state.outputs) {
        output_names.push_back(name.c_str());
    }
    std::vector<onnx::Value*> out(output_names.size(), nullptr);
    const TinyNumbersAreZero quick;
    SPINDLE_TRY_VOID(
        state.check(state.api->run(state.session.get(), nullptr, input_names.data(), in.data(),
                                   in.size(), output_names.data(), out.size(), out.data()),
                    Code::BadInput));
    for (onnx::Value* value : out) {
        owned.emplace_back(value, Release<onnx::Value>{state.api->release_value});
    }
    std::vector<Tensor> outputs;
    for (onnx::Value* value : out) {
        SPINDLE_TRY(auto tensor, state.tensor_of(*value));
        outputs.push_back(std::move(tensor));
    }
    return outputs;
}

Result<Tensor> Session::run(const Tensor& input) const {
    SPINDLE_TRY(auto outputs, run(std::span(&input, 1)));
    if (outputs.empty()) {
        return fail(Code::BadInput, "{}: this model has no output", state_->model);
    }
    return std::move(outputs.front());
}

} // namespace spindle::inference
