// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "audio/tags.h"

namespace spindle::audio::detail {

/// Tag values by TagLib's name for the field ("ALBUMARTIST", "MUSICBRAINZ_TRACKID", ...): bytes
/// that should be UTF-8 and may be anything.
using TagFields = std::map<std::string, std::string>;

/// Valid UTF-8 of at most kLongestTag bytes without control characters, trimmed. Code points U+0080
/// to U+009F are what Windows-1252 bytes become when they are read as Latin-1; they are mended.
std::string clean_tag(std::string_view value);

/// Fills all of Tags but the duration.
Tags tags_from(const TagFields& fields);

} // namespace spindle::audio::detail
