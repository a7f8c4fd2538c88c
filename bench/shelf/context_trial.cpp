// SPDX-License-Identifier: Apache-2.0
#include "shelf/context_trial.h"

#include <algorithm>
#include <map>
#include <random>

#include "app/dig/shelf_context.h"
#include "app/dig/spine_matching.h"
#include "catalog/group_key.h"

namespace spindle::bench {
namespace {

constexpr std::size_t kDiscs = 40;    // on a shelf
constexpr std::size_t kLabelRun = 10; // discs of a label in a row
constexpr std::size_t kArtistRun = 3; // of an artist
constexpr unsigned kOneIn = 4;        // spines of which glare leaves the first word of a line

using Releases = std::vector<catalog::Release>;

Result<Releases> all_releases(const catalog::Catalog& catalog) {
    Releases releases;
    for (const catalog::CatalogFile& file : catalog.files()) {
        for (const ReleaseId id : file.ids()) {
            SPINDLE_TRY(auto found, catalog.find(id));
            if (found && !found->title.empty() && !found->artists.empty() &&
                !found->labels.empty()) {
                releases.push_back(std::move(*found));
            }
        }
    }
    return releases;
}

/// Sets of releases that have something in common, as large as a run needs.
template <typename Key>
std::vector<std::vector<std::size_t>> runs_of(const Releases& releases, std::size_t least,
                                              const Key& key) {
    std::map<std::string, std::vector<std::size_t>> by_key;
    for (std::size_t i = 0; i < releases.size(); ++i) {
        by_key[key(releases[i])].push_back(i);
    }
    std::vector<std::vector<std::size_t>> runs;
    for (auto& [name, members] : by_key) {
        if (members.size() >= least) {
            runs.push_back(std::move(members));
        }
    }
    return runs;
}

class Shelves {
public:
    Shelves(const Releases& releases, std::uint64_t seed)
        : releases_(releases), random_(seed),
          labels_(runs_of(releases, kLabelRun,
                          [](const auto& release) { return release.labels.front().label; })),
          artists_(runs_of(releases, kArtistRun, [](const auto& release) {
              return catalog::credit_line(release.artists);
          })) {}

    std::vector<std::size_t> draw(ShelfOrder order) {
        std::vector<std::size_t> shelf;
        const auto add_run = [&](const auto& runs, std::size_t count) {
            const auto& run = runs[random_() % runs.size()];
            for (std::size_t i = 0; i < count; ++i) {
                shelf.push_back(run[random_() % run.size()]);
            }
        };
        while (shelf.size() < kDiscs) {
            if (order == ShelfOrder::ByLabel && !labels_.empty()) {
                add_run(labels_, kLabelRun);
            } else if (order == ShelfOrder::ArtistRuns && random_() % 2 == 0 && !artists_.empty()) {
                add_run(artists_, kArtistRun);
            } else {
                shelf.push_back(random_() % releases_.size());
            }
        }
        if (order == ShelfOrder::ByArtist || order == ShelfOrder::ArtistRuns) {
            std::stable_sort(shelf.begin(), shelf.end(), [&](std::size_t a, std::size_t b) {
                return catalog::recording_name(releases_[a]) <
                       catalog::recording_name(releases_[b]);
            });
        }
        return shelf;
    }

    app::Disc read(std::size_t release, const NoiseOptions& noise) {
        const NoisySpine spine = read_noisily(releases_[release], noise, random_());
        const bool has_glare = random_() % kOneIn == 0;
        shelf::SpineReading reading;
        for (const NoisyLine& line : spine.lines) {
            shelf::Line& row = reading.lines.emplace_back();
            for (const NoisyWord& word : line) {
                shelf::Word& seen = row.words.emplace_back();
                seen.text = word.text;
                seen.confidence = word.confidence;
                for (const std::string& other : word.alternatives) {
                    seen.alternatives.push_back({other, (1 - word.confidence) / 2});
                }
            }
            if (has_glare && row.words.size() > 1) {
                row.words.resize(1);
            }
        }
        app::Disc disc;
        disc.seen = {{0, {{}, {std::move(reading)}}}};
        return disc;
    }

private:
    const Releases& releases_;
    std::mt19937_64 random_;
    std::vector<std::vector<std::size_t>> labels_, artists_;
};

bool is_right(const app::Disc& disc, const catalog::Release& truth) {
    const app::Candidate& first = disc.candidates.front();
    return (first.title == truth.title && first.artist == catalog::credit_line(truth.artists)) ||
           std::any_of(first.pressings.begin(), first.pressings.end(),
                       [&](const auto& pressing) { return pressing.id == truth.id; });
}

void count(const std::vector<app::Disc>& discs, const std::vector<std::size_t>& shelf,
           const Releases& releases, std::size_t& right, std::size_t& wrong) {
    for (std::size_t i = 0; i < discs.size(); ++i) {
        if (discs[i].verdict == app::DiscVerdict::Known) {
            ++(is_right(discs[i], releases[shelf[i]]) ? right : wrong);
        }
    }
}

} // namespace

Result<std::vector<ContextTrial>> try_contexts(const catalog::Catalog& catalog, std::size_t shelves,
                                               const NoiseOptions& noise, double certainty,
                                               std::uint64_t seed) {
    SPINDLE_TRY(const auto releases, all_releases(catalog));
    if (releases.empty()) {
        return fail(Code::NotFound, "the catalog has no release with artist, title and label");
    }
    catalog::MatchOptions matching;
    matching.certainty = certainty;
    const catalog::Matcher matcher(catalog, matching);
    app::ContextOptions context;
    context.certainty = certainty;
    Shelves drawn(releases, seed);
    std::vector<ContextTrial> trials;
    for (const auto& [order, name] : {std::pair{ShelfOrder::None, "no order"},
                                      {ShelfOrder::ByArtist, "by artist"},
                                      {ShelfOrder::ByLabel, "by label"},
                                      {ShelfOrder::ArtistRuns, "artists in runs"}}) {
        ContextTrial& trial = trials.emplace_back();
        trial.order = name;
        for (std::size_t i = 0; i < shelves; ++i) {
            const auto shelf = drawn.draw(order);
            std::vector<app::Disc> discs;
            for (const std::size_t release : shelf) {
                discs.push_back(drawn.read(release, noise));
                SPINDLE_TRY_VOID(app::match_disc(matcher, discs.back()));
            }
            trial.discs += discs.size();
            count(discs, shelf, releases, trial.right_alone, trial.wrong_alone);
            app::weigh_by_neighbours(discs, context);
            count(discs, shelf, releases, trial.right_with, trial.wrong_with);
        }
    }
    return trials;
}

} // namespace spindle::bench
