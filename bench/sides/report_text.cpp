// SPDX-License-Identifier: Apache-2.0
#include "sides/report.h"

namespace spindle::sides {
namespace {

std::string with_interval(const Share& share) {
    const auto interval = wilson(share);
    return fmt::format("{:.2f} % ({} of {}; 95 %: {:.2f} to {:.2f})", share.percent(), share.hits,
                       share.total, interval.low, interval.high);
}

std::string line(const char* name, const Spread& spread, const char* unit) {
    return fmt::format("  {:<28}{:>9.3f}{:>9.3f}{:>9.3f} {} ({})\n", name, spread.median,
                       spread.p95, spread.most, unit, spread.count);
}

void group_line(const Group& group, std::string& out) {
    out += fmt::format("{:<14}{:>5}{:>11}{:>11}{:>5}{:>5}{:>8.2f}{:>8.2f}{:>8.2f}{:>8.2f}{:>8.2f}"
                       "{:>9.4f}{:>9.4f}{:>7.1f}{:>7.1f}\n",
                       group.name, group.sessions,
                       fmt::format("{}/{}", group.scrobbled.hits, group.scrobbled.total),
                       fmt::format("{}/{}", group.played.hits, group.played.total), group.doubled,
                       group.inferred, group.start.median, group.start.p95, group.start.most,
                       group.end.p95, group.played_time.p95, group.speed.median, group.speed.p95,
                       group.first_answer.p95, group.confirmed.p95);
}

void false_line(const char* name, const FalseCount& count, std::string& out) {
    out +=
        fmt::format("  {:<28}{:>7.2f} h: {} false plays; {} of the same recording under another "
                    "name; {} of all inferred; shown wrongly {}\n",
                    name, count.hours, count.plays, count.same_music, count.inferred, count.shown);
}

} // namespace

std::string text(const SidesReport& report) {
    std::string out = "Record sides\n\n";
    for (const std::string& condition : report.conditions) {
        out += condition + "\n";
    }
    const Group& all = report.all;
    out += fmt::format("\n{:<14}{:>5}{:>11}{:>11}{:>5}{:>5}{:>24}{:>8}{:>8}{:>18}{:>7}{:>7}\n", "",
                       "", "half or", "15 s or", "dou-", "in-", "start error s", "end", "played",
                       "speed error %", "first", "sure");
    out += fmt::format(
        "{:<14}{:>5}{:>11}{:>11}{:>5}{:>5}{:>8}{:>8}{:>8}{:>8}{:>8}{:>9}{:>9}{:>7}{:>7}\n",
        "happening", "run", "4 min", "whole", "bled", "fer.", "median", "p95", "max", "p95", "p95",
        "median", "p95", "p95", "p95");
    for (const Group& group : report.groups) {
        group_line(group, out);
    }
    group_line(all, out);

    const SessionScore& score = report.known_score;
    out +=
        fmt::format("\nLogged, of plays that services count:  {}\n", with_interval(all.scrobbled));
    out += fmt::format("Logged, of all of 15 s or whole:       {}\n", with_interval(all.played));
    out +=
        fmt::format("Start within 0.5 s:                    {}\n", with_interval(all.start_within));
    out +=
        fmt::format("Speed within 0.05 %:                   {}\n", with_interval(all.speed_within));
    out += fmt::format("End of a side told:                    {}; {} told while it went on\n",
                       with_interval(score.sides_over), score.sides_over_wrongly);
    out += fmt::format("Side and place on it right:            {}\n",
                       with_interval(score.right_place));

    out += fmt::format("\n  {:<28}{:>9}{:>9}{:>9}\n", "", "median", "p95", "max");
    out += line("start error", all.start, "s");
    out += line("... from the file's start", all.start_from_file, "s");
    out += line("end error", all.end, "s");
    out += line("played time error", all.played_time, "s");
    out += line("speed error", all.speed, "%");
    out += line("wow error", all.wow, "%");
    out += line("until the first answer", all.first_answer, "s");
    out += line("until it is believed", all.confirmed, "s");
    out += line("side over, error", Spread::of(score.side_over_errors), "s");

    out += "\nFalse plays\n";
    false_line("sessions of known music", report.known, out);
    false_line("unknown music", report.unknown, out);
    false_line("noise, speech, silence", report.noise, out);

    const auto cost = [&](const char* name, const Cost& spent) {
        if (spent.sound.count() > 0) {
            out += fmt::format("  {:<28}{:>7.3f} % of a core over {:.2f} h\n", name,
                               spent.percent_of_a_core(), spent.sound.count() / 3600);
        }
    };
    out += "\nProcessor time of the listener\n";
    cost("following a track", score.following);
    cost("finding known music", score.searching);
    cost("groove and silence", score.idle);
    cost("unknown music", report.unknown_searching);
    cost("noise, speech, silence", report.noise_idle);
    if (report.memory) {
        out += fmt::format("A process that only listens: {:.1f} MB resident at most, {:.1f} of it "
                           "at its start; {:.2f} % of a core over one session\n",
                           report.memory->peak_mb, report.memory->at_start_mb,
                           report.memory->cpu_percent);
    }
    out += report.remarks.empty() ? "" : "\nRemarks\n";
    for (const std::string& remark : report.remarks) {
        out += "  " + remark + "\n";
    }
    return out;
}

} // namespace spindle::sides
