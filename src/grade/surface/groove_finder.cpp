// SPDX-License-Identifier: Apache-2.0
#include "grade/surface/groove_finder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

#include "grade/surface/even_runs.h"
#include "grade/surface/percentile.h"

namespace spindle::grade {
namespace {

constexpr Seconds kShortestPause{0.7};
constexpr Seconds kShortestGroove{1.25};
constexpr double kGrooveSpreadDb = 5;  // grooves of one side are as like as this
constexpr double kUpBelowGrooveDb = 5; // a needle that is up is at least so much quieter
constexpr double kUpBetweenGroovesDb = 10;
constexpr double kMostMidOverSideDb = 12; // real grooves: 0 +- 3, one has 9
// The quietest groove that is believed in, against the loudest twentieth of the cells: the best
// pressings reach 60 dB, 66 leaves room for an A-weighted programme.
constexpr double kQuietestGrooveDb = -66;
constexpr double kAboveFloorDb = 6;        // a groove may be louder than the floor under the music
constexpr std::size_t kFewestFrames = 400; // ... when that is known, of about ten seconds
constexpr double kMostPausesPerMinute = 5; // more gaps than that are not gaps

/// The search, step by step; each leaves its marks in `kinds_`, one per cell.
class Search {
public:
    explicit Search(const SurfaceTrack& track)
        : track_(track), kinds_(track.cells.size(), SpanKind::Music),
          runs_(even_runs(track.cells, cells_in(kShortestPause))) {}

    SideMap map() {
        mark_nothing();
        drop_what_is_music();
        if (find_level()) {
            mark_runs();
            name_by_place();
        } else {
            mark_line_noise();
        }
        return spans();
    }

private:
    std::size_t cells_in(Seconds time) const {
        return static_cast<std::size_t>(std::ceil(time / track_.cell_time() - 0.2));
    }

    void mark_nothing() {
        std::vector<double> levels;
        for (std::size_t i = 0; i < kinds_.size(); ++i) {
            if (is_nothing(track_.cells[i])) {
                kinds_[i] = SpanKind::Nothing;
            } else {
                levels.push_back(track_.cells[i].a.db());
            }
        }
        loud_db_ = percentile(levels, 0.95);
    }

    bool in_run(std::size_t cell) const {
        return std::ranges::any_of(
            runs_, [cell](const EvenRun& run) { return cell >= run.from && cell < run.to; });
    }

    /// Level of a band in a run, both channels, as the floors under the music are reckoned.
    double floor_of(std::size_t from, std::size_t to, std::size_t band, double share) const {
        std::vector<double> values;
        for (std::size_t i = from * track_.frames_per_cell;
             i < std::min(to * track_.frames_per_cell, track_.frames.size()); ++i) {
            const FrameLevels& frame = track_.frames[i];
            values.push_back(frame.floor_mid[band].power() + frame.floor_side[band].power());
        }
        return 10 * std::log10(std::max(percentile(values, share), 1e-20));
    }

    /// Noise of which the music is free is part of the music.
    void drop_what_is_music() {
        std::array<std::vector<double>, kFloorBands.size()> under;
        for (std::size_t cell = 0; cell < kinds_.size(); ++cell) {
            if (kinds_[cell] == SpanKind::Nothing || in_run(cell)) {
                continue;
            }
            const std::size_t first = cell * track_.frames_per_cell;
            const std::size_t last = std::min(first + track_.frames_per_cell, track_.frames.size());
            for (std::size_t i = first; i < last; ++i) {
                for (std::size_t band = 0; band < under.size(); ++band) {
                    const FrameLevels& frame = track_.frames[i];
                    under[band].push_back(frame.floor_mid[band].power() +
                                          frame.floor_side[band].power());
                }
            }
        }
        if (under.front().size() < kFewestFrames) {
            return;
        }
        std::array<double, kFloorBands.size()> floors{};
        for (std::size_t band = 0; band < under.size(); ++band) {
            floors[band] = 10 * std::log10(std::max(percentile(under[band], 0.05), 1e-20));
        }
        std::erase_if(runs_, [&](const EvenRun& run) {
            std::size_t bands = 0;
            std::size_t above = 0;
            for (std::size_t band = 0; band < floors.size(); ++band) {
                const double here = floor_of(run.from, run.to, band, 0.5);
                bands += here > -150 ? 1 : 0;
                above += here > -150 && here > floors[band] + kAboveFloorDb ? 1 : 0;
            }
            // In one band or two a coder may have left out under the music what it kept without.
            return 2 * above >= bands && above > 0;
        });
    }

