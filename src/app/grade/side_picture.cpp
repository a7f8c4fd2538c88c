// SPDX-License-Identifier: Apache-2.0
#include "app/grade/side_picture.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace spindle::app {
namespace {

image::SideMark::Kind kind_of(grade::DefectKind kind) {
    switch (kind) {
    case grade::DefectKind::Click:
        return image::SideMark::Kind::Click;
    case grade::DefectKind::Crackle:
        return image::SideMark::Kind::Crackle;
    case grade::DefectKind::Thump:
        return image::SideMark::Kind::Thump;
    case grade::DefectKind::Skip:
    case grade::DefectKind::Repeat:
        return image::SideMark::Kind::Jump;
    case grade::DefectKind::Dropout:
        return image::SideMark::Kind::Dropout;
    }
    return image::SideMark::Kind::Click;
}

void add_marks(std::span<const grade::Defect> defects, double level, image::SidePlot& plot) {
    for (const grade::Defect& defect : defects) {
        plot.marks.push_back({defect.at, 20 * std::log10(std::max(defect.peak, 1e-9) / level),
                              kind_of(defect.kind)});
    }
}

std::string label_of(grade::SpanKind kind) {
    return kind == grade::SpanKind::Music ? std::string() : std::string(name_of(kind));
}

bool is_groove(grade::SpanKind kind) {
    return kind == grade::SpanKind::LeadIn || kind == grade::SpanKind::Gap ||
           kind == grade::SpanKind::RunOut;
}

} // namespace

image::SidePlot picture_of(const GradedRecording& graded) {
    const grade::SideMeasures& side = graded.measures;
    const grade::GradeReport& report = graded.report;
    image::SidePlot plot;
    plot.title = graded.recording.filename().string();
    plot.length = std::max(side.length(), Seconds{0.1});
    plot.programme = std::max(side.programme_level(), 1e-9);
    if (report.graded) {
        plot.grade = short_name(report.grade);
        plot.subtitle = fmt::format(
            "{} to {}; told from {}", full_name(report.best), full_name(report.worst),
            report.evidence == grade::Evidence::Copy     ? "the digital copy"
            : report.evidence == grade::Evidence::Groove ? "silent groove and music"
                                                         : "music alone: low confidence");
        for (std::size_t i = 0; i < grade::kHeardGrades; ++i) {
            const Grade grade = grade::grade_of_class(i);
            plot.chances.push_back(
                {std::string(short_name(grade)), report.probabilities[i], grade == report.grade});
        }
        for (const grade::Reason& reason : report.reasons) {
            plot.captions.push_back(reason.text);
        }
    } else {
        plot.subtitle = "not graded: " + report.because;
    }
    plot.captions.insert(plot.captions.end(), report.remarks.begin(), report.remarks.end());
    for (const grade::CrackleFrame& frame : side.clicks.frames) {
        plot.levels.push_back(frame.level);
    }
    for (const grade::SideSpan& span : side.surface.map.spans) {
        plot.stretches.push_back({span.from, span.to, label_of(span.kind), is_groove(span.kind)});
    }
    add_marks(side.likely_clicks(), plot.programme, plot);
    add_marks(side.motion.dropouts, plot.programme, plot);
    add_marks(side.motion.repeats(), plot.programme, plot);
    return plot;
}

bool is_side_picture(const std::filesystem::path& path) {
    const std::string extension = text::ascii_lower(path.extension().string());
    return extension == ".png" || extension == ".svg";
}

Result<void> write_side_picture(const GradedRecording& graded, const std::filesystem::path& path) {
    return image::write_plot(picture_of(graded), path);
}

} // namespace spindle::app
