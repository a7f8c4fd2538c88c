// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace spindle::grade {

/// The recent past of a stream of values, found by their place in the whole stream. What came
/// before the beginning of the stream is there as `past` zeros.
template <typename Value>
class Track {
public:
    explicit Track(std::size_t past = 0) : values_(past), base_(-static_cast<std::int64_t>(past)) {}

    std::int64_t end() const { return base_ + static_cast<std::int64_t>(values_.size()); }
    std::int64_t begin() const { return base_; }

    Value& operator[](std::int64_t place) { return values_[offset(place)]; }
    const Value& operator[](std::int64_t place) const { return values_[offset(place)]; }
    /// The value there, or the nearest that is kept.
    const Value& nearest(std::int64_t place) const {
        return (*this)[std::clamp(place, base_, end() - 1)];
    }

    std::span<const Value> span(std::int64_t from, std::int64_t to) const {
        return {values_.data() + offset(from), static_cast<std::size_t>(to - from)};
    }
    std::span<Value> span(std::int64_t from, std::int64_t to) {
        return {values_.data() + offset(from), static_cast<std::size_t>(to - from)};
    }

    void push(Value value) { values_.push_back(value); }
    void append(std::span<const Value> values) {
        values_.insert(values_.end(), values.begin(), values.end());
    }
    /// Room for so many more, to be written through the span.
    std::span<Value> grow(std::size_t count) {
        values_.resize(values_.size() + count);
        return std::span<Value>(values_).last(count);
    }

    /// Forgets what was before, once that is half of what is kept: constant time a value.
    void forget_before(std::int64_t place) {
        const std::int64_t old = place - base_;
        if (old > 0 && 2 * static_cast<std::size_t>(old) >= values_.size()) {
            values_.erase(values_.begin(), values_.begin() + old);
            base_ = place;
        }
    }

private:
    std::size_t offset(std::int64_t place) const { return static_cast<std::size_t>(place - base_); }

    std::vector<Value> values_;
    std::int64_t base_;
};

} // namespace spindle::grade