    /// Whether nothing but noise and silence is between the run and an edge of the recording.
    bool at_start(const EvenRun& run) const { return run.from <= first_music_; }
    bool at_end(const EvenRun& run) const { return run.to >= last_music_; }

    /// The first and the last cell that are neither noise nor nothing, for a second.
    void find_music() {
        std::vector<bool> other(kinds_.size());
        for (std::size_t i = 0; i < kinds_.size(); ++i) {
            other[i] = kinds_[i] != SpanKind::Nothing;
        }
        for (const EvenRun& run : all_runs_) {
            for (std::size_t i = run.from; i < run.to; ++i) {
                other[i] = false;
            }
        }
        const std::size_t least = cells_in(Seconds(1));
        first_music_ = kinds_.size();
        last_music_ = 0;
        std::size_t row = 0;
        for (std::size_t i = 0; i < kinds_.size(); ++i) {
            row = other[i] ? row + 1 : 0;
            if (row == least) {
                first_music_ = std::min(first_music_, i + 1 - row);
            }
            if (row >= least) {
                last_music_ = i + 1;
            }
        }
    }

    /// Noise before the music and after it that is alike speaks for itself, against noise-like
    /// music next to it. Where that is so of two levels, the needle is down at the higher.
    bool agree_at_both_ends() {
        bool found = false;
        const auto counts = [this](const EvenRun& run) {
            return run.size() >= cells_in(Seconds(1)) &&
                   run.level_db >= loud_db_ + kQuietestGrooveDb;
        };
        for (const EvenRun& start : runs_) {
            for (const EvenRun& end : runs_) {
                const double level = std::min(start.level_db, end.level_db);
                if (at_start(start) && !at_start(end) && at_end(end) && counts(start) &&
                    counts(end) && std::abs(start.level_db - end.level_db) <= kGrooveSpreadDb &&
                    (!found || level > groove_db_)) {
                    groove_db_ = level;
                    found = true;
                }
            }
        }
        return found;
    }

    /// How much louder mid is than side, 1 to 5 kHz; nothing where there is no side.
    std::optional<double> mid_over_side(std::size_t from, std::size_t to) const {
        std::vector<double> differences;
        for (std::size_t cell = from; cell < to; ++cell) {
            for (std::size_t third = 10; third < 18; ++third) {
                const Cell& own = track_.cells[cell];
                if (own.side[third].db() > own.mid[third].db() - 60) {
                    differences.push_back(own.mid[third].db() - own.side[third].db());
                }
            }
        }
        return differences.empty() ? std::nullopt : std::optional(percentile(differences, 0.5));
    }

