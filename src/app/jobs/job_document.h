// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/progress.h"
#include "store/job.h"

namespace spindle::app {

/// What else is said of a job.
struct JobRemarks {
    std::size_t before = 0; ///< jobs that are done before it
    std::optional<Progress> progress{};
};

/// {"id","kind","name","state","created","started","ended","events","before","progress","error"}
/// and what is in its summary ("counts" of a scan, "grade" of a grading): one line. It is also the
/// data of events "state".
std::string document_of(const store::StoredJob& job, const JobRemarks& remarks = {});

/// {"step","item","done","total","eta_s"}: the data of events "progress".
std::string document_of(const Progress& progress);

} // namespace spindle::app
