// SPDX-License-Identifier: Apache-2.0
#include "audio/mixer.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <string_view>

#include "audio/detail/alsa.h"
#include "base/text.h"

namespace spindle::audio {
namespace {

struct CloseMixer {
    void operator()(snd_mixer_t* mixer) const { snd_mixer_close(mixer); }
};

// Hardware has some dozens; bounds what a driver can make us read.
constexpr unsigned kMostChoices = 64;

std::string choice_name(snd_mixer_elem_t* element, unsigned choice) {
    std::array<char, 64> name{};
    if (snd_mixer_selem_get_enum_item_name(element, choice, name.size() - 1, name.data()) < 0) {
        return {};
    }
    return text::printable(name.data());
}

void read_selector(snd_mixer_elem_t* element, MixerControl& control) {
    const int count = snd_mixer_selem_get_enum_items(element);
    for (unsigned choice = 0;
         count > 0 && choice < std::min(static_cast<unsigned>(count), kMostChoices); ++choice) {
        control.choices.push_back(choice_name(element, choice));
    }
    unsigned chosen = 0;
    if (snd_mixer_selem_get_enum_item(element, SND_MIXER_SCHN_FRONT_LEFT, &chosen) == 0) {
        control.chosen = choice_name(element, chosen);
    }
}

/// On if any channel is, and as loud as its loudest.
void read_capture(snd_mixer_elem_t* element, MixerControl& control) {
    long least = 0;
    long most = 0;
    const bool has_volume = snd_mixer_selem_has_capture_volume(element) != 0 &&
                            snd_mixer_selem_get_capture_volume_range(element, &least, &most) == 0 &&
                            most > least;
    const bool has_switch = snd_mixer_selem_has_capture_switch(element) != 0;
    for (int number = 0; number <= SND_MIXER_SCHN_LAST; ++number) {
        const auto channel = static_cast<snd_mixer_selem_channel_id_t>(number);
        if (snd_mixer_selem_has_capture_channel(element, channel) == 0) {
            continue;
        }
        int on = 0;
        if (has_switch && snd_mixer_selem_get_capture_switch(element, channel, &on) == 0) {
            control.on = control.on.value_or(false) || on != 0;
        }
        long volume = 0;
        if (has_volume && snd_mixer_selem_get_capture_volume(element, channel, &volume) == 0) {
            const double level =
                static_cast<double>(volume - least) / static_cast<double>(most - least);
            control.level = std::max(control.level.value_or(0), level);
        }
    }
}

bool names(std::string_view name, std::string_view word) {
    return text::ascii_lower(name).find(word) != std::string::npos;
}

std::string card_option(const std::string& mixer) {
    const std::size_t card = mixer.find("CARD=");
    return card == std::string::npos ? "-D " + mixer : "-c " + mixer.substr(card + 5);
}

} // namespace

std::string mixer_of(const std::string& device) {
    const std::size_t hardware = device.find("hw:");
    if (hardware == std::string::npos) {
        return device;
    }
    return device.substr(hardware, device.find(',', hardware) - hardware);
}

Result<std::vector<MixerControl>> capture_mixer(const std::string& mixer) {
    const detail::QuietAlsa quiet;
    snd_mixer_t* raw = nullptr;
    if (snd_mixer_open(&raw, 0) < 0) {
        return fail(Code::Failed, "{}: not enough memory for its mixer", mixer);
    }
    const std::unique_ptr<snd_mixer_t, CloseMixer> owner(raw);
    if (const int error = snd_mixer_attach(raw, mixer.c_str()); error < 0) {
        if (error == -ENOENT || error == -ENXIO || error == -EINVAL) {
            return fail(Code::NotFound, "{}: has no mixer", mixer);
        }
        return tl::unexpected(detail::device_error(mixer, error));
    }
    if (const int error = snd_mixer_selem_register(raw, nullptr, nullptr); error < 0) {
        return tl::unexpected(detail::device_error(mixer, error));
    }
    if (const int error = snd_mixer_load(raw); error < 0) {
        return tl::unexpected(detail::device_error(mixer, error));
    }
    std::vector<MixerControl> controls;
    for (snd_mixer_elem_t* element = snd_mixer_first_elem(raw); element != nullptr;
         element = snd_mixer_elem_next(element)) {
        MixerControl control;
        control.name = text::printable(snd_mixer_selem_get_name(element));
        if (snd_mixer_selem_is_enumerated(element) != 0) {
            if (names(control.name, "source") || names(control.name, "capture")) {
                read_selector(element, control);
                controls.push_back(std::move(control));
            }
        } else if (snd_mixer_selem_has_capture_switch(element) != 0 ||
                   snd_mixer_selem_has_capture_volume(element) != 0) {
            read_capture(element, control);
            controls.push_back(std::move(control));
        }
    }
    return controls;
}

std::vector<std::string> mixer_faults(const std::string& mixer,
                                      const std::vector<MixerControl>& controls) {
    std::vector<std::string> faults;
    const std::string amixer = "amixer " + card_option(mixer);
    bool any_switch = false;
    bool any_on = false;
    const MixerControl* line_off = nullptr;
    const MixerControl* microphone_on = nullptr;
    for (const MixerControl& control : controls) {
        any_switch = any_switch || control.on.has_value();
        any_on = any_on || control.on.value_or(false);
        if (control.on && names(control.name, "line") && !*control.on) {
            line_off = &control;
        }
        if (control.on && names(control.name, "mic") && *control.on) {
            microphone_on = &control;
        }
        if (control.level && *control.level <= 0 && control.on.value_or(true)) {
            faults.push_back(fmt::format("{}: the level of {} is at 0; raise it: {} sset '{}' 70% "
                                         "cap",
                                         mixer, control.name, amixer, control.name));
        }
        const auto line =
            std::find_if(control.choices.begin(), control.choices.end(),
                         [](const std::string& choice) { return names(choice, "line"); });
        if (names(control.chosen, "mic") && line != control.choices.end()) {
            faults.push_back(
                fmt::format("{}: it records {}, and a turntable is plugged into {}: {} "
                            "sset '{}' '{}'",
                            mixer, control.chosen, *line, amixer, control.name, *line));
        }
    }
    if (any_switch && !any_on) {
        faults.push_back(fmt::format("{}: recording is switched off; in alsamixer {}, press F4, go "
                                     "to the input and press the space bar",
                                     mixer, card_option(mixer)));
    } else if (line_off != nullptr && microphone_on != nullptr) {
        faults.push_back(fmt::format("{}: it records {}, and {} is switched off: {} sset '{}' cap",
                                     mixer, microphone_on->name, line_off->name, amixer,
                                     line_off->name));
    }
    return faults;
}

} // namespace spindle::audio
