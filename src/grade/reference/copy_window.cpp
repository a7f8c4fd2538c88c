// SPDX-License-Identifier: Apache-2.0
#include "grade/reference/copy_window.h"

#include <algorithm>

namespace spindle::grade {
namespace {

// What was read a second time, at times that were put right meanwhile, may begin a little earlier.
constexpr std::ptrdiff_t kKept = 4096; // samples

} // namespace

Result<StereoSpan> CopyWindow::read(std::ptrdiff_t from, std::ptrdiff_t to) {
    const std::ptrdiff_t wanted = std::max<std::ptrdiff_t>(0, from);
    if (!is_started_ || wanted < first_) {
        SPINDLE_TRY_VOID(sound_.start());
        held_ = {};
        first_ = 0;
        is_started_ = true;
        is_over_ = false;
    }
    const auto end = [this] { return first_ + static_cast<std::ptrdiff_t>(held_.size()); };
    const auto forget = [&] {
        const std::ptrdiff_t old = std::min(wanted - kKept, end()) - first_;
        held_.drop_front(static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, old)));
        first_ += std::max<std::ptrdiff_t>(0, old);
    };
    forget();
    while (!is_over_ && end() < to) {
        SPINDLE_TRY(const StereoSpan block, sound_.next());
        is_over_ = block.size() == 0;
        held_.append(block);
        if (end() <= wanted - kKept) {
            forget();
        }
    }
    forget();
    padded_.resize(static_cast<std::size_t>(to - from));
    std::fill(padded_.left.begin(), padded_.left.end(), 0.0F);
    std::fill(padded_.right.begin(), padded_.right.end(), 0.0F);
    const std::ptrdiff_t last = std::min(to, end());
    const std::ptrdiff_t begin = std::max(wanted, first_);
    if (begin < last) {
        const auto place = begin - first_;
        const auto count = last - begin;
        std::copy_n(held_.left.begin() + place, count, padded_.left.begin() + (begin - from));
        std::copy_n(held_.right.begin() + place, count, padded_.right.begin() + (begin - from));
    }
    return padded_.span();
}

} // namespace spindle::grade