    /// The level of the silent grooves; false when there is none.
    bool find_level() {
        all_runs_ = runs_;
        find_music();
        std::erase_if(runs_, [&](const EvenRun& run) {
            return run.level_db < loud_db_ + kQuietestGrooveDb && !(at_start(run) || at_end(run));
        });
        // Gaps are the best witnesses: between two tracks the needle is down. Then the noise next
        // to the music, which is the louder where there are two, before and after the needle lands.
        std::vector<EvenRun> witnesses;
        for (const EvenRun& run : runs_) {
            if (!at_start(run) && !at_end(run) && run.size() >= cells_in(kShortestGroove)) {
                witnesses.push_back(run);
            }
        }
        const double minutes = track_.length.count() / 60;
        if (static_cast<double>(witnesses.size()) > kMostPausesPerMinute * std::max(minutes, 1.0)) {
            many_pauses_ = true;
        }
        const EvenRun* first = nullptr;
        const EvenRun* last = nullptr;
        for (const EvenRun& run : runs_) {
            const bool believed =
                run.level_db >= loud_db_ + kQuietestGrooveDb || first_music_ == kinds_.size();
            if (at_start(run) && believed && run.size() >= cells_in(Seconds(1)) &&
                (first == nullptr || run.level_db > first->level_db - 1)) {
                first = &run;
            }
            if (!at_start(run) && at_end(run) && believed && run.size() >= cells_in(Seconds(1)) &&
                (last == nullptr || run.level_db > last->level_db + 1)) {
                last = &run;
            }
        }
        if (agree_at_both_ends()) {
            return true;
        }
        for (const EvenRun* run : {first, last}) {
            if (run != nullptr) {
                witnesses.push_back(*run);
            }
        }
        if (witnesses.empty()) {
            return false;
        }
        // Of what they say, the level most seconds agree with; of equals the lower.
        std::ranges::sort(witnesses, {}, &EvenRun::level_db);
        std::size_t most = 0;
        for (const EvenRun& run : witnesses) {
            std::size_t agreeing = 0;
            for (const EvenRun& other : witnesses) {
                // A run-out may go on for minutes and must not outvote all the rest.
                agreeing += std::abs(other.level_db - run.level_db) <= kGrooveSpreadDb
                                ? std::min(other.size(), cells_in(Seconds(8)))
                                : 0;
            }
            if (agreeing > most) {
                most = agreeing;
                groove_db_ = run.level_db;
            }
        }
        return true;
    }

    bool is_groove(const EvenRun& run) const {
        return std::abs(run.level_db - groove_db_) <= kGrooveSpreadDb;
    }

    void mark(const EvenRun& run, SpanKind kind) {
        std::fill(kinds_.begin() + static_cast<std::ptrdiff_t>(run.from),
                  kinds_.begin() + static_cast<std::ptrdiff_t>(run.to), kind);
    }

    void mark_runs() {
        std::size_t first = kinds_.size();
        std::size_t last = 0;
        for (const EvenRun& run : runs_) {
            if (is_groove(run)) {
                mark(run, SpanKind::Pause);
                ++grooves_;
                first = std::min(first, run.from);
                last = std::max(last, run.to);
            }
        }
        for (const EvenRun& run : runs_) {
            // Outside of all grooves the needle is up when it is quieter; between them only for a
            // while, and when the noise is far away, as between two sides in one recording.
            const bool outside =
                (at_start(run) && run.to <= first) || (at_end(run) && run.from >= last);
            if ((outside && run.level_db < groove_db_ - kUpBelowGrooveDb) ||
                (run.level_db < groove_db_ - kUpBetweenGroovesDb &&
                 run.size() >= cells_in(Seconds(2)))) {
                mark(run, SpanKind::NeedleUp);
            } else if (first_music_ == kinds_.size() && !is_groove(run)) {
                mark(run, SpanKind::Pause); // nothing but noise: it swells, or was put together
            }
        }
        mark_outside(first, last);
        fill_small_holes();
    }

    /// Before the first and after the last groove, all that is quieter than a groove is: no needle
    /// is down, whatever the line hums.
    void mark_outside(std::size_t first, std::size_t last) {
        const auto quiet = [this](std::size_t i) {
            return kinds_[i] == SpanKind::Music &&
                   track_.cells[i].a.db() < groove_db_ - kUpBelowGrooveDb;
        };
        for (std::size_t i = 0; i < std::min(first, kinds_.size()); ++i) {
            if (quiet(i)) {
                kinds_[i] = SpanKind::NeedleUp;
            } else if (kinds_[i] == SpanKind::Music) {
                break;
            }
        }
        for (std::size_t i = kinds_.size(); i > last; --i) {
            if (quiet(i - 1)) {
                kinds_[i - 1] = SpanKind::NeedleUp;
            } else if (kinds_[i - 1] == SpanKind::Music) {
                break;
            }
        }
    }

    /// What is at the edges and too quiet for a groove.
    void mark_line_noise() {
        for (const EvenRun& run : runs_) {
            if ((at_start(run) || at_end(run)) && run.level_db < loud_db_ + kQuietestGrooveDb) {
                mark(run, SpanKind::NeedleUp);
            }
        }
    }

