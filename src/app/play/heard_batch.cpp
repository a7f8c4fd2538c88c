// SPDX-License-Identifier: Apache-2.0
#include "app/play/heard_batch.h"

#include <chrono>
#include <limits>

#include "turntable/heard_bytes.h"

namespace spindle::app {
namespace {

constexpr std::string_view kMagic = "SPH1";
constexpr std::size_t kBoot = 36; // characters of a boot_id

void put(std::string& bytes, std::uint64_t number) {
    for (unsigned shift = 0; shift < 64; shift += 8) {
        bytes.push_back(static_cast<char>((number >> shift) & 0xFFU));
    }
}

void put(std::string& bytes, std::chrono::nanoseconds time) {
    put(bytes, static_cast<std::uint64_t>(time.count()));
}

tl::unexpected<Error> damaged(std::string_view what) {
    return fail(Code::BadInput, "a batch of a distant ear is damaged: {}", what);
}

Result<std::uint64_t> take_number(std::string_view& bytes) {
    constexpr std::size_t kSize = 8;
    if (bytes.size() < kSize) {
        return damaged("it is cut short");
    }
    std::uint64_t number = 0;
    for (unsigned i = 0; i < kSize; ++i) {
        number |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    }
    bytes.remove_prefix(kSize);
    return number;
}

/// A time within some hundred years of 0, so that sums do not overflow.
Result<std::chrono::nanoseconds> take_time(std::string_view& bytes) {
    SPINDLE_TRY(const auto number, take_number(bytes));
    const std::chrono::nanoseconds time(static_cast<std::int64_t>(number));
    constexpr std::chrono::nanoseconds kMost = std::chrono::years(140);
    if (time > kMost || time < -kMost) {
        return damaged("a time is out of range");
    }
    return time;
}

} // namespace

std::string to_bytes(const HeardBatch& batch) {
    std::string bytes(kMagic);
    std::string boot = batch.boot;
    boot.resize(kBoot, ' ');
    bytes += boot;
    put(bytes, batch.first);
    put(bytes, batch.clock.boot.since_boot);
    put(bytes, batch.clock.utc.since_1970);
    put(bytes, static_cast<std::uint64_t>(batch.clock.trust));
    put(bytes, batch.pieces.size());
    for (const HeardPiece& piece : batch.pieces) {
        put(bytes, piece.end.since_boot);
        turntable::append_bytes(bytes, piece.heard);
    }
    return bytes;
}

Result<HeardBatch> heard_batch_of(std::string_view bytes) {
    if (bytes.size() > HeardBatch::kLargest) {
        return damaged("it is too large");
    }
    if (bytes.size() < kMagic.size() + kBoot || !bytes.starts_with(kMagic)) {
        return damaged("it is none, or of another version of Spindle");
    }
    HeardBatch batch;
    batch.boot = bytes.substr(kMagic.size(), kBoot);
    bytes.remove_prefix(kMagic.size() + kBoot);
    SPINDLE_TRY(batch.first, take_number(bytes));
    if (batch.first > std::numeric_limits<std::uint32_t>::max()) {
        return damaged("a number is out of range");
    }
    SPINDLE_TRY(const auto boot, take_time(bytes));
    SPINDLE_TRY(const auto utc, take_time(bytes));
    SPINDLE_TRY(const auto trust, take_number(bytes));
    SPINDLE_TRY(const auto count, take_number(bytes));
    if (trust > static_cast<std::uint64_t>(ClockTrust::Synchronized) ||
        count > HeardBatch::kMostPieces) {
        return damaged("a number is out of range");
    }
    batch.clock = {BootTime{boot}, UtcTime{utc}, static_cast<ClockTrust>(trust)};
    for (std::uint64_t i = 0; i < count; ++i) {
        HeardPiece piece;
        SPINDLE_TRY(const auto end, take_time(bytes));
        piece.end = BootTime{end};
        SPINDLE_TRY(piece.heard, turntable::take_heard(bytes));
        batch.pieces.push_back(std::move(piece));
    }
    if (!bytes.empty()) {
        return damaged("there is more than it says");
    }
    return batch;
}

HeardBatch in_utc(HeardBatch batch, UtcTime now) {
    if (batch.clock.trust == ClockTrust::Wrong) {
        batch.clock.utc = now;
    }
    for (HeardPiece& piece : batch.pieces) {
        piece.end = BootTime{to_utc(piece.end, batch.clock).since_1970};
    }
    batch.clock = {BootTime{now.since_1970}, now, ClockTrust::Synchronized};
    return batch;
}

ClockSources utc_clock_sources() {
    const ClockSources system = system_clock_sources();
    return {[utc = system.utc] { return BootTime{utc().since_1970}; }, system.utc,
            [] { return true; }, [] { return true; }};
}

} // namespace spindle::app
