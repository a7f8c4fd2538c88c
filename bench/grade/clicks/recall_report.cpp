// SPDX-License-Identifier: Apache-2.0
#include "grade/clicks/recall_report.h"

#include <array>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "image/line_chart.h"

namespace spindle::click_trials {
namespace {

std::string in_percent(const Estimate& estimate) {
    return fmt::format("{:.0f} [{:.0f}, {:.0f}]", 100 * estimate.value, 100 * estimate.low,
                       100 * estimate.high);
}

nlohmann::json json_of(const Estimate& estimate) {
    return {{"value", estimate.value}, {"low", estimate.low}, {"high", estimate.high}};
}

} // namespace

std::string text_of(const RecallReport& report) {
    std::string text = fmt::format(
        "{} excerpts of {} packages ({}), {:.0f} min; {} clicks, {} of them recorded\n",
        report.scenes, report.packages, report.set, report.minutes, report.clicks, report.recorded);
    text += "recall in per cent by level of the click's peak over the music's RMS, dB "
            "[95 % interval]\n| detector | false alarms a minute |";
    for (std::size_t i = 0; i < kClasses; ++i) {
        text += fmt::format(" {:+.0f}..{:+.0f} |", kLevels[i], kLevels[i + 1]);
    }
    text += " precision |\n|---|---|---|---|---|---|---|---|---|\n";
    for (const DetectorRecall& detector : report.detectors) {
        for (const Recall& recall : detector.recalls) {
            text += fmt::format("| {} | {:g} |", detector.name, recall.alarms_per_minute);
            for (const Estimate& estimate : recall.recall) {
                text += fmt::format(" {} |", in_percent(estimate));
            }
            text += fmt::format(" {} |\n", in_percent(recall.precision));
            if (report.recorded > 0) {
                text += fmt::format("| ... recorded clicks | {:g} |", recall.alarms_per_minute);
                for (const Estimate& estimate : recall.recorded) {
                    text += fmt::format(" {} |", in_percent(estimate));
                }
                text += " |\n";
            }
        }
    }
    return text;
}

std::string json_of(const RecallReport& report) {
    nlohmann::json document{{"set", report.set},           {"excerpts", report.scenes},
                            {"packages", report.packages}, {"minutes", report.minutes},
                            {"clicks", report.clicks},     {"recorded_clicks", report.recorded},
                            {"levels_db", kLevels}};
    for (const DetectorRecall& detector : report.detectors) {
        for (const Recall& recall : detector.recalls) {
            nlohmann::json row{{"detector", detector.name},
                               {"false_alarms_per_minute", recall.alarms_per_minute},
                               {"threshold", recall.threshold},
                               {"precision", json_of(recall.precision)}};
            for (std::size_t i = 0; i < kClasses; ++i) {
                row["recall"].push_back(json_of(recall.recall[i]));
                row["precision_by_level"].push_back(json_of(recall.precision_at[i]));
                row["recall_of_recorded"].push_back(json_of(recall.recorded[i]));
            }
            document["results"].push_back(row);
        }
    }
    return document.dump(1) + "\n";
}

namespace {

/// A line for each detector that `value` gives one, at one false alarm a minute.
template <typename Value>
void add_lines(const RecallReport& report, image::LineChart& chart, Value value) {
    for (const DetectorRecall& detector : report.detectors) {
        for (const Recall& recall : detector.recalls) {
            if (recall.alarms_per_minute != 1) {
                continue;
            }
            image::ChartSeries series{detector.name, {}};
            const std::array<Estimate, kClasses> estimates = value(recall);
            double sum = 0;
            for (std::size_t i = 0; i < kClasses; ++i) {
                const Estimate& at = estimates[i];
                sum += at.value;
                series.points.push_back({(kLevels[i] + kLevels[i + 1]) / 2, 100 * at.value,
                                         100 * at.low, 100 * at.high});
            }
            if (sum > 0) {
                chart.series.push_back(std::move(series));
            }
        }
    }
}

image::LineChart chart_of(const RecallReport& report, const char* title, const char* what) {
    image::LineChart chart;
    chart.title = title;
    chart.subtitle = fmt::format("{} excerpts of clean music, {} packages, {} clicks put in",
                                 report.scenes, report.packages, report.clicks);
    chart.x.label = "peak over the music's RMS in 100 ms, dB";
    chart.y = {what, image::Scale::Linear, 0, 100};
    return chart;
}

} // namespace

Result<void> plot(const RecallReport& report, const std::filesystem::path& file) {
    image::LineChart chart = chart_of(report, "Which clicks are found in music?", "found, %");
    chart.captions = {"Each at the threshold that gives one false alarm a minute of the same music "
                      "without clicks. Bars: 95 % intervals, by excerpt."};
    add_lines(report, chart, [](const Recall& recall) { return recall.recall; });
    return image::write_chart(chart, file);
}

Result<void> plot_precision(const RecallReport& report, const std::filesystem::path& file) {
    image::LineChart chart =
        chart_of(report, "How much of what is told are clicks?", "of what is told, clicks, %");
    chart.captions = {"At the same thresholds, one click put in a second. By the peak of what is "
                      "told. Bars: 95 % intervals, by excerpt."};
    add_lines(report, chart, [](const Recall& recall) { return recall.precision_at; });
    return image::write_chart(chart, file);
}

} // namespace spindle::click_trials
