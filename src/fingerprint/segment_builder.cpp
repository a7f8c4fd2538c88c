// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>

#include <xxhash.h>

#include "fingerprint/packed_landmarks.h"
#include "fingerprint/pairs.h"
#include "fingerprint/segment.h"
#include "fingerprint/segment_format.h"

namespace spindle::fingerprint {

using namespace format;

namespace {

/// Writes sections front to back and remembers where each lies and its checksum.
class SectionWriter {
public:
    SectionWriter(const ByteSink& sink, Trailer& trailer)
        : sink_(sink), trailer_(trailer), hash_(XXH3_createState(), &XXH3_freeState) {}

    Result<void> raw(const void* data, std::size_t size) {
        offset_ += size;
        return sink_({static_cast<const std::byte*>(data), size});
    }
    Result<void> begin(SectionName which) {
        static constexpr std::array<std::byte, 8> kZeros{};
        SPINDLE_TRY_VOID(raw(kZeros.data(), (8 - offset_ % 8) % 8));
        section_ = &trailer_.sections[which];
        section_->offset = offset_;
        XXH3_64bits_reset(hash_.get());
        return {};
    }
    Result<void> add(const void* data, std::size_t size) {
        XXH3_64bits_update(hash_.get(), data, size);
        return raw(data, size);
    }
    void end() {
        section_->bytes = offset_ - section_->offset;
        section_->checksum = XXH3_64bits_digest(hash_.get());
    }
    template <typename Number>
    Result<void> whole(SectionName which, const std::vector<Number>& numbers) {
        SPINDLE_TRY_VOID(begin(which));
        SPINDLE_TRY_VOID(add(numbers.data(), numbers.size() * sizeof(Number)));
        end();
        return {};
    }

private:
    const ByteSink& sink_;
    Trailer& trailer_;
    std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> hash_;
    Section* section_ = nullptr;
    std::uint64_t offset_ = 0;
};

/// Packs numbers of a fixed width, least significant bit first.
class BitPacker {
public:
    BitPacker(SectionWriter& out, unsigned width) : out_(out), width_(width) {
        buffer_.reserve(kFlush + 8);
    }
    Result<void> put(std::uint32_t number) {
        word_ |= std::uint64_t{number} << used_;
        used_ += width_;
        while (used_ >= 8) {
            buffer_.push_back(static_cast<std::uint8_t>(word_));
            word_ >>= 8U;
            used_ -= 8;
        }
        return buffer_.size() >= kFlush ? flush() : Result<void>{};
    }
    Result<void> finish() {
        if (used_ > 0) {
            buffer_.push_back(static_cast<std::uint8_t>(word_));
        }
        buffer_.resize(buffer_.size() + kPostingPadding);
        return flush();
    }

private:
    static constexpr std::size_t kFlush = 1U << 18U;
    Result<void> flush() {
        SPINDLE_TRY_VOID(out_.add(buffer_.data(), buffer_.size()));
        buffer_.clear();
        return {};
    }
    SectionWriter& out_;
    unsigned width_;
    std::uint64_t word_ = 0;
    unsigned used_ = 0;
    std::vector<std::uint8_t> buffer_;
};

/// What the first pass over the tracks finds out.
struct Plan {
    std::vector<format::Track> tracks;
    PackedLandmarks packed;
    std::vector<std::uint32_t> counts = std::vector<std::uint32_t>(kKeys); // postings per key
    std::uint64_t postings = 0;
    std::uint64_t moments = 0;
};

Result<Plan> plan_segment(std::span<const TrackSource> sources) {
    Plan plan;
    for (const TrackSource& source : sources) {
        const auto first_block = static_cast<std::uint32_t>(plan.packed.blocks());
        plan.packed.append(source.landmarks());
        // Count what will be written: the landmarks as they come out of the blocks again, whatever
        // order or times went in.
        const std::vector<Landmark> landmarks =
            plan.packed.unpack(first_block, plan.packed.blocks());
        for_each_reference_pair(std::span<const Landmark>(landmarks), PairOptions{},
                                [&](std::uint32_t key, const Landmark&) {
                                    ++plan.counts[key];
                                    ++plan.postings;
                                });
        const std::uint32_t heard =
            landmarks.empty() ? 0 : landmarks.back().tick / kTicksPerMoment + 1;
        const auto declared = static_cast<std::uint32_t>(
            std::clamp(source.duration / (kTick * kTicksPerMoment), 0.0, 1e8));
        const std::uint32_t length = std::max(heard, declared);
        plan.tracks.push_back(
            {source.id.value, static_cast<std::uint32_t>(plan.moments), length, first_block,
             static_cast<std::uint32_t>(landmarks.size()),
             static_cast<std::uint32_t>(std::clamp(source.duration.count() * 1000, 0.0, 4e9))});
        plan.moments += length;
        if (plan.moments > std::numeric_limits<std::uint32_t>::max() / 2 ||
            plan.postings > std::numeric_limits<std::uint32_t>::max()) {
            return fail(Code::BadInput, "index segment too long: {} tracks", sources.size());
        }
    }
    return plan;
}

/// Sorts postings by key, a range of keys at a time so that memory stays bounded.
Result<void> write_postings(const Plan& plan, std::uint64_t most, unsigned bits,
                            SectionWriter& out) {
    BitPacker packer(out, bits);
    std::vector<std::uint32_t> sorted;
    std::vector<std::uint32_t> next(kKeys);
    for (std::uint32_t low = 0; low < kKeys;) {
        std::uint32_t high = low;
        std::uint32_t total = 0;
        for (; high < kKeys && (high == low || total + plan.counts[high] <= most); ++high) {
            next[high] = total;
            total += plan.counts[high];
        }
        sorted.resize(total);
        for (std::size_t t = 0; t < plan.tracks.size(); ++t) {
            const std::size_t end =
                t + 1 < plan.tracks.size() ? plan.tracks[t + 1].first_block : plan.packed.blocks();
            const auto landmarks = plan.packed.unpack(plan.tracks[t].first_block, end);
            const std::uint32_t start = plan.tracks[t].start;
            for_each_reference_pair(std::span<const Landmark>(landmarks), PairOptions{},
                                    [&](std::uint32_t key, const Landmark& anchor) {
                                        if (key >= low && key < high) {
                                            sorted[next[key]++] =
                                                start + anchor.tick / kTicksPerMoment;
                                        }
                                    });
        }
        for (const std::uint32_t moment : sorted) {
            SPINDLE_TRY_VOID(packer.put(moment));
        }
        low = high;
    }
    return packer.finish();
}

template <typename Number>
std::vector<Number> narrow(const std::vector<std::uint32_t>& numbers) {
    std::vector<Number> narrowed(numbers.size());
    std::transform(numbers.begin(), numbers.end(), narrowed.begin(),
                   [](std::uint32_t number) { return static_cast<Number>(number); });
    return narrowed;
}

} // namespace

Result<void> build_segment(std::span<const TrackSource> tracks, const ByteSink& sink,
                           const BuildOptions& options) {
    SPINDLE_TRY(const auto plan, plan_segment(tracks));

    // Directory: where each group of keys starts, and each key within its group.
    std::vector<std::uint32_t> group_starts;
    std::vector<std::uint32_t> key_starts(kKeys);
    std::uint32_t total = 0;
    std::uint32_t widest = 0;
    for (std::uint32_t key = 0; key < kKeys; ++key) {
        if (key % kDirectoryKeys == 0) {
            group_starts.push_back(total);
        }
        key_starts[key] = total - group_starts.back();
        widest = std::max(widest, key_starts[key]);
        total += plan.counts[key];
    }
    group_starts.push_back(total);

    Trailer trailer{};
    trailer.magic = kMagic;
    trailer.version = kVersion;
    trailer.parameters = kParameterVersion;
    trailer.tracks = static_cast<std::uint32_t>(plan.tracks.size());
    trailer.moments = static_cast<std::uint32_t>(plan.moments);
    trailer.blocks = static_cast<std::uint32_t>(plan.packed.blocks());
    trailer.posting_bits = static_cast<std::uint32_t>(std::bit_width(plan.moments));
    trailer.postings = plan.postings;
    trailer.keys = kKeys;
    trailer.key_start_bytes = widest < 256 ? 1 : widest < 65536 ? 2 : 4;

    SectionWriter out(sink, trailer);
    SPINDLE_TRY_VOID(out.raw(kMagic.data(), kMagic.size()));
    SPINDLE_TRY_VOID(out.whole(Tracks, plan.tracks));
    SPINDLE_TRY_VOID(out.whole(BlockTimes, plan.packed.block_times));
    SPINDLE_TRY_VOID(out.whole(Landmarks, plan.packed.entries));
    SPINDLE_TRY_VOID(out.whole(GroupStarts, group_starts));
    switch (trailer.key_start_bytes) {
    case 1:
        SPINDLE_TRY_VOID(out.whole(KeyStarts, narrow<std::uint8_t>(key_starts)));
        break;
    case 2:
        SPINDLE_TRY_VOID(out.whole(KeyStarts, narrow<std::uint16_t>(key_starts)));
        break;
    default:
        SPINDLE_TRY_VOID(out.whole(KeyStarts, key_starts));
        break;
    }
    SPINDLE_TRY_VOID(out.begin(Postings));
    SPINDLE_TRY_VOID(write_postings(plan, options.sort_bytes / sizeof(std::uint32_t),
                                    trailer.posting_bits, out));
    out.end();
    trailer.checksum = XXH3_64bits(&trailer, offsetof(Trailer, checksum));
    return out.raw(&trailer, sizeof trailer);
}

} // namespace spindle::fingerprint
