// SPDX-License-Identifier: Apache-2.0
#include "grade/motion/dropout_finder.h"

#include <algorithm>
#include <cmath>

namespace spindle::grade {
namespace {

constexpr int kLowestRate = 16000;
constexpr double kSlot = 0.0025;      // seconds
constexpr std::size_t kShortest = 2;  // slots: 5 ms
constexpr std::size_t kLongest = 200; // 500 ms
constexpr std::size_t kAround = 24;   // slots before and after it is compared with: 60 ms
constexpr std::size_t kHistory = 1024;
constexpr double kLoss = 0.1;        // of power: 10 dB
constexpr double kSteady = 1.8;      // the other channel stays within 2.5 dB
constexpr double kSameBalance = 1.5; // 1.8 dB
constexpr double kAlike = 0.75;
constexpr double kQuietest = 1e-10; // mean square of the treble
// Damage is rare. As often as this an instrument does it: hard edges of samples, panned in turn.
constexpr double kMostPerMinute = 3, kAlwaysAllowed = 4;

} // namespace

DropoutFinder::DropoutFinder(SampleRate rate)
    : rate_(std::max(rate.hz, 1)),
      distance_(static_cast<std::size_t>(std::max(1L, std::lround(rate.hz / 46000.0)))),
      slot_length_(std::max<std::size_t>(1, static_cast<std::size_t>(rate.hz * kSlot))),
      left_(2 * distance_), right_(2 * distance_) {}

void DropoutFinder::feed(StereoSpan block) {
    if (rate_ < kLowestRate) {
        return;
    }
    const std::size_t kept = 2 * distance_;
    left_.insert(left_.end(), block.left.begin(), block.left.end());
    right_.insert(right_.end(), block.right.begin(), block.right.end());
    for (std::size_t done = kept; done < left_.size();) {
        const std::size_t count = std::min(left_.size() - done, slot_length_ - in_slot_);
        Slot& slot = slot_;
        for (std::size_t i = done; i < done + count; ++i) {
            const auto l =
                static_cast<double>(left_[i] - 2 * left_[i - distance_] + left_[i - 2 * distance_]);
            const auto r = static_cast<double>(right_[i] - 2 * right_[i - distance_] +
                                               right_[i - 2 * distance_]);
            slot.left += l * l;
            slot.right += r * r;
            slot.both += l * r;
        }
        done += count;
        in_slot_ += count;
        if (in_slot_ == slot_length_) {
            end_slot();
        }
    }
    left_.erase(left_.begin(), left_.end() - static_cast<std::ptrdiff_t>(kept));
    right_.erase(right_.begin(), right_.end() - static_cast<std::ptrdiff_t>(kept));
}

void DropoutFinder::end_slot() {
    slots_.push_back(slot_);
    slot_ = {};
    in_slot_ = 0;
    while (next_ + kAround + kLongest + kAround < first_slot_ + slots_.size()) {
        look();
    }
    if (slots_.size() > 2 * kHistory) {
        slots_.erase(slots_.begin(), slots_.begin() + kHistory);
        first_slot_ += kHistory;
    }
}

DropoutFinder::Slot DropoutFinder::sum(std::size_t from, std::size_t to) const {
    Slot total;
    for (std::size_t i = from; i < to; ++i) {
        const Slot& slot = slots_[i - first_slot_];
        total.left += slot.left;
        total.right += slot.right;
        total.both += slot.both;
    }
    return total;
}

/// Whether a dropout begins at slot next_ + kAround; goes on by one slot, or past what it found.
void DropoutFinder::look() {
    const std::size_t begin = next_ + kAround;
    const std::size_t available = first_slot_ + slots_.size();
    ++next_;
    const auto length = static_cast<double>(slot_length_);
    const Slot& now = slots_[begin - first_slot_];
    const Slot& last = slots_[begin - 1 - first_slot_];
    for (const bool is_left : {true, false}) {
        const auto own = [is_left](const Slot& slot) { return is_left ? slot.left : slot.right; };
        const auto other = [is_left](const Slot& slot) { return is_left ? slot.right : slot.left; };
        // Cheap first: it falls from one slot to the next but one, the other does not.
        if (own(now) > 0.25 * own(last) || other(now) < 0.25 * other(last)) {
            continue;
        }
        const Slot before = sum(begin - kAround, begin);
        const double usual = own(before) / kAround;
        if (usual < kQuietest * length ||
            before.both < kAlike * std::sqrt(before.left * before.right)) {
            continue;
        }
        std::size_t end = begin;
        while (end < available && end - begin <= kLongest &&
               own(slots_[end - first_slot_]) < 2 * kLoss * usual) {
            ++end;
        }
        if (end - begin < kShortest || end - begin > kLongest || end + 1 + kAround > available) {
            continue;
        }
        const Slot gap = sum(begin, end);
        const Slot after = sum(end + 1, end + 1 + kAround); // the slot between is half of each
        const auto slots = static_cast<double>(end - begin);
        const double steady = other(gap) / slots / (other(before) / kAround);
        const double balance = own(before) * other(after) / (own(after) * other(before));
        if (own(gap) / slots > kLoss * usual || steady > kSteady || steady < 1 / kSteady ||
            after.both < kAlike * std::sqrt(after.left * after.right) || balance > kSameBalance ||
            balance < 1 / kSameBalance) {
            continue;
        }
        Defect defect;
        defect.kind = DefectKind::Dropout;
        defect.at = Seconds(static_cast<double>(begin * slot_length_) / rate_);
        defect.length = Seconds(static_cast<double>((end - begin) * slot_length_) / rate_);
        defect.wall = is_left ? Wall::Left : Wall::Right;
        defect.probability = 0.8;
        if (found_.size() < kMostDefects) {
            found_.push_back(defect);
        }
        next_ = end - kAround + 1;
        return;
    }
}

std::vector<Defect> DropoutFinder::finish() {
    while (next_ + 2 * kAround + kShortest + 1 < first_slot_ + slots_.size()) {
        look();
    }
    const double minutes =
        static_cast<double>((first_slot_ + slots_.size()) * slot_length_) / rate_ / 60;
    if (static_cast<double>(found_.size()) > kAlwaysAllowed + kMostPerMinute * minutes) {
        found_.clear();
    }
    return std::move(found_);
}

} // namespace spindle::grade
