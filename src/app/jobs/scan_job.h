// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/dig/dig.h"
#include "app/jobs/job_queue.h"
#include "base/result.h"

namespace spindle::app {

/// A scan that is to be done in the background.
struct ScanJob {
    std::vector<std::string> photos; ///< files in the job's folder, in the order they were given
    std::vector<std::string> names;  ///< of these, as their sender calls them; empty ones, or none:
                                     ///< not known
    ShelfFormat format = ShelfFormat::Any;
    double certainty = catalog::MatchOptions{}.certainty;
    std::optional<double> asking; ///< what a disc costs there, in the owner's currency; else as set
    std::string grade;            ///< what condition to expect, "VG+"; empty: as set
    bool offline = false;
};

/// As StoredJob::options, and back. Errors: Code::BadInput.
std::string text_of(const ScanJob& job);
Result<ScanJob> read_scan_job(std::string_view text);

/// Where it is while it is not over: as kScanFile, with what is known until then.
inline constexpr const char* kPartialScanFile = "partial.json";

/// Does scans. Results are those of write_scan, in the job's folder. What was read of each photo is
/// kept until the scan is done, so that one that is taken up again need not read it again.
/// Events: "photo" {"photo","width","height","error"}, "spines" {"photo","quads"}, "disc" as in the
/// document, "remark" {"kind": "warning" or "note", "message"}.
/// @param settings asked at the beginning of each scan: the owner may change them meanwhile
JobWork scan_work(DigTools tools, std::function<Result<Settings>()> settings);

} // namespace spindle::app
