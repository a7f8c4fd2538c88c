// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace spindle::catalog {

/// What a RecordSplitter met so far.
struct SplitCounts {
    std::uint64_t whole = 0;     ///< records given to the sink
    std::uint64_t cut_off = 0;   ///< begun, but the next record or the end of the dump came first
    std::uint64_t oversized = 0; ///< larger than a record may be
    bool end_seen = false;       ///< the dump's own end tag; without it the file is cut short
    friend bool operator==(const SplitCounts&, const SplitCounts&) = default;
};

/// Finds the records of a Discogs dump in its bytes, without reading what is in them: from
/// `<release id=` to `</release>`. Damage costs the record it is in and no other: one that is cut
/// off, or does not end, is counted and dropped, and reading goes on at the next.
///
/// The records and counts do not depend on how the bytes are divided into blocks. Records that lie
/// in one block are not copied; of the rest only the unfinished one is kept, so memory stays below
/// twice the largest record. One memory pass: several GB/s. For one thread.
class RecordSplitter {
public:
    /// The largest release of 2020 has under 2 MB.
    static constexpr std::size_t kLargestRecord = 16UL << 20; ///< bytes

    /// Takes a whole record, tags included. The bytes are valid during the call only.
    using Sink = std::function<void(std::string_view record)>;

    /// @param tag "release" or "master". The dump's root is the same with an s: `<releases>`.
    explicit RecordSplitter(std::string_view tag, std::size_t largest_record = kLargestRecord);

    /// Reads the next bytes of the (unpacked) dump.
    /// @return BadInput as soon as it shows that this is another of Discogs' dumps; the message
    ///         says which. No record is given to the sink then.
    Result<void> feed(std::span<const char> bytes, const Sink& sink);

    /// To be called after the last byte; counts are complete then.
    /// @return BadInput when this was no such dump: neither a record nor the root was in it. A dump
    ///         that is cut short is no error: see counts().end_seen.
    Result<void> finish();

    const SplitCounts& counts() const { return counts_; }

    /// The name of the first tag ("releases", "artists", "html"), known once it was fed; empty as
    /// long as there was none in the first kLongestHead bytes.
    const std::string& root() const { return root_; }
    static constexpr std::size_t kLongestHead = 4096; ///< bytes before the root: there are none

private:
    enum class State { Outside, Inside, Skipping };
    enum class Kind { Open, Close, RootClose };
    struct Tag {
        Kind kind;
        std::size_t begin, end;
    };

    void look_for_root(std::string_view bytes);
    Result<void> check_root() const;
    bool next_tag(std::string_view bytes, std::size_t from, Tag& tag) const;
    std::size_t scan(std::string_view bytes, const Sink& sink);
    void take(const Tag& tag, std::string_view bytes, std::size_t& begin, const Sink& sink);
    void drop(std::size_t size);

    std::string tag_, expected_root_;
    std::size_t largest_;
    State state_ = State::Outside;
    std::string tail_;        // bytes not done with; begins with the record when Inside
    std::size_t scanned_ = 0; // of those, before which no tag begins any more
    std::string head_, root_;
    SplitCounts counts_;
};

} // namespace spindle::catalog
