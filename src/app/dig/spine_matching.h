// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "app/dig/disc.h"
#include "base/result.h"
#include "catalog/matcher.h"
#include "catalog/spine_text.h"

namespace spindle::app {

/// What the matcher is asked: every reading of every photo the disc is in.
catalog::SpineText spine_text_of(const Disc& disc);

/// The same of one reading.
catalog::Reading catalog_reading(const shelf::SpineReading& reading);

/// What can be said of a disc without a catalog: BackOfCase, Unread or Read.
/// A spine that shows its print with a chance below this is the back of its case.
inline constexpr double kShowsItsPrint = 0.5;
DiscVerdict verdict_without_catalog(const Disc& disc);

/// Asks the catalog what a disc is: fills its candidates, reading and verdict. Backs of cases and
/// spines without words are not asked about. Thread-safe for different discs.
/// @param fetched releases from elsewhere that are candidates, too
/// Errors: Matcher::match's, for a damaged catalog.
Result<void> match_disc(const catalog::Matcher& matcher, Disc& disc,
                        std::span<const catalog::Release> fetched = {});

} // namespace spindle::app
