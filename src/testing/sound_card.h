// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/boot_time.h"
#include "testing/sound_card/script.h"
#include "testing/temp_folder.h"

namespace spindle::testing {

/// A clock that runs `speed` times as fast as the real one, beginning at an hour after the start of
/// the machine, in step with a SoundCard of that speed.
class FastClock final : public BootClock {
public:
    explicit FastClock(double speed) : speed_(speed), real_begun_(real_.now()) {}

    BootTime now() const override { return begun() + (real_.now() - real_begun_) * speed_; }
    void wait(Seconds length, const std::stop_token& stop) const override {
        real_.wait(length / speed_, stop);
    }
    Seconds real_time(Seconds length) const override { return length / speed_; }
    static BootTime begun() { return {std::chrono::hours{1}}; }
    BootTime real_begun() const { return real_begun_; }
    double speed() const { return speed_; }

private:
    SystemBootClock real_;
    double speed_;
    BootTime real_begun_;
};

/// A sound card for this process and the programs it starts: libasound itself, with a device
/// "turntable" with its mixer (and "speaker", to play on) that does what script() says. One at a
/// time: it sets ALSA_CONFIG_PATH. Construct it before other threads exist.
class SoundCard {
public:
    /// @param plugin the built src/testing/sound_card/plugin.cpp
    /// @param sound a file of raw frames that "turntable" plays round and round; empty: a signal
    explicit SoundCard(const FastClock& clock, const std::string& plugin = SPINDLE_SOUND_CARD,
                       const std::filesystem::path& sound = {})
        : clock_(clock), plugin_(plugin), sound_(sound) {
        plug_in();
        ::setenv("ALSA_CONFIG_PATH", config().c_str(), 1);
    }
    ~SoundCard() {
        ::unsetenv("ALSA_CONFIG_PATH");
        for (CardScript* script : scripts_) {
            ::munmap(script, sizeof(CardScript));
        }
    }
    SoundCard(const SoundCard&) = delete;
    SoundCard& operator=(const SoundCard&) = delete;

    CardScript& script() { return *scripts_.back(); }

    /// Pulls the card out and plugs it in again as another one, which has its name from now on. The
    /// old one is gone for ever.
    void renumber() {
        script().run_error = ENODEV;
        plug_in();
    }
    std::filesystem::path config() const { return folder_ / "asound.conf"; }
    std::filesystem::path played() const { return folder_ / "played"; } ///< raw, by "speaker"

private:
    void plug_in() {
        const std::string script = (folder_ / fmt::format("script{}", scripts_.size())).string();
        const int file = ::open(script.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (file < 0 || ::ftruncate(file, sizeof(CardScript)) != 0) {
            throw std::runtime_error("no script for the simulated sound card");
        }
        void* memory =
            ::mmap(nullptr, sizeof(CardScript), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        ::close(file);
        if (memory == MAP_FAILED) {
            throw std::runtime_error("no memory for the simulated sound card");
        }
        scripts_.push_back(new (memory) CardScript);
        scripts_.back()->speed = clock_.speed();
        scripts_.back()->epoch_ns = clock_.real_begun().since_boot.count();
        const std::string playing =
            sound_.empty() ? std::string() : fmt::format("  sound \"{}\"\n", sound_.string());
        const auto written = folder_ / "asound.new";
        std::ofstream(written) << fmt::format(
            "pcm_type.simulated {{ lib \"{0}\" }}\n"
            "pcm.turntable {{\n  type simulated\n  script \"{1}\"\n{2}"
            "  hint {{ show on description \"A simulated turntable\" }}\n}}\n"
            "pcm.speaker {{\n  type simulated\n  script \"{1}\"\n  record \"{3}\"\n}}\n"
            "pcm.nothing {{ type null }}\n"
            "ctl_type.simulated {{ lib \"{0}\" }}\n"
            "ctl.turntable {{\n  type simulated\n  script \"{1}\"\n}}\n",
            plugin_, script, playing, played().string());
        std::filesystem::rename(written, config()); // as another file it is read again
    }

    const FastClock& clock_;
    std::string plugin_;
    std::filesystem::path sound_;
    TempFolder folder_;
    std::vector<CardScript*> scripts_; ///< the last one is plugged in
};

} // namespace spindle::testing
