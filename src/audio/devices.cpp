// SPDX-License-Identifier: Apache-2.0
#include "audio/devices.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string_view>

#include <unistd.h>

#include "audio/detail/alsa.h"
#include "base/text.h"

namespace spindle::audio {
namespace {

struct CloseControl {
    void operator()(snd_ctl_t* control) const { snd_ctl_close(control); }
};
struct FreeCardInfo {
    void operator()(snd_ctl_card_info_t* info) const { snd_ctl_card_info_free(info); }
};
struct FreePcmInfo {
    void operator()(snd_pcm_info_t* info) const { snd_pcm_info_free(info); }
};
struct FreeText {
    void operator()(char* text) const { std::free(text); } // NOLINT: libasound used malloc
};
using Text = std::unique_ptr<char, FreeText>;

/// The devices of one card that record.
void add_card(int card, std::vector<CaptureDevice>& devices) {
    snd_ctl_t* raw_control = nullptr;
    if (snd_ctl_open(&raw_control, fmt::format("hw:{}", card).c_str(), SND_CTL_NONBLOCK) < 0) {
        return;
    }
    const std::unique_ptr<snd_ctl_t, CloseControl> control(raw_control);
    snd_ctl_card_info_t* raw_card = nullptr;
    snd_pcm_info_t* raw_pcm = nullptr;
    if (snd_ctl_card_info_malloc(&raw_card) < 0) {
        return;
    }
    const std::unique_ptr<snd_ctl_card_info_t, FreeCardInfo> info(raw_card);
    if (snd_pcm_info_malloc(&raw_pcm) < 0 || snd_ctl_card_info(raw_control, raw_card) < 0) {
        return;
    }
    const std::unique_ptr<snd_pcm_info_t, FreePcmInfo> pcm(raw_pcm);
    const std::string id = snd_ctl_card_info_get_id(raw_card);
    for (int device = -1; snd_ctl_pcm_next_device(raw_control, &device) == 0 && device >= 0;) {
        snd_pcm_info_set_device(raw_pcm, static_cast<unsigned>(device));
        snd_pcm_info_set_subdevice(raw_pcm, 0);
        snd_pcm_info_set_stream(raw_pcm, SND_PCM_STREAM_CAPTURE);
        if (snd_ctl_pcm_info(raw_control, raw_pcm) == 0) {
            devices.push_back(
                {fmt::format("hw:CARD={},DEV={}", id, device), id,
                 text::printable(fmt::format("{}, {}", snd_ctl_card_info_get_name(raw_card),
                                             snd_pcm_info_get_name(raw_pcm)))});
        }
    }
}

/// Other names of the same cards, and what is of no use: a dozen for each card otherwise.
bool is_of_interest(std::string_view name) {
    constexpr std::array<std::string_view, 9> kNot{
        "null", "lavrate", "samplerate", "jack_", "speexrate", "upmix", "vdownmix", "oss", "speex"};
    return name.find("CARD=") == std::string_view::npos &&
           std::find(kNot.begin(), kNot.end(), name) == kNot.end();
}

void add_configured(std::vector<CaptureDevice>& devices) {
    void** hints = nullptr;
    if (snd_device_name_hint(-1, "pcm", &hints) < 0) {
        return;
    }
    for (void** hint = hints; *hint != nullptr; ++hint) {
        const Text name(snd_device_name_get_hint(*hint, "NAME"));
        const Text direction(snd_device_name_get_hint(*hint, "IOID"));
        const Text description(snd_device_name_get_hint(*hint, "DESC"));
        const bool records = !direction || std::string_view(direction.get()) == "Input";
        if (!name || !records || !is_of_interest(name.get())) {
            continue;
        }
        std::string words = description ? text::printable(description.get()) : "";
        std::replace(words.begin(), words.end(), '\n', ' ');
        devices.push_back({name.get(), "", words});
    }
    snd_device_name_free_hint(hints);
}

/// Devices the kernel has, as files; this user may be forbidden to open them.
bool forbidden() {
    std::error_code error;
    bool any = false;
    for (const auto& entry : std::filesystem::directory_iterator("/dev/snd", error)) {
        if (entry.path().filename().string().starts_with("control")) {
            if (::access(entry.path().c_str(), R_OK | W_OK) == 0) {
                return false;
            }
            any = true;
        }
    }
    return any;
}

} // namespace

Result<std::vector<CaptureDevice>> capture_devices() {
    const detail::QuietAlsa quiet;
    std::vector<CaptureDevice> devices;
    if (forbidden()) {
        return fail(Code::NoAccess,
                    "/dev/snd: there are sound cards, but this user may not use them; become a "
                    "member of the group audio (sudo usermod -aG audio $USER) and log in again");
    }
    for (int card = -1; snd_card_next(&card) == 0 && card >= 0;) {
        add_card(card, devices);
    }
    add_configured(devices);
    return devices;
}

} // namespace spindle::audio
