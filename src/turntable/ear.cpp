// SPDX-License-Identifier: Apache-2.0
#include "turntable/ear.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace spindle::turntable {
namespace {

using fingerprint::Density;
using fingerprint::LandmarkExtractor;

static_assert(Ear::kPieceSamples == Ear::kPiece.count() * fingerprint::kLandmarkRate.hz);
constexpr double kSteps = 256; ///< a decibel

} // namespace

double decibels_of(std::int16_t level) {
    return level / kSteps;
}

std::int16_t level_of_decibels(double dbfs) {
    return static_cast<std::int16_t>(std::lround(std::clamp(dbfs, -127.0, 127.0) * kSteps));
}

Ear::Ear() : query_(Density::Query), reference_(Density::Reference) {}

void Ear::feed(std::span<const float> block, const Sink& sink) {
    while (!block.empty()) {
        const auto count = std::min<std::uint64_t>(block.size(), kPieceSamples - piece_.samples);
        const auto part = block.first(count);
        query_.feed(part);
        reference_.feed(part);
        meter_.feed(part,
                    [this](double level) { piece_.levels.push_back(level_of_decibels(level)); });
        piece_.samples += count;
        block = block.subspan(count);
        if (piece_.samples == kPieceSamples) {
            tell(sink);
        }
    }
}

void Ear::tell(const Sink& sink) {
    piece_.query = query_.take();
    piece_.reference = reference_.take();
    Heard next;
    next.before = piece_.before + piece_.samples;
    sink(std::exchange(piece_, std::move(next)));
}

void Ear::lost(Seconds gap, const Sink& sink) {
    if (gap <= Seconds{0}) {
        return;
    }
    finish(sink);
    query_ = LandmarkExtractor(Density::Query);
    reference_ = LandmarkExtractor(Density::Reference);
    piece_.before = 0;
    piece_.lost_before += gap;
}

void Ear::finish(const Sink& sink) {
    query_.finish();
    reference_.finish();
    tell(sink);
}

} // namespace spindle::turntable
