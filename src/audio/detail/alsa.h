// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdarg>
#include <memory>
#include <string>

extern "C" { // libasound 1.2.8 closes its own too early: one function stands outside
#include <alsa/error.h>
}
#include <alsa/asoundlib.h>

#include "base/result.h"

/// Owners for libasound's objects, and its errors as ours.
namespace spindle::audio::detail {

struct ClosePcm {
    void operator()(snd_pcm_t* pcm) const { snd_pcm_close(pcm); } // may say -ENODEV: it is closed
};
using PcmPointer = std::unique_ptr<snd_pcm_t, ClosePcm>;

/// While it lives, what libasound wants to print on this thread is kept instead.
class QuietAlsa {
public:
    QuietAlsa();
    ~QuietAlsa();
    QuietAlsa(const QuietAlsa&) = delete;
    QuietAlsa& operator=(const QuietAlsa&) = delete;

private:
    snd_local_error_handler_t before_;
};

/// What an error of opening or starting a device means and what its owner can do.
/// @param error negative, as libasound returns it
Error device_error(const std::string& device, int error);

} // namespace spindle::audio::detail
