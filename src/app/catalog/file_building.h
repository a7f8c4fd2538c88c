// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <utility>

#include "base/progress.h"
#include "base/result.h"
#include "base/units.h"
#include "catalog/builder.h"

namespace spindle::app {

/// How long the steps after reading took.
struct BuildTimes {
    Seconds ordering{0}, indexing{0};
};

/// Runs a builder that has all its releases to the end, on so many threads.
Result<BuildTimes> build_file(catalog::CatalogBuilder& builder,
                              std::span<const std::pair<std::string, std::string>> about,
                              unsigned threads, const ProgressSink& progress,
                              const std::stop_token& stop);

} // namespace spindle::app
