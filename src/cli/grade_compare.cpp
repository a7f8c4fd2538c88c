// SPDX-License-Identifier: Apache-2.0
#include "cli/grade_compare.h"

#include <cmath>
#include <memory>

#include <nlohmann/json.hpp>

#include "app/grade/grade_recording.h"
#include "cli/grade_text.h"
#include "document/json.h"
#include "inference/places.h"

namespace spindle::cli {
namespace {

struct CompareOptions {
    std::string before, after, model;
};

/// A figure of both recordings.
struct Row {
    const char* name;
    const char* key;
    std::optional<double> before, after;
    int decimals;
};

std::vector<Row> rows_of(const app::GradedRecording& before, const app::GradedRecording& after) {
    const auto& a = before.report.damage;
    const auto& b = after.report.damage;
    const grade::ClickCount first = app::clicks_of(before);
    const grade::ClickCount then = app::clicks_of(after);
    return {
        {"surface noise, dB against the music", "noise_db", a.noise_db, b.noise_db, 1},
        {"sure clicks a minute", "clicks_per_minute", a.clicks_per_minute, b.clicks_per_minute, 1},
        {"clicks and ticks a minute, by chances", "expected_clicks_per_minute",
         first.expected_per_minute, then.expected_per_minute, 1},
        {"energy of clicks, dB against the music", "click_energy_db", first.expected_energy_db,
         then.expected_energy_db, 1},
        {"crackle, ticks a second", "crackles_per_second", a.crackles_per_second,
         b.crackles_per_second, 1},
        {"severity, grades from Near Mint (1)", "severity", before.report.severity,
         after.report.severity, 2},
    };
}

std::string cell(const std::optional<double>& value, int decimals) {
    return value && std::isfinite(*value) ? fmt::format("{:.{}f}", *value, decimals)
                                          : std::string("-");
}

std::string grade_of(const app::GradedRecording& graded) {
    return graded.report.graded ? std::string(short_name(graded.report.grade)) : std::string("-");
}

document::Json number(const std::optional<double>& value) {
    return value && std::isfinite(*value) ? document::Json(*value) : document::Json(nullptr);
}

Result<Exit> compare(const CompareOptions& options, const Context& context) {
    std::filesystem::path file = options.model;
    if (file.empty()) {
        SPINDLE_TRY(file, inference::model_file("grade.json"));
    }
    SPINDLE_TRY(const auto models, app::open_grade_models(file));
    const app::GradingTools tools{models};
    const ProgressSink progress = context.terminal.progress();
    SPINDLE_TRY(const auto before,
                app::grade_recording(options.before, {}, tools, progress, context.stop));
    SPINDLE_TRY(const auto after,
                app::grade_recording(options.after, {}, tools, progress, context.stop));
    context.terminal.clear();
    for (const app::GradedRecording* graded : {&before, &after}) {
        if (!graded->report.graded) {
            context.terminal.warn(fmt::format("{}: not graded: {}", graded->recording.string(),
                                              graded->report.because));
        }
    }
    const auto rows = rows_of(before, after);
    if (context.format == Format::Json) {
        document::Json json{
            {"before", {{"recording", options.before}, {"grade", grade_of(before)}}},
            {"after", {{"recording", options.after}, {"grade", grade_of(after)}}}};
        for (const Row& row : rows) {
            json["before"][row.key] = number(row.before);
            json["after"][row.key] = number(row.after);
        }
        context.out.line(document::to_text(json));
    } else {
        context.out.line(fmt::format("{:40} {:>10} {:>10}", "", "before", "after"));
        context.out.line(
            fmt::format("{:40} {:>10} {:>10}", "grade", grade_of(before), grade_of(after)));
        for (const Row& row : rows) {
            context.out.line(fmt::format("{:40} {:>10} {:>10}", row.name,
                                         cell(row.before, row.decimals),
                                         cell(row.after, row.decimals)));
        }
    }
    return before.report.graded && after.report.graded ? Exit::Done : Exit::Incomplete;
}

} // namespace

const Command kGradeCompareCommand{
    "grade compare", "two recordings of one side: before and after cleaning",
    "spindle grade compare dirty.flac washed.flac", [](Arguments& arguments) -> Run {
        auto options = std::make_shared<CompareOptions>();
        arguments.positional("BEFORE", &options->before, "recording of the side as it was",
                             Need::Required, Takes::File);
        arguments.positional("AFTER", &options->after, "... and as it is now", Need::Required,
                             Takes::File);
        arguments.option("--model", "FILE", &options->model, "model of your own (see grade train)",
                         Takes::File);
        return [options](const Context& context) { return compare(*options, context); };
    }};

} // namespace spindle::cli
