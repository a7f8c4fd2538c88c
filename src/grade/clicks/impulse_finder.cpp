// SPDX-License-Identifier: Apache-2.0
#include "grade/clicks/impulse_finder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <deque>
#include <span>

#include "dsp/four.h"
#include "grade/clicks/click_classifier.h"
#include "grade/clicks/impulse_features.h"
#include "grade/clicks/impulse_measure.h"
#include "grade/clicks/impulse_tracks.h"

namespace spindle::grade {
namespace {

using dsp::Four;
using dsp::kLanes;
using dsp::larger;
using dsp::load_four;

constexpr int kLowestHertz = 8000;
constexpr int kHighestHertz = 192000;
constexpr double kGap = 0.0015;    // a shorter pause belongs to the impulse
constexpr double kLongest = 0.005; // then another begins: a click in a drum's attack is not lost
constexpr double kEdge = 0.002;    // at the ends of the recording, where filters start and stop
constexpr std::int64_t kFrameBlocks = 5; // 50 ms
constexpr float kOutlier = 5;
constexpr float kMostDeviations = 50;
constexpr float kMostZ = 1e4F;

float magnitude_of(std::span<const float> values) {
    Four top{};
    Four bottom{};
    std::size_t n = 0;
    for (; n + kLanes <= values.size(); n += kLanes) {
        const Four four = load_four(values.data() + n);
        top = larger(top, four);
        bottom = larger(bottom, -four);
    }
    const Four both = larger(top, bottom);
    float largest = std::max({both[0], both[1], both[2], both[3]});
    for (; n < values.size(); ++n) {
        largest = std::max(largest, std::abs(values[n]));
    }
    return largest;
}

} // namespace

float Impulse::strongest() const {
    return std::max(*std::max_element(z.begin(), z.end()),
                    *std::max_element(matched.begin(), matched.end()));
}

struct ImpulseFinder::State {
    State(SampleRate rate, const ImpulseOptions& wanted)
        : options(wanted), hertz(std::clamp(rate.hz, kLowestHertz, kHighestHertz)),
          tracks(hertz, wanted.order), flags(static_cast<std::size_t>(tracks.block())) {}

    void take(ImpulseFindings& found, bool last) {
        // Between the middles of two blocks both deviations must be known.
        while (searched + 1 < tracks.blocks() || (last && searched < tracks.blocks())) {
            search(searched++);
        }
        // Nothing can join it any more; open for good it would keep all the sound since.
        const auto gap = static_cast<std::int64_t>(kGap * hertz);
        if (last || (is_open && searched * tracks.block() - last_over > gap)) {
            close();
        }
        const std::int64_t there = last ? tracks.length() + 1
                                        : tracks.blocks() * tracks.block() -
                                              static_cast<std::int64_t>(kFeaturesAfter * hertz);
        while (!waiting.empty() && waiting.front().at < there) {
            describe(waiting.front(), found);
            waiting.pop_front();
        }
        const std::int64_t whole = tracks.length() / tracks.block();
        const std::int64_t ready = last ? std::min(tracks.blocks(), whole) : tracks.blocks();
        while ((framed + 1) * kFrameBlocks <= ready) {
            found.frames.push_back(frame(framed++));
        }
        const std::int64_t needed =
            std::min({searched * tracks.block(), framed * kFrameBlocks * tracks.block(),
                      waiting.empty() ? tracks.length() : waiting.front().from,
                      is_open ? open.from : tracks.length()});
        tracks.forget_before(needed - static_cast<std::int64_t>((kFeaturesBefore + 0.1) * hertz));
    }

    // Looks for what stands out from the middle of one block to the middle of the next.
    void search(std::int64_t block) {
        const std::int64_t size = tracks.block();
        const std::int64_t from = block == 0 ? 0 : block * size + size / 2;
        const std::int64_t to = std::min((block + 1) * size + size / 2, tracks[0].matched.end());
        flags.assign(static_cast<std::size_t>(std::max<std::int64_t>(to - from, 0)), 0);
        bool any = false;
        for (std::size_t signal = 0; signal < kSignals; ++signal) {
            any |= mark(tracks[signal].residual, from, to, tracks.residual_deviation(signal, from),
                        tracks.residual_deviation(signal, to));
            any |= mark(tracks[signal].matched, from, to, tracks.matched_deviation(signal, from),
                        tracks.matched_deviation(signal, to));
        }
        for (std::int64_t n = from; any && n < to; ++n) {
            if (flags[static_cast<std::size_t>(n - from)] != 0) {
                extend(n);
            }
        }
    }

