// SPDX-License-Identifier: Apache-2.0
#include "inference/detail/runtime.h"

#include <string>
#include <system_error>

#include <dlfcn.h>

namespace spindle::inference {
namespace {

constexpr std::string_view kHowToGetIt =
    "run scripts/fetch-inference in Spindle's source folder, or set SPINDLE_ONNXRUNTIME to a "
    "libonnxruntime.so of version 1.11 or later";

std::string loader_message() {
    const char* message = ::dlerror();
    return message == nullptr ? "the system's loader refused it" : message;
}

/// Bare names are for the loader to find; whether it will can only be tried.
bool may_be_there(const std::filesystem::path& file) {
    std::error_code error;
    return !file.has_parent_path() || std::filesystem::exists(file, error);
}

} // namespace

Result<const onnx::Api*> load_runtime(std::span<const std::filesystem::path> files) {
    void* library = nullptr;
    std::filesystem::path found;
    for (const auto& file : files) {
        if (!may_be_there(file)) {
            continue;
        }
        library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
        if (library != nullptr) {
            found = file;
            break;
        }
        if (file.has_parent_path()) { // there, and unusable: say so, rather than "missing"
            return fail(Code::Unsupported, "{}: not a usable ONNX Runtime ({}); {}", file.string(),
                        loader_message(), kHowToGetIt);
        }
    }
    if (library == nullptr) {
        return fail(Code::NotFound, "ONNX Runtime (libonnxruntime.so) is missing; {}", kHowToGetIt);
    }
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): what dlsym gives
    const auto entry = reinterpret_cast<onnx::GetApiBase>(::dlsym(library, onnx::kEntry));
    if (entry == nullptr) {
        return fail(Code::Unsupported, "{}: this is not ONNX Runtime; {}", found.string(),
                    kHowToGetIt);
    }
    const onnx::ApiBase* base = entry();
    const onnx::Api* api = base == nullptr ? nullptr : base->api(onnx::kVersion);
    if (api == nullptr) {
        return fail(Code::Unsupported, "{}: this ONNX Runtime ({}) is too old; {}", found.string(),
                    base == nullptr ? "unknown" : base->version(), kHowToGetIt);
    }
    return api;
}

Result<void> checked(const onnx::Api& api, onnx::Status* status, Code code, std::string_view what) {
    if (status == nullptr) {
        return {};
    }
    const Owned<onnx::Status> owned(status, {api.release_status});
    return fail(code, "{}: {}", what, api.error_message(status));
}

} // namespace spindle::inference
