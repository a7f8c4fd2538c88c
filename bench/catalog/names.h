// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "catalog/language.h"

namespace spindle::bench {

/// Appends an artist's name: a person, a band, a DJ, an orchestra, for about 8 % with the number
/// that tells namesakes apart ("Nova (3)"). The same key gives the same name.
void append_artist(std::string& text, std::uint64_t key, Language language);

/// Appends another spelling of that artist, as printed on one sleeve: initials instead of first
/// names, "And" for "&", a letter wrong, all capitals, accents left out.
void append_variation(std::string& text, std::uint64_t key, Language language, std::uint64_t where);

/// Appends the title of a track: one to six words, some with a version in brackets.
void append_track_title(std::string& text, std::uint64_t key, Language language);

/// Appends the title of an album that is named neither after its artist nor after a track.
void append_title(std::string& text, std::uint64_t key, Language language);

/// Appends a label's name: "Nova Records", "Kling Klang Musik".
void append_label(std::string& text, std::uint64_t key, Language language);

/// Appends some sentences of a sleeve note, at least `length` bytes of them.
void append_prose(std::string& text, std::uint64_t key, std::uint32_t length);

} // namespace spindle::bench
