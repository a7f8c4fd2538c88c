// SPDX-License-Identifier: Apache-2.0
#include "audio/detail/device_name.h"

#include <cstdlib>
#include <regex>

#include "audio/detail/alsa.h"

namespace spindle::audio::detail {

std::string stable_name(const std::string& device,
                        const std::function<std::optional<std::string>(int)>& id_of) {
    // Three digits are enough for any card and keep the number small.
    static const std::regex pattern(R"(((?:plug:)*(?:plug)?hw):([0-9]{1,3})(?:,([0-9]{1,3}))?)");
    std::smatch parts;
    if (!std::regex_match(device, parts, pattern)) {
        return device;
    }
    const auto id = id_of(std::stoi(parts[2]));
    if (!id) {
        return device;
    }
    return parts[1].str() + ":CARD=" + *id + (parts[3].matched ? ",DEV=" + parts[3].str() : "");
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
