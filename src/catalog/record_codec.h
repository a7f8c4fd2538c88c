// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "catalog/release.h"

namespace spindle::catalog {

/// A release in two parts as it lies in a catalog file: the card (everything a match or a list
/// needs) and the tracklist, which is large and seldom read. FORMAT.md has the layout.
void append_card(const Release& release, std::string& out);
void append_tracks(const std::vector<Track>& tracks, std::string& out);

/// @return false if the bytes are no card; `release` is then not to be used.
bool read_card(std::string_view bytes, Release& release);
bool read_tracks(std::string_view bytes, std::vector<Track>& tracks);

} // namespace spindle::catalog
