// SPDX-License-Identifier: Apache-2.0
#include "app/grade/class_names.h"

#include <charconv>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "io/file.h"

namespace spindle::app {
namespace {

using Parsed = nlohmann::json;

constexpr std::uint64_t kMostBytes = 1U << 20U;
constexpr std::size_t kMostClasses = 64;
constexpr std::size_t kLongestName = 100;

std::string as_shown(std::string_view name) {
    return text::shortened(text::printable(text::trimmed(name)), kLongestName);
}

std::vector<std::string> lines_of(std::string_view content) {
    std::vector<std::string> names;
    while (!content.empty() && names.size() <= kMostClasses) {
        const std::size_t end = content.find('\n');
        if (const auto line = text::trimmed(content.substr(0, end)); !line.empty()) {
            names.push_back(as_shown(line));
        }
        content = end == std::string_view::npos ? std::string_view() : content.substr(end + 1);
    }
    return names;
}

/// Of {"0": "VG", "1": "G"}; empty when the numbers are not 0, 1, 2 ...
std::vector<std::string> names_in(const Parsed& table) {
    if (!table.is_object() || table.empty() || table.size() > kMostClasses) {
        return {};
    }
    std::vector<std::string> names(table.size());
    for (const auto& [key, value] : table.items()) {
        std::size_t number = names.size();
        const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), number);
        if (error != std::errc() || end != key.data() + key.size() || number >= names.size() ||
            !value.is_string()) {
            return {};
        }
        names[number] = as_shown(value.get_ref<const std::string&>());
    }
    return names;
}

} // namespace

Result<std::vector<std::string>> read_class_names(const std::filesystem::path& file) {
    SPINDLE_TRY(const std::string content, io::read_file(file, kMostBytes));
    std::vector<std::string> names;
    if (file.extension() == ".json") {
        const Parsed json = Parsed::parse(content, nullptr, false);
        if (!json.is_object() || !json.contains("id2label")) {
            return fail(Code::BadInput, "{}: has no id2label, which names the classes",
                        file.string());
        }
        names = names_in(json["id2label"]);
        if (names.empty()) {
            return fail(Code::BadInput,
                        "{}: id2label should name 1 to {} classes by the numbers 0, 1, 2 ...",
                        file.string(), kMostClasses);
        }
        return names;
    }
    names = lines_of(content);
    if (names.empty() || names.size() > kMostClasses) {
        return fail(Code::BadInput, "{}: should name 1 to {} classes, one a line", file.string(),
                    kMostClasses);
    }
    return names;
}

Result<std::filesystem::path> class_names_beside(const std::filesystem::path& model) {
    std::filesystem::path text = model;
    text.replace_extension(".txt");
    const std::filesystem::path config = model.parent_path() / "config.json";
    for (const auto& file : {text, config}) {
        std::error_code error;
        if (std::filesystem::is_regular_file(file, error)) {
            return file;
        }
    }
    return fail(Code::NotFound,
                "{}: what its classes are called is neither in {} nor in {}; say where with "
                "--class-names FILE",
                model.string(), text.string(), config.string());
}

} // namespace spindle::app
