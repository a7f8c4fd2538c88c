// SPDX-License-Identifier: Apache-2.0
#include "audio/detail/device_name.h"

#include <charconv>
#include <string_view>
#include <system_error>

#include "audio/detail/alsa.h"

namespace spindle::audio::detail {

namespace {

/// A number of one to three digits: enough for any card.
std::optional<int> small_number(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_whole = error == std::errc() && end == text.data() + text.size();
    return is_whole && text.size() <= 3 && text.front() != '-' ? std::optional(number)
                                                               : std::nullopt;
}

} // namespace

std::string stable_name(const std::string& device,
                        const std::function<std::optional<std::string>(int)>& id_of) {
    // hw:1, plughw:1,0, plug:hw:1
    std::string_view rest = device;
    while (rest.starts_with("plug:")) {
        rest.remove_prefix(5);
    }
    rest.remove_prefix(rest.starts_with("plughw:") ? 4 : 0);
    if (!rest.starts_with("hw:")) {
        return device;
    }
    rest.remove_prefix(3);
    const std::size_t comma = rest.find(',');
    const auto card = small_number(rest.substr(0, comma));
    const bool has_device = comma != std::string_view::npos;
    if (!card || (has_device && !small_number(rest.substr(comma + 1)))) {
        return device;
    }
    const auto id = id_of(*card);
    if (!id) {
        return device;
    }
    const std::string kind = device.substr(0, device.size() - rest.size() - 1);
    return fmt::format("{}:CARD={}{}{}", kind, *id, has_device ? ",DEV=" : "",
                       has_device ? rest.substr(comma + 1) : std::string_view());
}

std::optional<std::string> card_id(int card) {
    const QuietAlsa quiet;
    snd_ctl_t* control = nullptr;
    if (snd_ctl_open(&control, fmt::format("hw:{}", card).c_str(), SND_CTL_NONBLOCK) < 0) {
        return std::nullopt;
    }
    std::optional<std::string> id;
    snd_ctl_card_info_t* info = nullptr;
    if (snd_ctl_card_info_malloc(&info) == 0) {
        if (snd_ctl_card_info(control, info) == 0) {
            id = snd_ctl_card_info_get_id(info);
        }
        snd_ctl_card_info_free(info);
    }
    snd_ctl_close(control);
    return id;
}

} // namespace spindle::audio::detail
