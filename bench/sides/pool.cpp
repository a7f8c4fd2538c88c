// SPDX-License-Identifier: Apache-2.0
#include "sides/pool.h"

#include <algorithm>
#include <map>
#include <system_error>

#include "material/beds.h"
#include "material/music_file.h"
#include "material/wav.h"
#include "simulator/degrade.h"

namespace spindle::sides {
namespace {

constexpr Seconds kInterlude{6};
constexpr Seconds kShortestTrack{30};
constexpr SampleRate kInterludeRate{44100};
constexpr std::string_view kInterludeFile = "interlude-";
constexpr std::size_t kLeastKnown = 3; // of a package that gets an interlude
constexpr std::size_t kLeastUnknown = 2;

bool is_interlude(const material::CorpusTrack& track) {
    return std::filesystem::path(track.path).filename().string().starts_with(kInterludeFile);
}

/// 6 s from the middle of a track, as a file.
Result<void> write_interlude(const std::filesystem::path& from, const std::filesystem::path& to) {
    SPINDLE_TRY(const auto music, material::read_music(from, kInterludeRate));
    const auto mono = simulator::to_mono({music.samples, music.channels, music.rate});
    const auto count =
        std::min(mono.size(), static_cast<std::size_t>(kInterlude.count() * kInterludeRate.hz));
    auto cut = std::vector<float>(
        mono.begin() + std::ssize(mono) / 2 - static_cast<std::ptrdiff_t>(count) / 2,
        mono.begin() + std::ssize(mono) / 2 - static_cast<std::ptrdiff_t>(count) / 2 +
            static_cast<std::ptrdiff_t>(count));
    constexpr std::size_t fade = 441; // 10 ms: no click of the cut
    for (std::size_t i = 0; i < std::min(fade, count); ++i) {
        const float gain = static_cast<float>(i) / fade;
        cut[i] *= gain;
        cut[count - 1 - i] *= gain;
    }
    return material::write_wav(to, cut, kInterludeRate);
}

} // namespace

Result<material::Manifest> with_interludes(material::Manifest corpus,
                                           const std::filesystem::path& folder) {
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem) {
        return tl::unexpected(system_error(folder.string(), problem.value()));
    }
    struct Package {
        std::size_t known = 0;
        std::vector<std::size_t> unknown;
    };
    std::map<std::string, Package> packages;
    for (std::size_t i = 0; i < corpus.tracks.size(); ++i) {
        const auto& track = corpus.tracks[i];
        if (track.duration >= kShortestTrack) {
            auto& package = packages[track.package];
            if (track.role == material::Role::Known) {
                ++package.known;
            } else {
                package.unknown.push_back(i);
            }
        }
    }
    for (const auto& [name, package] : packages) {
        if (package.known < kLeastKnown || package.unknown.size() < kLeastUnknown) {
            continue;
        }
        // The shortest: the least that is taken from the unknown music.
        const std::size_t source = *std::ranges::min_element(
            package.unknown, {}, [&](std::size_t i) { return corpus.tracks[i].duration; });
        auto& track = corpus.tracks[source];
        const auto file =
            std::filesystem::absolute(folder / fmt::format("{}{}.wav", kInterludeFile, name));
        if (!std::filesystem::exists(file)) {
            SPINDLE_TRY_VOID(write_interlude(corpus.folder / track.path, file));
        }
        track.path = file.string();
        track.duration = kInterlude;
        track.role = material::Role::Known;
    }
    return corpus;
}

Pool make_pool(const material::Manifest& corpus, material::Set set) {
    Pool pool;
    pool.number_of.resize(1); // no track has the id 0
    std::map<std::string, PoolRecord> records;
    std::map<std::string, std::vector<std::size_t>> unknown;
    for (const auto& track : corpus.tracks) {
        const std::size_t number = pool.files.size();
        pool.files.push_back(corpus.folder / track.path);
        pool.names.push_back(track.path);
        pool.durations.push_back(track.duration);
        pool.ids.emplace_back();
        if (track.role == material::Role::Known) {
            pool.ids.back().value = static_cast<std::uint32_t>(pool.number_of.size());
            pool.number_of.push_back(number);
        }
        if (track.set != set) {
            continue;
        }
        if (track.role == material::Role::Unknown) {
            unknown[track.package].push_back(number);
        } else if (is_interlude(track)) {
            records[track.package].interlude = number;
        } else if (track.duration >= kShortestTrack) {
            records[track.package].tracks.push_back(number);
        }
    }
    for (auto& [package, record] : records) {
        if (record.tracks.size() >= 2) {
            record.package = package;
            record.record = RecordId{static_cast<std::uint32_t>(pool.records.size() + 1)};
            pool.records.push_back(std::move(record));
        }
    }
    for (auto& [package, tracks] : unknown) {
        pool.unknown.push_back(std::move(tracks));
    }
    for (const auto& file : material::files_in(corpus.folder / "speech")) {
        pool.speech.push_back(pool.files.size());
        pool.files.push_back(file);
        pool.names.push_back("speech/" + file.filename().string());
        pool.durations.emplace_back(0);
        pool.ids.push_back({});
    }
    return pool;
}

} // namespace spindle::sides
