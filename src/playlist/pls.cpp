// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <map>

#include "base/text.h"
#include "playlist/lines.h"
#include "playlist/location.h"
#include "playlist/text_playlist.h"

namespace spindle::playlist {
namespace {

struct Numbered {
    Line file;
    std::string title;
    std::optional<Seconds> duration;
};

/// "File12" with key "file" -> 12; nothing for another key.
std::optional<std::uint32_t> number_after(std::string_view name, std::string_view key) {
    if (!name.starts_with(key)) {
        return std::nullopt;
    }
    name.remove_prefix(key.size());
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error != std::errc() || end != name.data() + name.size()) {
        return std::nullopt;
    }
    return number;
}

std::string_view after_equals(std::string_view line) {
    const auto equals = line.find('=');
    return equals == std::string_view::npos ? std::string_view() : line.substr(equals + 1);
}

} // namespace

Playlist parse_pls(std::string_view bytes, const std::filesystem::path& base_folder) {
    Playlist playlist;
    std::map<std::uint32_t, Numbered> items; // the order of the numbers is that of the list
    bool too_many = false;
    each_line(bytes, Charset::Utf8OrLatin1, playlist.warnings, [&](const Line& line) {
        const std::string name =
            text::ascii_lower(text::trimmed(line.text.substr(0, line.text.find('='))));
        const std::string value(text::trimmed(after_equals(line.text)));
        const auto item = [&](std::uint32_t number) -> Numbered* {
            if (items.size() >= kMostEntries && !items.contains(number)) {
                too_many = true;
                return nullptr;
            }
            return &items[number];
        };
        if (const auto file = number_after(name, "file")) {
            if (auto* one = item(*file)) {
                one->file = {value, std::string(text::trimmed(after_equals(line.raw)))};
            }
        } else if (const auto title = number_after(name, "title")) {
            if (auto* one = item(*title)) {
                one->title = value;
            }
        } else if (const auto length = number_after(name, "length")) {
            double seconds = 0;
            std::from_chars(value.data(), value.data() + value.size(), seconds);
            if (auto* one = item(*length); one != nullptr && seconds > 0 && seconds < 1e7) {
                one->duration = Seconds{seconds};
            }
        }
        return true;
    });
    if (too_many) {
        playlist.warnings.push_back(
            fmt::format("more than {} entries; the rest was left out", kMostEntries));
    }
    for (auto& [number, item] : items) {
        if (item.file.text.empty()) {
            continue;
        }
        Entry entry = locate(item.file.text, item.file.raw, Written::AsPath, base_folder);
        const auto dash = item.title.find(" - ");
        if (dash != std::string::npos) {
            entry.artist = item.title.substr(0, dash);
        }
        entry.title = dash == std::string::npos ? item.title : item.title.substr(dash + 3);
        entry.duration = item.duration;
        if (!entry.location.empty()) {
            playlist.entries.push_back(std::move(entry));
        }
    }
    return playlist;
}

} // namespace spindle::playlist
