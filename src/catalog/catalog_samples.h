// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <random>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "catalog/builder.h"

// Made-up releases and small catalog files of them, for tests and fuzzers.
namespace spindle::catalog::samples {

/// A release of few words, with all kinds of fields; the same for the same seed. Some are empty.
inline Release random_release(std::uint32_t seed) {
    std::mt19937 random(seed);
    const auto below = [&random](std::size_t n) { return random() % n; };
    static constexpr std::array<const char*, 24> kWords{
        "Love",  "Night", "the",   "Björk",  "Кино",   "東京",    "of",    "Live",
        "Don't", "Blue",  "Дым",   "Volume", "II",     "(Remix)", "Sound", "Ágætis",
        "Black", "Sun",   "AC/DC", "1999",   "ガラス", "Soul",    "Trane", "Opus"};
    const auto words = [&](std::size_t most) {
        std::string text;
        for (std::size_t i = below(most + 1); i > 0; --i) {
            text += text.empty() ? "" : " ";
            text += kWords[below(kWords.size())];
        }
        return text;
    };
    const auto digits = [&](std::size_t count) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) {
            text.push_back(static_cast<char>('0' + below(10)));
        }
        return text;
    };
    Release release;
    release.id.value = seed;
    release.master.value = below(3) == 0 ? 0 : static_cast<std::uint32_t>(1 + below(500));
    release.year = static_cast<std::uint16_t>(below(4) == 0 ? 0 : 1950 + below(70));
    release.title = words(5);
    release.country = std::array{"", "US", "UK", "Germany", "Japan"}[below(5)];
    for (std::size_t i = below(4); i > 0; --i) {
        ArtistCredit artist;
        artist.id = static_cast<std::uint32_t>(random());
        artist.name = words(3) + (below(4) == 0 ? " (" + digits(1) + ")" : "");
        artist.variation = below(3) == 0 ? words(2) : "";
        artist.join = i > 1 ? std::array{",", "&", "Feat.", ""}[below(4)] : "";
        release.artists.push_back(std::move(artist));
    }
    for (std::size_t i = below(3); i > 0; --i) {
        release.labels.push_back({words(2), below(5) == 0 ? "" : "CD " + digits(5)});
    }
    for (std::size_t i = below(3); i > 0; --i) {
        release.formats.push_back({std::array{"CD", "Vinyl", "Cassette"}[below(3)],
                                   static_cast<std::uint32_t>(1 + below(3)),
                                   words(1),
                                   {"Album", "Reissue"}});
    }
    for (std::size_t i = below(3); i > 0; --i) {
        release.barcodes.push_back(digits(1) + " " + digits(5) + " " + digits(5) + " " + digits(1));
    }
    for (std::size_t i = below(3); i > 0; --i) {
        release.matrices.push_back({digits(7) + " A-1", below(2) == 0 ? "Side A" : ""});
    }
    for (std::size_t i = below(14); i > 0; --i) {
        release.tracks.push_back(
            {std::to_string(i), words(4), static_cast<std::uint32_t>(below(600))});
    }
    return release;
}

/// Releases with the numbers `first` to `first + count - 1`.
inline std::vector<Release> random_releases(std::uint32_t first, std::uint32_t count) {
    std::vector<Release> releases;
    for (std::uint32_t i = 0; i < count; ++i) {
        releases.push_back(random_release(first + i));
    }
    return releases;
}

struct BuildPlan {
    unsigned threads = 1;
    BuildOptions options;
    std::vector<std::pair<MasterId, std::uint16_t>> first_years;
    std::vector<MasterId> other_versions; ///< masters of releases that are not taken
    std::vector<std::pair<std::string, std::string>> about{{"source", "samples"}};
};

/// The steps of a CatalogBuilder after it was created, shared out among threads.
inline Result<void> run_builder(CatalogBuilder& builder, std::span<const Release> releases,
                                const BuildPlan& plan) {
    const auto in_parallel = [&](std::size_t count, auto&& work) -> Result<void> {
        std::atomic<std::size_t> next{0};
        std::vector<Result<void>> results(count);
        {
            std::vector<std::jthread> threads;
            for (unsigned i = 0; i < plan.threads; ++i) {
                threads.emplace_back([&] {
                    for (std::size_t item = next++; item < count; item = next++) {
                        results[item] = work(item);
                    }
                });
            }
        }
        for (const Result<void>& result : results) {
            SPINDLE_TRY_VOID(result);
        }
        return {};
    };
    constexpr std::size_t kBatch = 100;
    builder.count_versions(plan.other_versions);
    SPINDLE_TRY_VOID(in_parallel((releases.size() + kBatch - 1) / kBatch, [&](std::size_t batch) {
        const std::size_t begin = batch * kBatch;
        return builder.add(releases.subspan(begin, std::min(kBatch, releases.size() - begin)));
    }));
    for (const auto& [master, year] : plan.first_years) {
        builder.set_first_year(master, year);
    }
    SPINDLE_TRY(const std::size_t parts, builder.seal());
    SPINDLE_TRY_VOID(in_parallel(parts, [&](std::size_t part) { return builder.order(part); }));
    SPINDLE_TRY_VOID(in_parallel(CatalogBuilder::kShards,
                                 [&](std::size_t shard) { return builder.index(shard); }));
    return builder.finish(plan.about);
}

/// Makes the catalog file `file` of these releases; temporary files go to `scratch`.
inline Result<void> write_catalog(const std::filesystem::path& file,
                                  const std::filesystem::path& scratch,
                                  std::span<const Release> releases, const BuildPlan& plan = {}) {
    SPINDLE_TRY(auto builder, CatalogBuilder::create(file, scratch, plan.options));
    return run_builder(builder, releases, plan);
}

} // namespace spindle::catalog::samples
