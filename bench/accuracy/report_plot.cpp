// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "accuracy/peers.h"
#include "accuracy/report.h"
#include "image/line_chart.h"

namespace spindle::accuracy {
namespace {

image::ChartPoint point_of(double x, const Share& share) {
    const Interval interval = wilson(share);
    return {x, share.percent(), interval.low, interval.high};
}

image::LineChart accuracy_chart(const Report& report) {
    image::LineChart chart;
    chart.title = "How many clips are named rightly";
    chart.x.label = "length of the clip, s";
    chart.x.lowest = 0;
    chart.y.label = "named rightly, %";
    chart.y.highest = 100;
    chart.captions = {"Bars: 95 % intervals (Wilson). Peer: the best of Olaf and audfprint at each "
                      "length, on clips made the same way.",
                      report.conditions.empty() ? "" : report.conditions.front()};
    image::ChartSeries all{"all conditions", {}};
    image::ChartSeries worn{"worn", {}};
    image::ChartSeries hard{"wornhard", {}};
    image::ChartSeries peer{"best peer, all conditions", {}};
    image::ChartSeries peer_worn{"best peer, worn", {}};
    for (const LengthSummary& summary : report.lengths) {
        all.points.push_back(point_of(summary.length, summary.all.right));
        for (const auto& [name, series] :
             {std::pair{"worn", &worn}, std::pair{"wornhard", &hard}}) {
            const auto found = summary.conditions.find(name);
            if (found != summary.conditions.end()) {
                series->points.push_back(point_of(summary.length, found->second.right));
            }
        }
        for (const auto& [name, series] :
             {std::pair{"all", &peer}, std::pair{"worn", &peer_worn}}) {
            if (const auto share = best_peer(name, summary.length)) {
                series->points.push_back({static_cast<double>(summary.length), *share});
            }
        }
    }
    for (image::ChartSeries* series : {&all, &worn, &hard, &peer, &peer_worn}) {
        if (!series->points.empty()) {
            chart.series.push_back(std::move(*series));
        }
    }
    return chart;
}

image::LineChart reliability_chart(const Report& report) {
    image::LineChart chart;
    chart.title = "Does the stated confidence come true?";
    chart.x = {"stated confidence, %", image::Scale::Linear, 0, 100};
    chart.y = {"came true, %", image::Scale::Linear, 0, 100};
    chart.series.push_back({"as it should be", {{0, 0}, {100, 100}}, image::Mark::Line});
    for (const LengthSummary& summary : report.lengths) {
        image::ChartSeries series{fmt::format("{} s clips", summary.length), {}};
        for (const ReliabilityBin& bin : summary.reliability) {
            if (bin.right.total > 0) {
                series.points.push_back(point_of(100 * bin.stated, bin.right));
            }
        }
        chart.series.push_back(std::move(series));
    }
    chart.captions = {"All clips: indexed music, unknown music and noise. Bars: 95 % intervals "
                      "(Wilson); wide where few clips are so uncertain."};
    return chart;
}

} // namespace

Result<void> plot(const Report& report, const std::filesystem::path& folder) {
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem) {
        return tl::unexpected(system_error(folder.string(), problem.value()));
    }
    SPINDLE_TRY_VOID(image::write_chart(accuracy_chart(report), folder / "accuracy.png"));
    return image::write_chart(reliability_chart(report), folder / "reliability.png");
}

} // namespace spindle::accuracy
