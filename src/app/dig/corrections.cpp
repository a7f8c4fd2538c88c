// SPDX-License-Identifier: Apache-2.0
#include "app/dig/corrections.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "base/time_text.h"
#include "io/file.h"
#include "io/web_text.h"

namespace spindle::app {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t kLargestCorrection = 4U << 20U; // of one; the picture is some 30 KB

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// What the owner said of it.
Json told_in(const Json& kept) {
    Json told;
    for (const char* name : {"release_id", "nothing", "text", "at"}) {
        told[name] = kept.contains(name) ? kept[name] : Json();
    }
    return told;
}

Json read_kept(const fs::path& file) {
    const auto text = io::read_file(file, kLargestCorrection);
    return text ? Json::parse(*text, nullptr, false) : Json();
}

std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        if (entry->path().extension() == ".json") {
            files.push_back(entry->path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace

Result<std::string> Corrections::keep(const std::string& scan, const Disc& disc,
                                      const Correction& correction, const fs::path& strip) const {
    Json json{{"scan", scan},
              {"disc", disc.number},
              {"release_id", correction.release ? Json(*correction.release) : Json()},
              {"nothing", correction.nothing},
              {"text", correction.text},
              {"at", time_text(system_seconds())},
              {"read", text_of(disc)}};
    json["candidates"] = Json::array();
    for (const Candidate& candidate : disc.candidates) {
        json["candidates"].push_back({{"release_id", candidate.pressings.front().id.value},
                                      {"probability", candidate.probability}});
    }
    const auto picture = io::read_file(strip, kLargestCorrection);
    json["strip_jpeg"] = picture ? Json(io::base64(*picture)) : Json();
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) {
        return tl::unexpected(system_error(folder_.string(), error.value()));
    }
    SPINDLE_TRY_VOID(
        io::write_atomically(folder_ / fmt::format("{}-{}.json", scan, disc.number), dumped(json)));
    return dumped(told_in(json));
}

std::map<std::size_t, std::string> Corrections::of_scan(const std::string& scan) const {
    std::map<std::size_t, std::string> told;
    for (const fs::path& file : files_in(folder_)) {
        const std::string name = file.stem().string();
        std::size_t number = 0;
        if (!name.starts_with(scan + "-") ||
            std::from_chars(name.data() + scan.size() + 1, name.data() + name.size(), number).ec !=
                std::errc()) {
            continue;
        }
        if (const Json kept = read_kept(file); kept.is_object()) {
            told[number] = dumped(told_in(kept));
        }
    }
    return told;
}

Result<std::string> Corrections::all() const {
    std::string lines;
    for (const fs::path& file : files_in(folder_)) {
        if (const Json kept = read_kept(file); kept.is_object()) {
            lines += dumped(kept) + "\n";
        }
    }
    return lines;
}

} // namespace spindle::app
