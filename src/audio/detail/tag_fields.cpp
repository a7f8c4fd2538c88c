// SPDX-License-Identifier: Apache-2.0
#include "audio/detail/tag_fields.h"

#include <charconv>
#include <initializer_list>
#include <optional>
#include <tuple>
#include <utility>

#include "base/text.h"

namespace spindle::audio::detail {
namespace {

constexpr std::size_t kUuidLength = 36;
constexpr int kLargestNumber = 9999; // of tracks or discs; beyond, it is a date or a mistake

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

std::string first_of(const TagFields& fields, std::initializer_list<const char*> names) {
    for (const char* name : names) {
        if (const auto found = fields.find(name); found != fields.end()) {
            if (std::string value = clean_tag(found->second); !value.empty()) {
                return value;
            }
        }
    }
    return {};
}

/// The number at the start of `text`, which loses its digits; nothing for 0, none, or absurd ones.
std::optional<int> take_number(std::string_view& text) {
    std::size_t length = 0;
    while (length < text.size() && is_digit(text[length])) {
        ++length;
    }
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + length, number);
    text.remove_prefix(length);
    if (length == 0 || error != std::errc{} || number < 1 || number > kLargestNumber) {
        return std::nullopt;
    }
    return number;
}

/// "3", "03", "3/12", "3 of 12".
std::pair<std::optional<int>, std::optional<int>> numbers_in(std::string_view text) {
    if (text.empty() || (!is_digit(text.front()) && text.front() != '/')) {
        return {};
    }
    const auto number = take_number(text);
    const std::size_t separator = text.find_first_of("0123456789");
    if (separator == std::string_view::npos) {
        return {number, std::nullopt};
    }
    text.remove_prefix(separator);
    return {number, take_number(text)};
}

std::optional<int> year_in(std::string_view date) {
    for (std::size_t i = 0; i + 4 <= date.size(); ++i) {
        const bool four = is_digit(date[i]) && is_digit(date[i + 1]) && is_digit(date[i + 2]) &&
                          is_digit(date[i + 3]);
        const bool starts = i == 0 || !is_digit(date[i - 1]);
        if (four && starts) {
            int year = 0;
            std::from_chars(date.data() + i, date.data() + i + 4, year);
            return year > 0 ? std::optional(year) : std::nullopt;
        }
    }
    return std::nullopt;
}

std::string uuid_from(const TagFields& fields, const char* name) {
    std::string value = text::ascii_lower(first_of(fields, {name}));
    if (value.size() < kUuidLength) {
        return {};
    }
    value.resize(kUuidLength); // the first of several
    for (std::size_t i = 0; i < value.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const bool hexadecimal = is_digit(value[i]) || (value[i] >= 'a' && value[i] <= 'f');
        if (dash ? value[i] != '-' : !hexadecimal) {
            return {};
        }
    }
    return value;
}

} // namespace

std::string clean_tag(std::string_view value) {
    // Cleaning never shortens by more than the controls it drops; cut hugely long values first.
    const std::string valid = text::to_utf8(value.substr(0, 16 * kLongestTag));
    std::string clean;
    for (std::size_t i = 0; i < valid.size();) {
        const auto byte = static_cast<unsigned char>(valid[i]);
        const std::size_t length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
        std::string character = valid.substr(i, length);
        i += length;
        if (byte == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0) {
            character = text::latin1_to_utf8(character.substr(1));
            const auto second = static_cast<unsigned char>(character[1]);
            if (static_cast<unsigned char>(character[0]) == 0xC2 && second < 0xA0) {
                continue; // Windows-1252 has no character there: a control
            }
        } else if (byte == '\n' || byte == '\r' || byte == '\t') {
            character.assign(1, ' ');
        } else if (byte < 0x20 || byte == 0x7F) {
            continue;
        }
        if (clean.size() + character.size() > kLongestTag) {
            break;
        }
        clean += character;
    }
    return std::string(text::trimmed(clean));
}

Tags tags_from(const TagFields& fields) {
    Tags tags;
    tags.title = first_of(fields, {"TITLE"});
    tags.artist = first_of(fields, {"ARTIST"});
    tags.album = first_of(fields, {"ALBUM"});
    tags.album_artist = first_of(fields, {"ALBUMARTIST", "ALBUM ARTIST", "ALBUM_ARTIST"});
    tags.genre = first_of(fields, {"GENRE"});
    tags.date = first_of(fields, {"DATE", "YEAR", "ORIGINALDATE"});
    tags.year = year_in(tags.date);

    tags.position = first_of(fields, {"TRACKNUMBER", "TRACK"});
    std::tie(tags.track_number, tags.track_count) = numbers_in(tags.position);
    if (!tags.track_count) {
        tags.track_count = numbers_in(first_of(fields, {"TRACKTOTAL", "TOTALTRACKS"})).first;
    }
    const std::string disc = first_of(fields, {"DISCNUMBER", "DISC"});
    std::tie(tags.disc_number, tags.disc_count) = numbers_in(disc);
    if (!tags.disc_count) {
        tags.disc_count = numbers_in(first_of(fields, {"DISCTOTAL", "TOTALDISCS"})).first;
    }
    const std::string compilation = text::ascii_lower(first_of(fields, {"COMPILATION", "TCMP"}));
    tags.compilation = compilation == "1" || compilation == "true" || compilation == "yes";

    tags.recording_id = uuid_from(fields, "MUSICBRAINZ_TRACKID");
    tags.release_track_id = uuid_from(fields, "MUSICBRAINZ_RELEASETRACKID");
    tags.release_id = uuid_from(fields, "MUSICBRAINZ_ALBUMID");
    tags.release_group_id = uuid_from(fields, "MUSICBRAINZ_RELEASEGROUPID");
    tags.artist_id = uuid_from(fields, "MUSICBRAINZ_ARTISTID");
    return tags;
}

} // namespace spindle::audio::detail