    /// A thump or a loud click in the groove leaves some cells that are not even: they belong to
    /// it.
    void fill_small_holes() {
        for (std::size_t i = 1; i < kinds_.size();) {
            if (kinds_[i] != SpanKind::Music || kinds_[i - 1] == SpanKind::Music) {
                ++i;
                continue;
            }
            std::size_t end = i;
            while (end < kinds_.size() && kinds_[end] == SpanKind::Music) {
                ++end;
            }
            const bool small = end - i <= cells_in(Seconds(1));
            if (end < kinds_.size() && small && kinds_[end] == SpanKind::Pause) {
                std::fill(kinds_.begin() + static_cast<std::ptrdiff_t>(i),
                          kinds_.begin() + static_cast<std::ptrdiff_t>(end), SpanKind::Pause);
            } else if (end < kinds_.size() && small && kinds_[i - 1] == SpanKind::Pause) {
                // Towards a needle that is up: it is being lifted.
                std::fill(kinds_.begin() + static_cast<std::ptrdiff_t>(i),
                          kinds_.begin() + static_cast<std::ptrdiff_t>(end), kinds_[end]);
            }
            i = end;
        }
    }

    void name_by_place() {
        std::size_t first = 0;
        while (first < kinds_.size() && kinds_[first] != SpanKind::Music) {
            ++first;
        }
        std::size_t last = kinds_.size();
        while (last > first && kinds_[last - 1] != SpanKind::Music) {
            --last;
        }
        for (std::size_t i = 0; i < kinds_.size();) {
            std::size_t end = i;
            while (end < kinds_.size() && kinds_[end] == kinds_[i]) {
                ++end;
            }
            if (kinds_[i] == SpanKind::Pause) {
                SpanKind kind = SpanKind::Pause;
                if (i < first) {
                    kind = SpanKind::LeadIn;
                } else if (i >= last) {
                    kind = SpanKind::RunOut;
                } else if (end - i >= cells_in(kShortestGroove) && !many_pauses_) {
                    kind = SpanKind::Gap;
                }
                std::fill(kinds_.begin() + static_cast<std::ptrdiff_t>(i),
                          kinds_.begin() + static_cast<std::ptrdiff_t>(end), kind);
            }
            i = end;
        }
    }

    double confidence_of(const SideSpan& span) const {
        const auto groove = [](SpanKind kind) {
            return kind == SpanKind::LeadIn || kind == SpanKind::Gap || kind == SpanKind::RunOut;
        };
        if (span.kind == SpanKind::Nothing) {
            return 1;
        }
        if (span.kind == SpanKind::Music) {
            return 0.9;
        }
        if (span.kind == SpanKind::Pause) {
            return 0.3;
        }
        std::vector<double> unevenness;
        for (std::size_t i = span.first_cell; i < span.last_cell; ++i) {
            unevenness.push_back(track_.cells[i].unevenness);
        }
        double sure = 0.5;
        sure += span.length() >= Seconds(2.5) ? 0.15 : 0;
        sure += groove(span.kind) && grooves_ >= 2 ? 0.2 : 0;
        sure += has_needle_up_ ? 0.1 : 0;
        sure -= percentile(unevenness, 0.5) > 1.25 ? 0.15 : 0;
        sure -= first_music_ == kinds_.size() ? 0.1 : 0; // there is nothing to compare with
        sure -= many_pauses_ ? 0.2 : 0;
        // The walls of a groove hiss each on its own: what is in the middle is music's.
        const auto over = mid_over_side(span.first_cell, span.last_cell);
        sure -= groove(span.kind) && over && *over > kMostMidOverSideDb ? 0.5 : 0;
        sure -= span.kind == SpanKind::Gap && !has_ends_ ? 0.25 : 0; // a rest, by a synthesizer
        return std::clamp(sure, 0.05, 0.95);
    }

