// SPDX-License-Identifier: Apache-2.0
#include "material/beds.h"

#include <algorithm>
#include <system_error>

#include "material/music_file.h"
#include "simulator/degrade.h"

namespace spindle::material {

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code missing;
    for (const auto& entry : std::filesystem::directory_iterator(folder, missing)) {
        if (entry.is_regular_file() && !entry.path().filename().string().starts_with('.')) {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

Result<std::vector<simulator::RealBed>> read_beds(const std::filesystem::path& folder) {
    std::vector<simulator::RealBed> beds;
    for (const auto& file : files_in(folder)) {
        SPINDLE_TRY(const Music music, read_music(file, SampleRate{44100}));
        beds.push_back({file.stem().string(),
                        simulator::to_mono({music.samples, music.channels, music.rate}),
                        music.rate});
    }
    return beds;
}

} // namespace spindle::material
