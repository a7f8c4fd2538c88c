// SPDX-License-Identifier: Apache-2.0
#include "playlist/location.h"

#include <algorithm>

#include "base/text.h"
#include "playlist/unicode.h"
#include "playlist/uri.h"

namespace spindle::playlist {
namespace {

bool is_drive_path(std::string_view path) {
    return path.size() >= 2 && path[1] == ':' &&
           ((path[0] >= 'A' && path[0] <= 'Z') || (path[0] >= 'a' && path[0] <= 'z'));
}

std::string slashed(std::string_view path) {
    std::string text(path);
    std::replace(text.begin(), text.end(), '\\', '/');
    return text;
}

std::string against(const std::filesystem::path& base_folder, const std::string& path) {
    if (path.starts_with('/') || is_drive_path(path)) {
        // A share of another computer ("//server/x") keeps its two slashes for the path map.
        const bool share = path.starts_with("//");
        const auto normal = std::filesystem::path(path).lexically_normal().string();
        return share && !normal.starts_with("//") ? "/" + normal : normal;
    }
    return (base_folder / path).lexically_normal().string();
}

/// Collects spellings of one path, each once.
class Spellings {
public:
    Spellings(Entry& entry, const std::filesystem::path& base) : entry_(entry), base_(base) {}

    void add(const std::string& path) {
        for (const std::string& form : {path, nfc(path), nfd(path)}) {
            if (!form.empty() && form.find('\0') == std::string::npos) {
                add_one(against(base_, form));
            }
        }
    }

private:
    void add_one(std::string path) {
        if (entry_.location.empty()) {
            entry_.location = std::move(path);
        } else if (path != entry_.location &&
                   std::find(entry_.alternatives.begin(), entry_.alternatives.end(), path) ==
                       entry_.alternatives.end()) {
            entry_.alternatives.push_back(std::move(path));
        }
    }

    Entry& entry_;
    const std::filesystem::path& base_;
};

} // namespace

Entry locate(std::string_view written, std::string_view raw, Written how,
             const std::filesystem::path& base_folder) {
    Entry entry;
    const std::string scheme = scheme_of(written);
    if (!scheme.empty() && scheme != "file") {
        entry.place = Place::Remote;
        entry.location = std::string(written);
        return entry;
    }
    Spellings spellings(entry, base_folder);
    if (const auto path = path_of_file_uri(written)) {
        spellings.add(nfc(*path));
        return entry;
    }
    const bool encoded = written.find('%') != std::string_view::npos;
    if (how == Written::AsUri) {
        spellings.add(nfc(percent_decoded(written)));
        if (encoded) {
            spellings.add(std::string(written)); // some programs forget to encode
        }
        return entry;
    }
    // A backslash separates folders in nearly every playlist that has one; on Linux it may also be
    // part of a name.
    if (written.find('\\') != std::string_view::npos) {
        spellings.add(slashed(written));
    }
    spellings.add(std::string(written));
    if (encoded) {
        spellings.add(percent_decoded(written));
    }
    if (raw != written) {
        spellings.add(std::string(raw));
    }
    return entry;
}

} // namespace spindle::playlist
