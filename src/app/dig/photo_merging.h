// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "app/dig/disc.h"
#include "app/dig/photo_overlap.h"

namespace spindle::app {

/// Makes one list of discs from the spines of several photos, so that no disc counts twice: a disc
/// seen in several photos has a sighting for each, the one with the surest words first. Two photos
/// that have nothing in common are two shelves; two copies in one photo are two discs.
///
/// Discs are numbered from 1 in the order of the first photo they are in, and in that photo in the
/// order in which its spines are given. Verdicts are still to be found. Pure; the time grows with
/// the square of the number of photos.
std::vector<Disc> merge_photos(std::span<const std::vector<shelf::ReadSpine>> photos,
                               const OverlapOptions& options = {});

} // namespace spindle::app
