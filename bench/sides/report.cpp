// SPDX-License-Identifier: Apache-2.0
#include "sides/report.h"

#include <cmath>
#include <set>

namespace spindle::sides {
namespace {

constexpr Seconds kLongEnoughForSpeed{30};
constexpr double kStartWithin = 0.5;
constexpr double kSpeedWithinPercent = 0.05;

/// Collects the plays of one group.
class Collection {
public:
    explicit Collection(std::string name) { group_.name = std::move(name); }

    void add(const PlayRow& row) {
        sessions_.insert(row.session);
        group_.doubled += row.doubled;
        if (row.counts) {
            count(row);
        }
        if (row.heard && row.counts) {
            measure(row);
        }
    }

    Group finish() {
        group_.sessions = sessions_.size();
        group_.start = Spread::of(std::move(start_));
        group_.start_from_file = Spread::of(std::move(from_file_));
        group_.end = Spread::of(std::move(end_));
        group_.played_time = Spread::of(std::move(played_));
        group_.speed = Spread::of(std::move(speed_));
        group_.wow = Spread::of(std::move(wow_));
        group_.first_answer = Spread::of(std::move(first_));
        group_.confirmed = Spread::of(std::move(confirmed_));
        return std::move(group_);
    }

private:
    void count(const PlayRow& row) {
        if (row.extent == Extent::Scrobbled) {
            group_.scrobbled.count(row.heard.has_value());
        }
        if (row.extent != Extent::Touched) {
            group_.played.count(row.heard.has_value());
        }
        if (row.first_answer) {
            first_.push_back(row.first_answer->count());
        }
        if (row.confirmed) {
            confirmed_.push_back(row.confirmed->count());
        }
    }

    void measure(const PlayRow& row) {
        const turntable::Play& play = *row.heard;
        group_.inferred += play.knowledge == turntable::Knowledge::Inferred ? 1 : 0;
        start_.push_back(row.start_error().count());
        group_.start_within.count(std::abs(row.start_error().count()) <= kStartWithin);
        from_file_.push_back(row.start_error_from_file().count());
        end_.push_back(row.end_error().count());
        played_.push_back(row.played_error().count());
        if (row.truth.played >= kLongEnoughForSpeed) {
            speed_.push_back(100 * row.speed_error());
            group_.speed_within.count(std::abs(speed_.back()) <= kSpeedWithinPercent);
        }
        if (play.wow) {
            wow_.push_back(100 * (play.wow->peak - row.truth_wow));
        }
    }

    Group group_;
    std::set<std::size_t> sessions_;
    std::vector<double> start_, from_file_, end_, played_, speed_, wow_, first_, confirmed_;
};

} // namespace

Spread Spread::of(std::vector<double> values) {
    for (double& value : values) {
        value = std::abs(value);
    }
    return {values.size(), accuracy::percentile(values, 0.5), accuracy::percentile(values, 0.95),
            accuracy::percentile(values, 1)};
}

std::string describe(const FalsePlay& wrong) {
    const auto& play = wrong.heard;
    return fmt::format(
        "{}: {}{} from {:.1f} to {:.1f} s (in the file {:.1f} to {:.1f}), confidence {:.6f}, {} of "
        "{} landmarks; there sounded {}, the same at {} of {} places, likeness to {:.2f}",
        wrong.where, wrong.named,
        play.knowledge == turntable::Knowledge::Inferred ? " (inferred)" : "", play.start.count(),
        play.end.count(), play.from.count(), play.to.count(), play.confidence, play.matched,
        play.expected, wrong.sounded.empty() ? "no music" : wrong.sounded, wrong.alike.hits,
        wrong.alike.total, wrong.likeness);
}

FalseCount count_false(const SessionScore& score, double hours) {
    FalseCount count;
    count.hours = hours;
    count.shown = score.shown_wrongly;
    for (const FalsePlay& wrong : score.false_plays) {
        const bool same = wrong.is_same_music();
        count.plays += same ? 0 : 1;
        count.same_music += same ? 1 : 0;
        count.inferred += wrong.heard.knowledge == turntable::Knowledge::Inferred ? 1 : 0;
    }
    return count;
}

void summarise(const Pool& pool, SessionScore known, double hours, SidesReport& report) {
    Collection all("all");
    for (const Happening happening : all_happenings()) {
        Collection some{std::string(name_of(happening))};
        for (const PlayRow& row : known.rows) {
            if (row.happening == happening) {
                some.add(row);
            }
        }
        if (Group group = some.finish(); group.sessions > 0) {
            report.groups.push_back(std::move(group));
        }
    }
    for (const PlayRow& row : known.rows) {
        all.add(row);
        const auto& truth = row.truth;
        const auto where = fmt::format("session {} ({}): {}", row.session, name_of(row.happening),
                                       pool.names[truth.track]);
        if (row.counts && !row.heard && row.extent != Extent::Touched) {
            report.remarks.push_back(fmt::format(
                "not logged: {} from {:.1f} s, {:.1f} of {:.1f} s played at {:.4f}", where,
                truth.start.count(), truth.played.count(), truth.length.count(), truth.speed));
        }
        if (row.doubled > 0) {
            report.remarks.push_back(fmt::format("logged {} times: {} from {:.1f} s",
                                                 row.doubled + 1, where, truth.start.count()));
        }
        if (row.counts && row.heard && std::abs(row.start_error().count()) > kStartWithin) {
            report.remarks.push_back(
                fmt::format("start {:+.2f} s: {} from {:.1f} s, at {:.2f} s of the file; said to "
                            "be at {:.2f} s",
                            row.start_error().count(), where, truth.start.count(),
                            truth.pieces.front().from.count(), row.heard->from.count()));
        }
    }
    report.all = all.finish();
    for (const FalsePlay& wrong : known.false_plays) {
        report.remarks.push_back("false: " + describe(wrong));
    }
    report.remarks.insert(report.remarks.end(), known.remarks.begin(), known.remarks.end());
    report.known = count_false(known, hours);
    report.known_score = std::move(known);
}

} // namespace spindle::sides
