// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accuracy/measure.h"
#include "fingerprint/index.h"

namespace spindle::accuracy {

/// Passes everything on to another index and keeps account of the time it takes. For one thread.
class TimedIndex final : public fingerprint::Index {
public:
    struct Account {
        Seconds count{0};
        Seconds read{0};    ///< the receiver's work included
        Seconds look_up{0}; ///< places and landmarks, for verification
        std::uint64_t ranges = 0;
        std::uint64_t counted = 0;  ///< postings the ranges held
        std::uint64_t postings = 0; ///< read
    };

    explicit TimedIndex(const fingerprint::Index& index) : index_(index) {}
    const Account& account() const { return account_; }

    Size size() const override { return index_.size(); }
    std::uint32_t moments() const override { return index_.moments(); }
    void count(std::span<const fingerprint::KeyRange> ranges,
               std::span<std::uint32_t> counts) const override {
        const Seconds start = thread_cpu();
        index_.count(ranges, counts);
        account_.count += thread_cpu() - start;
        account_.ranges += ranges.size();
        for (const std::uint32_t held : counts) {
            account_.counted += held;
        }
    }
    void read(std::span<const fingerprint::KeyRange> ranges, const Sink& sink) const override {
        const Seconds start = thread_cpu();
        index_.read(ranges, [&](std::size_t range, std::span<const std::uint32_t> moments,
                                std::span<const std::uint32_t> ends) {
            account_.postings += moments.size();
            sink(range, moments, ends);
        });
        account_.read += thread_cpu() - start;
    }
    std::optional<Place> place(std::uint32_t moment) const override {
        const Seconds start = thread_cpu();
        auto place = index_.place(moment);
        account_.look_up += thread_cpu() - start;
        return place;
    }
    void landmarks(const Place& place, std::uint32_t from, std::uint32_t to,
                   std::vector<fingerprint::Landmark>& out) const override {
        const Seconds start = thread_cpu();
        index_.landmarks(place, from, to, out);
        account_.look_up += thread_cpu() - start;
    }

private:
    const fingerprint::Index& index_;
    mutable Account account_;
};

} // namespace spindle::accuracy
