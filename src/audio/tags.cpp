// SPDX-License-Identifier: Apache-2.0
#include "audio/tags.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <exception>
#include <utility>

#include <fileref.h>
#include <sys/stat.h>
#include <tpropertymap.h>

#include "audio/detail/media_stream.h"
#include "audio/detail/tag_fields.h"

namespace spindle::audio {
namespace {

// Enough of a value to fill kLongestTag however it is cleaned.
constexpr unsigned kMostCharacters = 4 * kLongestTag;

struct Found {
    detail::TagFields fields;
    Seconds duration{0};
    bool understood = false; // TagLib knew the format and found its stream
};

Result<Found> through_taglib(const std::filesystem::path& path) {
    try {
        Found found;
        const TagLib::FileRef file(path.c_str());
        if (file.isNull()) {
            return found;
        }
        for (const auto& [name, values] : file.file()->properties()) {
            std::string joined;
            for (const TagLib::String& value : values) {
                if (joined.size() >= kMostCharacters) {
                    break;
                }
                joined += joined.empty() ? "" : "; ";
                joined += value.substr(0, kMostCharacters).to8Bit(true);
            }
            found.fields[name.to8Bit(true)] = std::move(joined);
        }
        if (const auto* sound = file.audioProperties(); sound != nullptr) {
            found.duration = std::chrono::milliseconds(sound->lengthInMilliseconds());
            found.understood = found.duration.count() > 0;
        }
        return found;
    } catch (const std::exception& problem) {
        return fail(Code::BadInput, "{}: its tags cannot be read ({})", path.string(),
                    problem.what());
    }
}

void add_metadata(const AVDictionary* dictionary, detail::TagFields& fields) {
    // FFmpeg's names for the fields TagLib calls otherwise.
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kOtherNames{
        {{"ALBUM_ARTIST", "ALBUMARTIST"}, {"TRACK", "TRACKNUMBER"}, {"DISC", "DISCNUMBER"}}};
    const AVDictionaryEntry* entry = nullptr;
    while ((entry = av_dict_get(dictionary, "", entry, AV_DICT_IGNORE_SUFFIX)) != nullptr) {
        std::string name = entry->key;
        std::ranges::transform(name, name.begin(), [](char letter) {
            return static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
        });
        for (const auto& [other, usual] : kOtherNames) {
            if (name == other) {
                name = usual;
            }
        }
        fields.emplace(std::move(name), std::string_view(entry->value).substr(0, kMostCharacters));
    }
}

Result<Found> through_ffmpeg(const std::filesystem::path& path) {
    SPINDLE_TRY(const auto media, detail::MediaStream::open(path, {}));
    Found found;
    add_metadata(media.stream().metadata, found.fields);
    add_metadata(media.format().metadata, found.fields);
    found.duration = media.info().duration;
    return found;
}

} // namespace

Result<Tags> read_tags(const std::filesystem::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) &&
        !S_ISDIR(status.st_mode)) {
        return fail(Code::BadInput, "{}: tags can only be read from a file", path.string());
    }
    // Asks the system first: TagLib does not tell missing, unreadable and unknown files apart.
    SPINDLE_TRY_VOID(detail::InputFile::open(path, {}));
    auto found = through_taglib(path);
    if (!found || found->fields.empty()) {
        auto other = through_ffmpeg(path);
        if (other) {
            found = std::move(other);
        } else if (!found || !found->understood) {
            return tl::unexpected(std::move(other.error()));
        }
    }
    Tags tags = detail::tags_from(found->fields);
    tags.duration = found->duration;
    return tags;
}

} // namespace spindle::audio