    bool mark(const Track<float>& track, std::int64_t from, std::int64_t to, float first,
              float end) {
        const auto values = track.span(from, to);
        const auto threshold = static_cast<float>(options.threshold);
        const float lowest = threshold * std::min(first, end);
        if (magnitude_of(values) <= lowest) {
            return false;
        }
        const float step =
            (end - first) / static_cast<float>(std::max<std::size_t>(values.size(), 1));
        bool any = false;
        for (std::size_t n = 0; n < values.size(); ++n) {
            const float limit = threshold * (first + step * static_cast<float>(n));
            if (std::abs(values[n]) > limit) {
                flags[n] = 1;
                any = true;
            }
        }
        return any;
    }

    void extend(std::int64_t n) {
        if (is_open && (n - last_over > static_cast<std::int64_t>(kGap * hertz) ||
                        n - open.from > static_cast<std::int64_t>(kLongest * hertz))) {
            close();
        }
        if (!is_open) {
            open = Impulse{};
            open.at = open.from = n;
            best = 0;
            is_open = true;
        }
        last_over = n;
        for (std::size_t signal = 0; signal < kSignals; ++signal) {
            const float z =
                std::abs(tracks[signal].residual[n]) / tracks.residual_deviation(signal, n);
            const float matched =
                std::abs(tracks[signal].matched[n]) / tracks.matched_deviation(signal, n);
            open.z[signal] = std::clamp(z, open.z[signal], kMostZ);
            open.matched[signal] = std::clamp(matched, open.matched[signal], kMostZ);
            if (matched > best) {
                best = matched;
                open.at = n;
            }
        }
    }

    void close() {
        if (is_open) {
            open.length = static_cast<int>(last_over - open.from + 1);
            waiting.push_back(open);
            is_open = false;
        }
    }

    void describe(Impulse& impulse, ImpulseFindings& found) {
        const auto edge = static_cast<std::int64_t>(kEdge * hertz);
        if (impulse.at < edge || impulse.at >= tracks.length() - edge) {
            return;
        }
        if (options.features == ImpulseOptions::Features::Wanted) {
            impulse.features = features_of(impulse, tracks, hertz);
            impulse.probability = click_probability(impulse.features);
            if (impulse.probability < options.least_probability) {
                return;
            }
        }
        measure_impulse(impulse, tracks, hertz);
        found.impulses.push_back(impulse);
    }

    CrackleFrame frame(std::int64_t number) const {
        CrackleFrame answer;
        float power = 0;
        std::size_t outliers = 0;
        float fourth = 0;
        for (std::int64_t b = number * kFrameBlocks; b < (number + 1) * kFrameBlocks; ++b) {
            for (const std::size_t signal : {std::size_t{0}, std::size_t{1}}) {
                power += tracks[signal].powers[b] / (2 * kFrameBlocks);
                const float deviation = tracks[signal].residual_deviations[b];
                answer.residual += deviation / (2 * kFrameBlocks);
                const float scale = 1 / deviation;
                for (const float e :
                     tracks[signal].residual.span(b * tracks.block(), (b + 1) * tracks.block())) {
                    const float z = std::min(std::abs(e) * scale, kMostDeviations);
                    outliers += z > kOutlier ? 1 : 0;
                    fourth += z * z * z * z;
                }
            }
        }
        const auto samples = static_cast<float>(2 * kFrameBlocks * tracks.block());
        answer.level = std::sqrt(power);
        answer.outliers = static_cast<float>(outliers) / samples;
        answer.fourth = fourth / samples;
        return answer;
    }

    ImpulseOptions options;
    int hertz;
    ImpulseTracks tracks;
    std::vector<std::uint8_t> flags;
    std::int64_t searched = 0; // blocks
    std::int64_t framed = 0;
    bool is_open = false;
    Impulse open;
    float best = 0;
    std::int64_t last_over = 0;
    std::deque<Impulse> waiting; // for what comes after them
};

ImpulseFinder::ImpulseFinder(SampleRate rate, const ImpulseOptions& options)
    : state_(std::make_unique<State>(rate, options)) {}
ImpulseFinder::~ImpulseFinder() = default;
ImpulseFinder::ImpulseFinder(ImpulseFinder&&) noexcept = default;
ImpulseFinder& ImpulseFinder::operator=(ImpulseFinder&&) noexcept = default;

void ImpulseFinder::feed(StereoSpan block, ImpulseFindings& found) {
    // Half a second at a time, so that memory does not grow with the block.
    const auto piece = static_cast<std::size_t>(state_->hertz / 2);
    for (std::size_t from = 0; from < block.size(); from += piece) {
        state_->tracks.feed(block.subspan(from, std::min(piece, block.size() - from)));
        state_->take(found, false);
    }
}

void ImpulseFinder::finish(ImpulseFindings& found) {
    state_->tracks.finish();
    state_->take(found, true);
}

} // namespace spindle::grade
