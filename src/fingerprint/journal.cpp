// SPDX-License-Identifier: Apache-2.0
#include "fingerprint/journal.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include <xxhash.h>

#include "io/file.h"

namespace spindle::fingerprint {
namespace {

constexpr std::array<char, 8> kMagic{'S', 'P', 'N', 'D', 'L', 'J', 'N', '1'};

struct RecordHead {
    std::uint64_t checksum; // XXH3-64 of the payload
    std::uint32_t bytes;    // of the payload
    std::uint32_t reserved;
};
static_assert(sizeof(RecordHead) == 16);

enum class Operation : std::uint32_t { Add = 1, Remove = 2 };

struct PayloadHead {
    Operation operation;
    std::uint32_t track;
    std::uint32_t duration_ms;
    std::uint32_t landmarks;
};
static_assert(sizeof(PayloadHead) == 16);

constexpr std::size_t kLandmarkBytes = 6; // u32 tick, u16 pitch

template <typename Value>
void put(std::vector<std::byte>& bytes, const Value& value) {
    const auto* data = reinterpret_cast<const std::byte*>(&value);
    bytes.insert(bytes.end(), data, data + sizeof value);
}

bool read_payload(std::span<const std::byte> payload, PendingTracks& pending) {
    PayloadHead head{};
    if (payload.size() < sizeof head) {
        return false;
    }
    std::memcpy(&head, payload.data(), sizeof head);
    payload = payload.subspan(sizeof head);
    if (head.operation == Operation::Remove) {
        pending[TrackId{head.track}].reset();
        return true;
    }
    if (head.operation != Operation::Add || payload.size() / kLandmarkBytes < head.landmarks) {
        return false;
    }
    PendingTrack track;
    track.duration = Seconds{head.duration_ms / 1000.0};
    track.landmarks.resize(head.landmarks);
    for (Landmark& landmark : track.landmarks) {
        std::memcpy(&landmark.tick, payload.data(), 4);
        std::memcpy(&landmark.pitch, payload.data() + 4, 2);
        payload = payload.subspan(kLandmarkBytes);
    }
    const auto earlier = [](const Landmark& a, const Landmark& b) { return a.tick < b.tick; };
    if (!std::is_sorted(track.landmarks.begin(), track.landmarks.end(), earlier)) {
        return false;
    }
    pending[TrackId{head.track}] = std::move(track);
    return true;
}

} // namespace

std::size_t read_journal(std::span<const std::byte> bytes, PendingTracks& pending) {
    if (bytes.size() < kMagic.size() ||
        std::memcmp(bytes.data(), kMagic.data(), kMagic.size()) != 0) {
        return 0;
    }
    std::size_t good = kMagic.size();
    for (;;) {
        RecordHead head{};
        auto rest = bytes.subspan(good);
        if (rest.size() < sizeof head) {
            return good;
        }
        std::memcpy(&head, rest.data(), sizeof head);
        rest = rest.subspan(sizeof head);
        if (rest.size() < head.bytes || XXH3_64bits(rest.data(), head.bytes) != head.checksum ||
            !read_payload(rest.first(head.bytes), pending)) {
            return good;
        }
        good += sizeof head + head.bytes;
    }
}

Result<Journal> Journal::open(const std::filesystem::path& path, PendingTracks& pending) {
    SPINDLE_TRY(auto file, io::OutputFile::append_to(path));
    if (file.size() > 0) {
        SPINDLE_TRY(const auto mapped, io::MappedFile::open(path));
        const std::size_t whole = read_journal(mapped.bytes(), pending);
        // All zeros is what a power cut leaves of a file that was just made.
        const bool blank = std::all_of(mapped.bytes().begin(), mapped.bytes().end(),
                                       [](std::byte byte) { return byte == std::byte{0}; });
        if (whole == 0 && !blank && mapped.bytes().size() >= kMagic.size()) {
            return fail(Code::BadInput, "{}: not a Spindle index journal; move it away",
                        path.string());
        }
        if (whole < mapped.bytes().size()) {
            SPINDLE_TRY_VOID(file.truncate(whole));
        }
    }
    if (file.size() == 0) {
        SPINDLE_TRY_VOID(file.append(std::as_bytes(std::span(kMagic))));
    }
    return Journal(std::move(file));
}

Result<void> Journal::add(TrackId track, std::span<const Landmark> landmarks, Seconds duration) {
    const auto count =
        std::min<std::size_t>(landmarks.size(), std::numeric_limits<std::uint32_t>::max() / 16);
    std::vector<std::byte> payload;
    payload.reserve(sizeof(PayloadHead) + count * kLandmarkBytes);
    put(payload,
        PayloadHead{Operation::Add, track.value,
                    static_cast<std::uint32_t>(std::clamp(duration.count() * 1000, 0.0, 4e9)),
                    static_cast<std::uint32_t>(count)});
    for (const Landmark& landmark : landmarks.first(count)) {
        put(payload, landmark.tick);
        put(payload, landmark.pitch);
    }
    return append(payload);
}

Result<void> Journal::remove(TrackId track) {
    std::vector<std::byte> payload;
    put(payload, PayloadHead{Operation::Remove, track.value, 0, 0});
    return append(payload);
}

Result<void> Journal::append(const std::vector<std::byte>& payload) {
    std::vector<std::byte> record;
    record.reserve(sizeof(RecordHead) + payload.size());
    put(record, RecordHead{XXH3_64bits(payload.data(), payload.size()),
                           static_cast<std::uint32_t>(payload.size()), 0});
    record.insert(record.end(), payload.begin(), payload.end());
    SPINDLE_TRY_VOID(file_.append(record));
    // A kill loses nothing of this; against a power cut, syncing once a second is enough.
    const auto now = std::chrono::steady_clock::now();
    if (now - synced_ < std::chrono::seconds(1)) {
        return {};
    }
    synced_ = now;
    return file_.sync();
}

} // namespace spindle::fingerprint
