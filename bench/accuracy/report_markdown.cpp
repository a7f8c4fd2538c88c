// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "accuracy/peers.h"
#include "accuracy/report.h"
#include "accuracy/same_music.h"

namespace spindle::accuracy {
namespace {

std::string peer(std::optional<double> share) {
    return share ? fmt::format("{:.1f}", *share) : "-";
}

std::string with_interval(const Share& share) {
    const Interval interval = wilson(share);
    return fmt::format("{:.2f} ({:.2f} to {:.2f})", share.percent(), interval.low, interval.high);
}

std::string rule(std::size_t columns) {
    std::string line = "|---|";
    for (std::size_t i = 1; i < columns; ++i) {
        line += "---:|";
    }
    return line + "\n";
}

void accuracy_table(const Report& report, std::string& out) {
    std::set<std::string> conditions;
    std::string head = "| condition | clips |";
    for (const LengthSummary& summary : report.lengths) {
        for (const auto& [name, outcome] : summary.conditions) {
            conditions.insert(name);
        }
        head += fmt::format(" {0} s right % | found | wrong | best peer |", summary.length);
    }
    out += "\n## Clips of indexed music\n\n" + head + "\n" + rule(2 + 4 * report.lengths.size());
    const auto row = [&](const std::string& name, const auto& outcome_of) {
        std::string line;
        std::size_t clips = 0;
        for (const LengthSummary& summary : report.lengths) {
            const Outcome outcome = outcome_of(summary);
            clips = std::max(clips, outcome.right.total);
            line += fmt::format(" {:.1f} | {:.1f} | {:.1f} | {} |", outcome.right.percent(),
                                outcome.found.percent(), outcome.wrong.percent(),
                                peer(best_peer(name, summary.length)));
        }
        out += fmt::format("| {} | {} |{}\n", name, clips, line);
    };
    for (const std::string& name : conditions) {
        row(name, [&](const LengthSummary& summary) {
            const auto found = summary.conditions.find(name);
            return found == summary.conditions.end() ? Outcome{} : found->second;
        });
    }
    row("all", [](const LengthSummary& summary) { return summary.all; });
    out +=
        "\n| length | right %, 95 % interval | answered wrongly | counted right at a repeat |\n" +
        rule(4);
    for (const LengthSummary& summary : report.lengths) {
        out += fmt::format("| {} s | {} | {} | {} |\n", summary.length,
                           with_interval(summary.all.right), with_interval(summary.all.wrong),
                           summary.by_repeat);
    }
    out += fmt::format(
        "\nRight: the best candidate is the track the clip was cut from, and the engine says that "
        "it "
        "is in the library (in_library >= {}). Another track counts as right only where the music "
        "is "
        "the same: normalised cross-correlation of the 8 kHz sound at both places over {} s, at "
        "the "
        "best lag within +-{:.0f} ms, above {}. A right track at a place more than {} s off, where "
        "the music is not the same, counts below as a wrong position. Found: the same without "
        "asking "
        "whether the engine is sure. Intervals: Wilson, 95 %.\n",
        fingerprint::kLeastCertainty, kCompared.count(), 1e3 * kMostLag.count(), kSameMusic,
        kSamePlace.count());
}

void false_positive_table(const Report& report, std::string& out) {
    out += "\n## Clips of anything else: how often a track is named\n\n"
           "| length | unknown music % | clips | best peer | same recording % | noise, speech, "
           "silence % | clips | best peer |\n" +
           rule(8);
    for (const LengthSummary& summary : report.lengths) {
        out += fmt::format("| {} s | {} | {} | {} | {:.2f} | {} | {} | 0.0 |\n", summary.length,
                           with_interval(summary.unknown_named), summary.unknown_named.total,
                           peer(best_peer_false_positives(summary.length)),
                           summary.unknown_repeat.percent(), with_interval(summary.noise_named),
                           summary.noise_named.total);
    }
    out +=
        "\nSame recording: the track named holds the sound the clip was cut from, by the measure "
        "above; not counted as unknown music.\n";
    for (const std::string& line : report.false_positives) {
        out += "\n- " + line;
    }
    out += report.false_positives.empty() ? "" : "\n";
}

void error_table(const Report& report, std::string& out) {
    out += "\n## Position and speed of right answers\n\n"
           "| clips | position median ms | p95 | p99 | within 50 ms % | speed median % | p95 | "
           "within 0.05 % % |\n" +
           rule(8);
    const auto row = [&](const std::string& name, const Errors& errors) {
        out +=
            fmt::format("| {} | {:.1f} | {:.1f} | {:.1f} | {:.2f} | {:.4f} | {:.4f} | {:.2f} |\n",
                        name, errors.position_median_ms, errors.position_p95_ms,
                        errors.position_p99_ms, errors.within_50_ms.percent(), errors.speed_median,
                        errors.speed_p95, errors.within_a_twentieth_percent.percent());
    };
    for (const LengthSummary& summary : report.lengths) {
        row(fmt::format("{} s, all", summary.length), summary.errors);
    }
    for (const LengthSummary& summary : report.lengths) {
        for (const auto& [condition, errors] : summary.errors_by_condition) {
            if (summary.length == 10) {
                row(fmt::format("{} s, {}", summary.length, condition), errors);
            }
        }
    }
}

void reliability_table(const Report& report, std::string& out) {
    out += "\n## Confidence: stated and true\n\n| stated |";
    for (const LengthSummary& summary : report.lengths) {
        out += fmt::format(" {} s: clips | mean stated | right |", summary.length);
    }
    out += "\n" + rule(1 + 3 * report.lengths.size());
    for (std::size_t bin = 0; bin < 10; ++bin) {
        out += fmt::format("| {:.1f} to {:.1f} |", 0.1 * static_cast<double>(bin),
                           0.1 * static_cast<double>(bin + 1));
        for (const LengthSummary& summary : report.lengths) {
            const ReliabilityBin& tenth = summary.reliability[bin];
            out += tenth.right.total == 0
                       ? " 0 | - | - |"
                       : fmt::format(" {} | {:.4f} | {:.4f} |", tenth.right.total, tenth.stated,
                                     tenth.right.percent() / 100);
        }
        out += "\n";
    }
}

void cost_tables(const Report& report, std::string& out) {
    out += "\n## Cost\n\n| a clip, processor ms | extract | search | search p95 | both | best peer "
           "|\n" +
           rule(6);
    for (const LengthSummary& summary : report.lengths) {
        out +=
            fmt::format("| {} s | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.0f} |\n", summary.length,
                        summary.cost.extract_ms, summary.cost.search_ms, summary.cost.search_p95_ms,
                        summary.cost.extract_ms + summary.cost.search_ms, kPeerQueryCpuMs);
    }
    out +=
        "\nIndexing, processor seconds of one thread per hour of music:\n\n"
        "| files | tracks | decode | decode to 8 kHz | landmarks | writing | all | against decode "
        "| against decode to 8 kHz | x real time |\n" +
        rule(10);
    for (const IndexingCost& cost : report.indexing) {
        const auto each = [&](Seconds time) { return time.count() / cost.hours; };
        out += fmt::format(
            "| {} | {} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.0f} |\n",
            cost.format, cost.tracks, each(cost.decode), each(cost.to_8k), each(cost.landmarks),
            each(cost.writing), each(cost.indexing()), cost.indexing() / cost.decode,
            cost.indexing() / cost.to_8k, 3600 / each(cost.indexing()));
    }
    const double hours = report.index.music.count() / 3600;
    out += fmt::format(
        "\n(Decode: to mono at the file's own rate, the codec alone. Best peer: {:.1f} s in "
        "all.)\n\n"
        "Index: {} tracks, {:.2f} h, {:.2f} MB, {:.3f} MB/h (best peer {:.2f}); {:.2f} "
        "landmarks/s, "
        "{:.2f} pairs/s.\nMemory of this programme at the end: {:.0f} MB resident, {:.0f} of it "
        "mapped files; peak {:.0f} MB (best peer {:.0f} MB a query).\n",
        kPeerCpuPerHour, report.index.tracks, hours, static_cast<double>(report.index.bytes) / 1e6,
        static_cast<double>(report.index.bytes) / 1e6 / hours, kPeerMegabytesPerHour,
        report.landmarks_per_second,
        static_cast<double>(report.index.postings) / report.index.music.count(),
        static_cast<double>(report.memory.resident) / 1e6,
        static_cast<double>(report.memory.file) / 1e6,
        static_cast<double>(report.memory.peak) / 1e6, kPeerResidentMegabytes);
}

} // namespace

std::string markdown(const Report& report) {
    std::string out = "# Accuracy of Spindle's fingerprint engine\n\n";
    for (const std::string& condition : report.conditions) {
        out += "- " + condition + "\n";
    }
    accuracy_table(report, out);
    false_positive_table(report, out);
    error_table(report, out);
    reliability_table(report, out);
    cost_tables(report, out);
    return out;
}

} // namespace spindle::accuracy
