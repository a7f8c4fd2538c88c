// SPDX-License-Identifier: Apache-2.0
#include "shelf/spine_finder.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "image/rectify.h"
#include "inference/session.h"
#include "shelf/counting_order.h"
#include "shelf/length_agreement.h"
#include "shelf/overlap.h"
#include "shelf/spine_tracing.h"

namespace spindle::shelf {
namespace {

constexpr int kMultiple = 64; // of the network's input: it halves the picture six times
/// A look that is within this factor of the one before shows nothing new.
constexpr double kWorthLooking = 1.25;
constexpr int kMostLooks = 3;

int padded(int side) {
    return (side + kMultiple - 1) / kMultiple * kMultiple;
}

/// {1, 3, height, width}, RGB 0 to 1, black beyond the picture.
inference::Tensor tensor_of(const image::Picture& picture) {
    const int width = padded(picture.width);
    const int height = padded(picture.height);
    const auto plane = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    const auto channels = static_cast<std::size_t>(picture.channels);
    inference::Tensor tensor{{1, 3, height, width}, std::vector<float>(3 * plane)};
    for (int y = 0; y < picture.height; ++y) {
        const auto row = picture.row(y);
        float* out =
            tensor.values.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
        for (std::size_t x = 0; x < static_cast<std::size_t>(picture.width); ++x) {
            for (std::size_t c = 0; c < 3; ++c) {
                out[c * plane + x] =
                    static_cast<float>(row[x * channels + (channels == 3 ? c : 0)]) / 255.0F;
            }
        }
    }
    return tensor;
}

/// The maps without the cells beyond the picture.
Result<SpineMaps> maps_of(inference::Tensor tensor, const image::Picture& picture) {
    constexpr int kCell = static_cast<int>(SpineMaps::kCell);
    const auto& shape = tensor.shape;
    if (shape.size() != 4 || shape[1] != static_cast<std::int64_t>(kSpineMaps) ||
        shape[2] * kCell < picture.height || shape[3] * kCell < picture.width) {
        return fail(Code::BadInput,
                    "the spine detector's answer has the wrong shape: its model and "
                    "this program do not belong together");
    }
    SpineMaps maps;
    maps.width = (picture.width + kCell - 1) / kCell;
    maps.height = (picture.height + kCell - 1) / kCell;
    maps.values.reserve(kSpineMaps * maps.cells());
    const auto row_size = static_cast<std::size_t>(shape[3]);
    for (std::size_t map = 0; map < kSpineMaps; ++map) {
        for (std::size_t y = 0; y < static_cast<std::size_t>(maps.height); ++y) {
            const auto* row =
                tensor.values.data() + (map * static_cast<std::size_t>(shape[2]) + y) * row_size;
            maps.values.insert(maps.values.end(), row, row + maps.width);
        }
    }
    return maps;
}

/// The thickness than which `share` of the spines are thinner.
double thickness_at(const std::vector<Spine>& spines, double share) {
    std::vector<double> sizes;
    for (const Spine& spine : spines) {
        sizes.push_back(image::thickness_of(spine.quad));
    }
    const auto place = sizes.begin() + static_cast<std::ptrdiff_t>(
                                           share * static_cast<double>(sizes.size() - 1) + 0.5);
    std::nth_element(sizes.begin(), place, sizes.end());
    return *place;
}

} // namespace

struct SpineFinder::State {
    inference::Session session;
    FinderOptions options;

    /// What is seen of the photo at `scale`. Spines weigh the less the further they are, at that
    /// scale, from the thickness the network knows best.
    Result<std::vector<Rival>> look(const image::Picture& photo, double scale) const {
        const int width = std::max(1, static_cast<int>(std::lround(photo.width * scale)));
        const int height = std::max(1, static_cast<int>(std::lround(photo.height * scale)));
        const image::Picture seen =
            width == photo.width ? photo : image::scaled(photo, width, height);
        SPINDLE_TRY(auto answer, session.run(tensor_of(seen)));
        SPINDLE_TRY(const SpineMaps maps, maps_of(std::move(answer), seen));
        std::vector<Rival> rivals;
        for (Spine& spine : trace_spines(maps)) {
            const double away = std::log(image::thickness_of(spine.quad) / options.best_thickness) /
                                options.thickness_spread;
            for (image::Point& corner : spine.quad.corners) {
                corner.x = std::clamp(corner.x * photo.width / width, 0.0, 1.0 * photo.width);
                corner.y = std::clamp(corner.y * photo.height / height, 0.0, 1.0 * photo.height);
            }
            const double weight = weight_of(spine) * std::exp(-away * away / 2);
            rivals.push_back({std::move(spine), weight});
        }
        return rivals;
    }

    /// The scale of a look after the first: 0 when there is nothing more to be seen.
    double next_scale(const std::vector<Spine>& spines, int looks, double finest) const {
        if (spines.empty()) {
            return looks == 1 ? 1 : 0; // they may be too thin to be seen at first
        }
        if (looks == 1) {
            return options.best_thickness / thickness_at(spines, 0.5);
        }
        const double wanted = options.best_thickness / thickness_at(spines, options.thin_share);
        return wanted > finest ? wanted : 0;
    }
};

SpineFinder::SpineFinder(std::unique_ptr<State> state) : state_(std::move(state)) {}
SpineFinder::SpineFinder(SpineFinder&&) noexcept = default;
SpineFinder& SpineFinder::operator=(SpineFinder&&) noexcept = default;
SpineFinder::~SpineFinder() = default;

Result<SpineFinder> SpineFinder::open(const std::filesystem::path& model, FinderOptions options) {
    SPINDLE_TRY(auto session,
                inference::Session::open(model, inference::SessionOptions{options.threads}));
    return SpineFinder(std::make_unique<State>(State{std::move(session), options}));
}

Result<std::vector<Spine>> SpineFinder::find(const image::Picture& photo,
                                             std::stop_token stop) const {
    if (photo.empty()) {
        return fail(Code::BadInput, "there is no picture to look for spines in");
    }
    const FinderOptions& options = state_->options;
    const double longest = std::max(photo.width, photo.height);
    const double most = std::min(1.0, options.longest_side / longest);
    double scale = std::min(1.0, options.first_look / longest);
    double finest = 0;
    std::vector<Rival> rivals;
    std::vector<Spine> spines;
    for (int looks = 1; looks <= kMostLooks; ++looks) {
        SPINDLE_TRY(auto more, state_->look(photo, scale));
        if (stop.stop_requested()) {
            return fail(Code::Cancelled, "stopped while looking for spines");
        }
        std::move(more.begin(), more.end(), std::back_inserter(rivals));
        spines = without_overlaps(rivals, TracingOptions{}.most_overlap);
        finest = std::max(finest, scale);
        const double wanted = std::min(most, state_->next_scale(spines, looks, finest));
        if (wanted <= 0 || std::max(scale, wanted) < kWorthLooking * std::min(scale, wanted)) {
            break;
        }
        scale = wanted;
    }
    return in_counting_order(of_fitting_length(spines));
}

} // namespace spindle::shelf
