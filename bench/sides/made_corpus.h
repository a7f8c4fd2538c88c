// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "material/manifest.h"
#include "material/wav.h"
#include "testing/synthetic_music.h"
#include "testing/temp_folder.h"

namespace spindle::sides::testing {

/// A corpus of made-up music, for tests: one package with five known tracks of 32 to 48 s and two
/// unknown ones.
class MadeCorpus {
public:
    MadeCorpus() {
        manifest_.folder = folder_.path();
        std::filesystem::create_directories(folder_.path() / "speech");
        for (std::uint32_t number = 1; number <= 7; ++number) {
            const double length = 28 + 4.0 * number;
            const auto music = spindle::testing::synthetic_music(number, length, kRate.hz);
            const std::string name = fmt::format("{}.wav", number);
            write(name, music);
            manifest_.tracks.push_back(
                {name, "package", Seconds(length),
                 number <= 5 ? material::Role::Known : material::Role::Unknown,
                 material::Set::Dev});
        }
        const auto voice = spindle::testing::synthetic_music(99, 20, kRate.hz);
        write("speech/voice.wav", voice);
    }

    static constexpr SampleRate kRate{8000};
    const material::Manifest& manifest() const { return manifest_; }
    std::filesystem::path folder() const { return folder_.path(); }

private:
    void write(const std::string& name, const std::vector<float>& music) {
        if (auto done = material::write_wav(folder_.path() / name, music, kRate); !done) {
            throw std::runtime_error(done.error().message);
        }
    }

    spindle::testing::TempFolder folder_;
    material::Manifest manifest_;
};

} // namespace spindle::sides::testing
