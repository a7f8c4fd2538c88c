// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace spindle::audio::detail {

/// A device's name that survives renumbering: "hw:1" and "plughw:1,0" become "hw:CARD=CODEC" and
/// "plughw:CARD=CODEC,DEV=0" by the id the card of that number has now. Other names, and numbers no
/// card has, come back as they are.
/// @param id_of the id of a card, by its number
std::string stable_name(const std::string& device,
                        const std::function<std::optional<std::string>(int)>& id_of);

/// The id of card number `card` of this machine.
std::optional<std::string> card_id(int card);

} // namespace spindle::audio::detail
