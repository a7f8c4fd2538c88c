// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

// How people write that an album has several discs: folders "CD1", "Disc 2 - Live", "Side B", album
// tags "White (Disc 2)".
namespace spindle::app {

/// The number in the name of a disc: "CD 02" -> 2, "Side B" -> 2, "disc1 - Early" -> 1; 0 for any
/// other text ("CDs", "Discovery", "Side effects").
int disc_number_in(std::string_view name);

/// "White (Disc 2)", "White [CD1]" -> "White"; other names as they are, without space around.
std::string album_without_disc(std::string_view album);

/// The disc a file is on by its album's name, else by its folder's; 0 = not said.
int disc_number_of(const std::string& path, std::string_view album);

} // namespace spindle::app
