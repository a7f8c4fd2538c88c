// SPDX-License-Identifier: Apache-2.0
#include "app/catalog/dump_files.h"

#include <algorithm>
#include <system_error>

#include "base/text.h"

namespace spindle::app {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kPart = ".part";
constexpr std::size_t kLongestName = 60; // of a dump; beyond that it is none

bool is_there(const fs::path& file) {
    std::error_code error;
    return fs::is_regular_file(file, error);
}

/// The day whose releases a name is of.
std::optional<DumpDay> day_of(std::string_view name) {
    if (name.size() > kLongestName) {
        return std::nullopt;
    }
    const auto days = listed_dumps(name);
    if (days.size() != 1 || days.front().releases_name() != name) {
        return std::nullopt;
    }
    return days.front();
}

} // namespace

std::vector<DumpFile> dumps_in(const fs::path& folder) {
    std::vector<DumpFile> found;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        std::string name = entry->path().filename().string();
        const bool part = name.ends_with(kPart);
        const auto day =
            day_of(std::string_view(name).substr(0, name.size() - (part ? kPart.size() : 0)));
        std::error_code of_file;
        if (!day || !entry->is_regular_file(of_file)) {
            continue;
        }
        const auto bytes = entry->file_size(of_file);
        DumpFile file{std::move(name), day->month(), of_file ? 0 : bytes, !part,
                      is_there(folder / day->checksums_name())};
        if (is_there(folder / day->masters_name())) {
            file.masters = day->masters_name();
        }
        found.push_back(std::move(file));
    }
    std::sort(found.begin(), found.end(),
              [](const DumpFile& a, const DumpFile& b) { return a.name > b.name; });
    return found;
}

Result<DumpFile> find_dump(const fs::path& folder, std::string_view name) {
    const auto all = dumps_in(folder);
    const auto found = std::find_if(all.begin(), all.end(), [name](const DumpFile& file) {
        return file.complete && file.name == name;
    });
    if (found == all.end()) {
        return fail(Code::NotFound,
                    "{}: no dump of that name in {}; download it, or put "
                    "discogs_YYYYMMDD_releases.xml.gz there",
                    text::shortened(text::printable(name), 80), folder.string());
    }
    return *found;
}

std::optional<std::uint64_t> free_bytes(fs::path folder) {
    for (;;) {
        std::error_code error;
        const auto space = fs::space(folder, error);
        if (!error) {
            return space.available;
        }
        if (!folder.has_relative_path() || folder == folder.parent_path()) {
            return std::nullopt;
        }
        folder = folder.parent_path();
    }
}

} // namespace spindle::app
