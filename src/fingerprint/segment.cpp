// SPDX-License-Identifier: Apache-2.0
#include "fingerprint/segment.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include <xxhash.h>

#include "fingerprint/packed_landmarks.h"
#include "fingerprint/pairs.h"
#include "fingerprint/segment_format.h"
#include "io/file.h"

namespace spindle::fingerprint {

using namespace format;

struct Segment::State {
    std::string name;
    std::optional<io::MappedFile> file;
    std::vector<std::byte> memory;
    std::span<const std::byte> bytes;
    Trailer trailer{};
    std::uint64_t posting_mask = 0;

    const std::byte* section(SectionName which) const {
        return bytes.data() + trailer.sections[which].offset;
    }
    /// The number at `index` of a section that is an array of numbers; unaligned files are fine.
    template <typename Number>
    Number number(SectionName which, std::uint64_t index) const {
        Number value{};
        std::memcpy(&value, section(which) + index * sizeof(Number), sizeof(Number));
        return value;
    }
    std::uint64_t checksum(SectionName which) const {
        return XXH3_64bits(section(which), trailer.sections[which].bytes);
    }
};

Segment::Segment(std::unique_ptr<State> state) : state_(std::move(state)) {}
Segment::~Segment() = default;
Segment::Segment(Segment&&) noexcept = default;
Segment& Segment::operator=(Segment&&) noexcept = default;

Result<Segment> Segment::open(const std::filesystem::path& path) {
    SPINDLE_TRY(auto file, io::MappedFile::open(path));
    auto state = std::make_unique<State>();
    state->name = path.string();
    state->bytes = file.bytes();
    file.expect_random_access();
    state->file.emplace(std::move(file));
    return check(std::move(state));
}

Result<Segment> Segment::from_bytes(std::vector<std::byte> bytes, const std::string& name) {
    auto state = std::make_unique<State>();
    state->name = name;
    state->memory = std::move(bytes);
    state->bytes = state->memory;
    return check(std::move(state));
}

Result<Segment> Segment::check(std::unique_ptr<State> state) {
    const auto& bytes = state->bytes;
    const auto corrupt = [&](std::string_view what) {
        return fail(Code::BadInput,
                    "{}: {}; restore it from a copy, or remove the index folder and run 'spindle "
                    "library add' again",
                    state->name, what);
    };
    if (bytes.size() < kMagic.size() + sizeof(Trailer) ||
        std::memcmp(bytes.data(), kMagic.data(), kMagic.size()) != 0) {
        return corrupt("not a Spindle index segment, or cut short");
    }
    Trailer& t = state->trailer;
    std::memcpy(&t, bytes.data() + bytes.size() - sizeof(Trailer), sizeof(Trailer));
    if (t.magic != kMagic) {
        return corrupt("cut short");
    }
    if (XXH3_64bits(&t, offsetof(Trailer, checksum)) != t.checksum) {
        return corrupt("its trailer is damaged");
    }
    if (t.version != kVersion || t.parameters != kParameterVersion) {
        return fail(Code::Unsupported,
                    "{}: index format {}.{}, this program reads {}.{}; run 'spindle library add' "
                    "with the folder to build it anew",
                    state->name, t.version, t.parameters, kVersion, kParameterVersion);
    }
    const std::uint64_t limit = bytes.size() - sizeof(Trailer);
    for (const Section& section : t.sections) {
        if (section.offset > limit || section.bytes > limit - section.offset) {
            return corrupt("a section points outside the file");
        }
    }
    const std::uint64_t groups = (std::uint64_t{t.keys} + kDirectoryKeys - 1) / kDirectoryKeys;
    const auto size = [&](SectionName which) { return t.sections[which].bytes; };
    const bool width_ok =
        t.key_start_bytes == 1 || t.key_start_bytes == 2 || t.key_start_bytes == 4;
    if (t.keys != static_cast<std::uint32_t>(kKeys) || !width_ok || t.posting_bits > 32 ||
        t.postings > 0xFFFFFFFFU ||
        size(Tracks) != std::uint64_t{t.tracks} * sizeof(format::Track) ||
        size(BlockTimes) != std::uint64_t{t.blocks} * 4 ||
        size(Landmarks) != std::uint64_t{t.blocks} * kBlockLandmarks * 2 ||
        size(GroupStarts) != (groups + 1) * 4 ||
        size(KeyStarts) != std::uint64_t{t.keys} * t.key_start_bytes ||
        size(Postings) != (t.postings * t.posting_bits + 7) / 8 + kPostingPadding) {
        return corrupt("its sections do not fit its counts");
    }
    if (state->checksum(Tracks) != t.sections[Tracks].checksum) {
        return corrupt("its track table is damaged");
    }
    // The checksum may be right and the content still hostile: every number used as an index later
    // is checked here or where it is used.
    std::uint64_t end = 0;
    std::uint32_t block = 0;
    for (std::uint32_t i = 0; i < t.tracks; ++i) {
        const auto track = state->number<format::Track>(Tracks, i);
        if (track.start < end || track.first_block < block || track.first_block > t.blocks) {
            return corrupt("its track table is not in order");
        }
        end = std::uint64_t{track.start} + track.length;
        block = track.first_block;
    }
    if (end > t.moments) {
        return corrupt("its track table is longer than its timeline");
    }
    state->posting_mask = (std::uint64_t{1} << t.posting_bits) - 1;
    return Segment(std::move(state));
}

Result<void> Segment::verify() const {
    for (std::size_t i = 0; i < kSections; ++i) {
        const auto which = static_cast<SectionName>(i);
        if (state_->checksum(which) != state_->trailer.sections[which].checksum) {
            return fail(Code::BadInput, "{}: section {} is damaged (checksum)", state_->name, i);
        }
    }
    return {};
}

std::size_t Segment::track_count() const {
    return state_->trailer.tracks;
}

Segment::Track Segment::track(std::size_t index) const {
    const auto t = state_->number<format::Track>(Tracks, index);
    return {TrackId{t.id}, t.start, t.length, Seconds{t.duration_ms / 1000.0}, t.landmarks};
}

std::optional<std::size_t> Segment::track_at(std::uint32_t moment) const {
    std::size_t low = 0;
    std::size_t high = track_count();
    while (low < high) { // first track that starts after the moment
        const std::size_t middle = (low + high) / 2;
        if (state_->number<format::Track>(Tracks, middle).start <= moment) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low == 0 ? std::nullopt : std::optional(low - 1);
}

std::uint32_t Segment::moments() const {
    return state_->trailer.moments;
}

void Segment::landmarks(std::size_t track, std::uint32_t from, std::uint32_t to,
                        std::vector<Landmark>& out) const {
    const State& s = *state_;
    std::uint32_t block = s.number<format::Track>(Tracks, track).first_block;
    std::uint32_t end = track + 1 < track_count()
                            ? s.number<format::Track>(Tracks, track + 1).first_block
                            : s.trailer.blocks;
    const std::uint32_t last = end;
    // The last block that starts at or before `from`.
    while (block + 1 < end) {
        const std::uint32_t middle = block + (end - block) / 2;
        if (s.number<std::uint32_t>(BlockTimes, middle) <= from / kTicksPerUnit) {
            block = middle;
        } else {
            end = middle;
        }
    }
    const std::size_t begin = out.size();
    std::array<std::uint16_t, kBlockLandmarks> entries{};
    for (; block < last; ++block) {
        const auto time = s.number<std::uint32_t>(BlockTimes, block);
        if (time >= to / kTicksPerUnit + 1) {
            break;
        }
        std::memcpy(entries.data(), s.section(Landmarks) + std::uint64_t{block} * sizeof entries,
                    sizeof entries);
        unpack_block(time, entries, out);
    }
    const auto inside = std::remove_if(
        out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(),
        [&](const Landmark& landmark) { return landmark.tick < from || landmark.tick >= to; });
    out.erase(inside, out.end());
}

std::uint64_t Segment::first_posting(std::uint32_t key) const {
    const State& s = *state_;
    if (key >= s.trailer.keys) {
        return s.trailer.postings;
    }
    std::uint64_t first = s.number<std::uint32_t>(GroupStarts, key / kDirectoryKeys);
    switch (s.trailer.key_start_bytes) {
    case 1:
        first += s.number<std::uint8_t>(KeyStarts, key);
        break;
    case 2:
        first += s.number<std::uint16_t>(KeyStarts, key);
        break;
    default:
        first += s.number<std::uint32_t>(KeyStarts, key);
        break;
    }
    return std::min(first, s.trailer.postings);
}

void Segment::postings(std::uint64_t first, std::uint32_t base,
                       std::span<std::uint32_t> out) const {
    const std::byte* packed = state_->section(Postings);
    const std::uint64_t mask = state_->posting_mask;
    const std::uint64_t width = state_->trailer.posting_bits;
    std::uint64_t bit = first * width;
    for (std::uint32_t& moment : out) {
        std::uint64_t word;
        std::memcpy(&word, packed + bit / 8, sizeof word);
        moment = base + static_cast<std::uint32_t>((word >> (bit % 8)) & mask);
        bit += width;
    }
}

std::uint64_t Segment::posting_count() const {
    return state_->trailer.postings;
}
std::uint64_t Segment::bytes() const {
    return state_->bytes.size();
}

void Segment::release_pages() const {
    if (state_->file) {
        for (const auto name : {Landmarks, Postings}) {
            const Section& section = state_->trailer.sections[name];
            state_->file->release_pages(section.offset, section.bytes);
        }
    }
}

void Segment::release_postings(std::uint64_t first, std::uint64_t last) const {
    if (state_->file && first < last) {
        const std::uint64_t width = state_->trailer.posting_bits;
        const std::uint64_t begin = first * width / 8;
        state_->file->release_pages(state_->trailer.sections[Postings].offset + begin,
                                    last * width / 8 - begin);
    }
}

} // namespace spindle::fingerprint
