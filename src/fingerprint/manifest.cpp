// SPDX-License-Identifier: Apache-2.0
#include "fingerprint/manifest.h"

#include <charconv>

#include <xxhash.h>

#include "io/file.h"

namespace spindle::fingerprint {
namespace {

constexpr std::string_view kFileName = "MANIFEST";
constexpr std::string_view kFirstLine = "spindle-index 1";
constexpr std::uint64_t kMostBytes = 64U << 20U;

/// Splits the next word (or, with '\n', line) off the front.
std::string_view next(std::string_view& rest, char separator) {
    const std::size_t end = rest.find(separator);
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return word;
}

template <typename Number>
bool read_number(std::string_view word, Number& number, int base = 10) {
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number, base);
    return error == std::errc{} && end == word.data() + word.size() && !word.empty();
}

/// Only plain names of our own: a manifest must not lead out of its folder.
bool is_plain_name(std::string_view name) {
    return !name.empty() && name.size() < 64 && name.front() != '.' &&
           name.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz.") ==
               std::string_view::npos;
}

} // namespace

Result<Manifest> Manifest::read(const std::filesystem::path& folder) {
    const auto path = folder / kFileName;
    auto text = io::read_file(path, kMostBytes);
    if (!text) {
        if (text.error().code == Code::NotFound) {
            return Manifest{};
        }
        return tl::unexpected(text.error());
    }
    return parse(*text, path.string());
}

Result<Manifest> Manifest::parse(std::string_view text, const std::string& name) {
    const auto corrupt = [&](std::string_view what) {
        return fail(Code::BadInput,
                    "{}: {}; restore it from a copy, or remove the index folder and run 'spindle "
                    "library add' again",
                    name, what);
    };
    if (!text.starts_with(std::string(kFirstLine) + '\n')) {
        return corrupt("not a Spindle index manifest of a version this program knows");
    }
    const std::size_t last = text.rfind("checksum ");
    std::uint64_t checksum = 0;
    if (last == std::string_view::npos || text.empty() || text.back() != '\n' ||
        !read_number(text.substr(last + 9, text.size() - last - 10), checksum, 16)) {
        return corrupt("cut short");
    }
    if (XXH3_64bits(text.data(), last) != checksum) {
        return corrupt("damaged (checksum)");
    }
    Manifest manifest;
    std::string_view rest = text.substr(0, last);
    next(rest, '\n');
    while (!rest.empty()) {
        std::string_view line = next(rest, '\n');
        const std::string_view word = next(line, ' ');
        if (word == "next" && read_number(line, manifest.next_number)) {
            continue;
        }
        if (word == "journal" && is_plain_name(line)) {
            manifest.journal = line;
            continue;
        }
        if (word == "segment" && is_plain_name(line)) {
            manifest.segments.push_back({std::string(line), {}});
            continue;
        }
        if (word == "removed" && !manifest.segments.empty()) {
            std::uint32_t track = 0;
            bool good = true;
            while (!line.empty() && (good = read_number(next(line, ' '), track))) {
                manifest.segments.back().removed.insert(TrackId{track});
            }
            if (good) {
                continue;
            }
        }
        return corrupt("has a line this program does not know");
    }
    return manifest;
}

std::string Manifest::text() const {
    std::string text = fmt::format("{}\nnext {}\n", kFirstLine, next_number);
    if (!journal.empty()) {
        text += fmt::format("journal {}\n", journal);
    }
    for (const Entry& entry : segments) {
        text += fmt::format("segment {}\n", entry.file);
        if (!entry.removed.empty()) {
            text += "removed";
            for (const TrackId track : entry.removed) {
                text += fmt::format(" {}", track.value);
            }
            text += '\n';
        }
    }
    return text + fmt::format("checksum {:016x}\n", XXH3_64bits(text.data(), text.size()));
}

Result<void> Manifest::write(const std::filesystem::path& folder) const {
    return io::write_atomically(folder / kFileName, text());
}

} // namespace spindle::fingerprint
