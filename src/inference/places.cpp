// SPDX-License-Identifier: Apache-2.0
#include "inference/places.h"

#include <cstdlib>
#include <string>
#include <system_error>

#include <fmt/ranges.h>

#ifndef SPINDLE_ONNXRUNTIME_LIBRARY
#define SPINDLE_ONNXRUNTIME_LIBRARY ""
#endif
#ifndef SPINDLE_BUILD_MODELS
#define SPINDLE_BUILD_MODELS ""
#endif

namespace spindle::inference {
namespace {

using std::filesystem::path;

path setting(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? path() : path(value);
}

/// The folder above the one the program is in: /usr for /usr/bin/spindle.
path prefix() {
    std::error_code error;
    const path program = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? path() : program.parent_path().parent_path();
}

void add_build_models(std::vector<path>& folders) {
    const std::string_view listed = SPINDLE_BUILD_MODELS;
    for (std::size_t begin = 0; begin < listed.size();) {
        const std::size_t end = std::min(listed.find(':', begin), listed.size());
        folders.emplace_back(listed.substr(begin, end - begin));
        begin = end + 1;
    }
}

} // namespace

std::vector<path> model_folders() {
    if (const path chosen = setting("SPINDLE_MODELS"); !chosen.empty()) {
        return {chosen};
    }
    std::vector<path> folders;
    if (const path base = prefix(); !base.empty()) {
        folders.push_back(base / "share/spindle/models");
    }
    add_build_models(folders);
    return folders;
}

Result<path> model_file(std::string_view name) {
    std::vector<std::string> looked;
    for (const path& folder : model_folders()) {
        std::error_code error;
        if (std::filesystem::is_regular_file(folder / name, error)) {
            return folder / name;
        }
        looked.push_back(folder.string());
    }
    return fail(Code::NotFound,
                "{}: missing model (looked in {}); run scripts/fetch-inference in Spindle's source "
                "folder, or set SPINDLE_MODELS to the folder that has it",
                name, fmt::join(looked, ", "));
}

std::vector<path> onnxruntime_files() {
    if (path chosen = setting("SPINDLE_ONNXRUNTIME"); !chosen.empty()) {
        return {std::move(chosen)};
    }
    std::vector<path> files;
    if (const path base = prefix(); !base.empty()) {
        files.push_back(base / "lib/spindle/libonnxruntime.so");
    }
    if (const std::string_view built = SPINDLE_ONNXRUNTIME_LIBRARY; !built.empty()) {
        files.emplace_back(built);
    }
    files.emplace_back("libonnxruntime.so.1");
    files.emplace_back("libonnxruntime.so");
    return files;
}

} // namespace spindle::inference