    SideMap spans() {
        SideMap map;
        has_needle_up_ = std::ranges::find(kinds_, SpanKind::NeedleUp) != kinds_.end();
        has_ends_ = std::ranges::any_of(kinds_, [](SpanKind kind) {
            return kind == SpanKind::LeadIn || kind == SpanKind::RunOut;
        });
        for (std::size_t i = 0; i < kinds_.size();) {
            std::size_t end = i;
            std::vector<double> levels;
            while (end < kinds_.size() && kinds_[end] == kinds_[i]) {
                levels.push_back(track_.cells[end++].a.db());
            }
            SideSpan span{kinds_[i], track_.cell_start(i), track_.cell_start(end)};
            span.first_cell = i;
            span.last_cell = end;
            span.level_db = percentile(levels, 0.5);
            span.confidence = confidence_of(span);
            map.spans.push_back(span);
            i = end;
        }
        if (map.spans.empty()) { // too short for a cell
            map.spans.push_back({SpanKind::Music, Seconds(0), track_.length, 0.1});
        }
        find_needle(map);
        return map;
    }

    /// The loudest low sound about the border.
    Seconds thump_near(std::size_t border) const {
        const std::size_t from = border > 3 ? border - 3 : 0;
        const std::size_t to = std::min(border + 3, track_.cells.size());
        std::size_t loudest = from;
        for (std::size_t i = from; i < to; ++i) {
            if (track_.cells[i].low_loudest > track_.cells[loudest].low_loudest) {
                loudest = i;
            }
        }
        return track_.cell_start(loudest);
    }

    void find_needle(SideMap& map) const {
        const auto is_up = [](const SideSpan& span) {
            return span.kind == SpanKind::NeedleUp || span.kind == SpanKind::Nothing;
        };
        for (std::size_t i = 1; i < map.spans.size(); ++i) {
            const SideSpan& before = map.spans[i - 1];
            const SideSpan& after = map.spans[i];
            if (!map.needle_down && is_up(before) && after.kind == SpanKind::LeadIn) {
                map.needle_down = thump_near(after.first_cell);
            }
            if (before.kind == SpanKind::RunOut && is_up(after)) {
                map.needle_lifted = thump_near(after.first_cell);
            }
        }
    }

    const SurfaceTrack& track_;
    std::vector<SpanKind> kinds_;
    std::vector<EvenRun> runs_;
    std::vector<EvenRun> all_runs_;
    double loud_db_ = 0;
    double groove_db_ = 0;
    std::size_t grooves_ = 0;
    std::size_t first_music_ = 0;
    std::size_t last_music_ = 0;
    bool many_pauses_ = false;
    bool has_needle_up_ = false;
    bool has_ends_ = false;
};

} // namespace

std::string_view name_of(SpanKind kind) {
    switch (kind) {
    case SpanKind::Nothing:
        return "nothing";
    case SpanKind::NeedleUp:
        return "needle up";
    case SpanKind::LeadIn:
        return "lead-in";
    case SpanKind::Music:
        return "music";
    case SpanKind::Pause:
        return "pause";
    case SpanKind::Gap:
        return "gap";
    case SpanKind::RunOut:
        return "run-out";
    }
    return "";
}

std::vector<SideSpan> SideMap::silent_grooves(double least_confidence) const {
    std::vector<SideSpan> grooves;
    for (SideSpan span : spans) {
        const bool groove = span.kind == SpanKind::LeadIn || span.kind == SpanKind::Gap ||
                            span.kind == SpanKind::RunOut;
        if (!groove || span.confidence < least_confidence || span.last_cell - span.first_cell < 4) {
            continue;
        }
        const Seconds cell = span.length() / static_cast<double>(span.last_cell - span.first_cell);
        ++span.first_cell;
        --span.last_cell;
        span.from += cell;
        span.to -= cell;
        grooves.push_back(span);
    }
    return grooves;
}

Seconds SideMap::time_in(SpanKind kind) const {
    Seconds time{0};
    for (const SideSpan& span : spans) {
        time += span.kind == kind ? span.length() : Seconds(0);
    }
    return time;
}

SideMap find_grooves(const SurfaceTrack& track) {
    return Search(track).map();
}

} // namespace spindle::grade
