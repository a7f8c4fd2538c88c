// SPDX-License-Identifier: Apache-2.0
#include "catalog/dump/record_splitter.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "catalog/dump/root_tag.h"

namespace spindle::catalog {
namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

} // namespace

RecordSplitter::RecordSplitter(std::string_view tag, std::size_t largest_record)
    : tag_(tag), expected_root_(std::string(tag) + "s"), largest_(largest_record) {}

Result<void> RecordSplitter::feed(std::span<const char> bytes, const Sink& sink) {
    std::string_view rest(bytes.data(), bytes.size());
    look_for_root(rest);
    SPINDLE_TRY_VOID(check_root());
    // First what the last block left unfinished. It grows by steps, not by the whole block, so that
    // little is copied that could be read where it lies.
    while (!tail_.empty() && !rest.empty()) {
        constexpr std::size_t kSmallestStep = 4UL << 10;
        constexpr std::size_t kLargestStep = 1UL << 20;
        const std::string_view step =
            rest.substr(0, std::clamp(tail_.size(), kSmallestStep, kLargestStep));
        const std::size_t before = tail_.size();
        tail_.append(step);
        const std::size_t done = scan(tail_, sink);
        if (done >= before) { // what is left lies in this block
            rest.remove_prefix(done - before);
            tail_.clear();
        } else {
            rest.remove_prefix(step.size());
            tail_.erase(0, done);
        }
    }
    if (!rest.empty()) {
        const std::size_t done = scan(rest, sink);
        tail_.assign(rest.substr(done));
    }
    return {};
}

Result<void> RecordSplitter::finish() {
    if (state_ == State::Inside) {
        drop(tail_.size());
    }
    state_ = State::Outside;
    tail_.clear();
    scanned_ = 0;
    SPINDLE_TRY_VOID(check_root());
    if (counts_.whole + counts_.cut_off + counts_.oversized == 0 && root_ != expected_root_) {
        return fail(Code::BadInput,
                    "this is no Discogs dump of {}: it begins with neither <{}> nor holds a <{} "
                    "id=...>; wanted is a file like discogs_20260701_{}.xml.gz",
                    expected_root_, expected_root_, tag_, expected_root_);
    }
    return {};
}

void RecordSplitter::look_for_root(std::string_view bytes) {
    if (root_.empty() && head_.size() < kLongestHead) {
        head_.append(bytes.substr(0, kLongestHead - head_.size()));
        root_ = root_tag(head_);
    }
}

Result<void> RecordSplitter::check_root() const {
    constexpr std::array<std::string_view, 4> kDumps{"artists", "labels", "masters", "releases"};
    if (root_ != expected_root_ && std::find(kDumps.begin(), kDumps.end(), root_) != kDumps.end()) {
        return fail(Code::BadInput,
                    "this is the {} dump, and wanted is the {} dump "
                    "(a file like discogs_20260701_{}.xml.gz)",
                    root_, expected_root_, expected_root_);
    }
    return {};
}

/// The first tag of ours that begins at or after `from` and lies in `bytes` with all that tells it
/// from its likes (`<releases>`, `<released>`, the word release in a text).
bool RecordSplitter::next_tag(std::string_view bytes, std::size_t from, Tag& tag) const {
    const char* const data = bytes.data();
    // The name stands in the opening and in the closing tag: one search finds both.
    for (std::size_t at = from; at < bytes.size();) {
        const void* const hit = ::memmem(data + at, bytes.size() - at, tag_.data(), tag_.size());
        if (hit == nullptr) {
            return false;
        }
        const auto name = static_cast<std::size_t>(static_cast<const char*>(hit) - data);
        const std::size_t after = name + tag_.size();
        at = name + 1;
        if (after >= bytes.size()) {
            return false;
        }
        if (name >= from + 1 && data[name - 1] == '<') {
            if (is_space(data[after]) || data[after] == '>') {
                tag = {Kind::Open, name - 1, after};
                return true;
            }
        } else if (name >= from + 2 && data[name - 1] == '/' && data[name - 2] == '<') {
            if (data[after] == '>') {
                tag = {Kind::Close, name - 2, after + 1};
                return true;
            }
            if (data[after] == 's' && after + 1 < bytes.size() && data[after + 1] == '>') {
                tag = {Kind::RootClose, name - 2, after + 2};
                return true;
            }
        }
    }
    return false;
}

/// Reads on from scanned_. The record in hand, if there is one, begins at byte 0.
/// @return how many bytes are done with; scanned_ counts from there.
std::size_t RecordSplitter::scan(std::string_view bytes, const Sink& sink) {
    std::size_t begin = 0; // of the record in hand
    std::size_t from = scanned_;
    for (Tag tag{}; next_tag(bytes, from, tag); from = tag.end) {
        take(tag, bytes, begin, sink);
    }
    // A tag that is not whole yet may begin in the last bytes.
    const std::size_t longest_unfinished = tag_.size() + 3; // "</releases"
    from = std::max(from, bytes.size() - std::min(bytes.size(), longest_unfinished));
    if (state_ == State::Inside && from - begin > largest_) {
        drop(from - begin);
        state_ = State::Skipping;
    }
    const std::size_t done = state_ == State::Inside ? begin : from;
    scanned_ = from - done;
    return done;
}

void RecordSplitter::take(const Tag& tag, std::string_view bytes, std::size_t& begin,
                          const Sink& sink) {
    if (tag.kind == Kind::Close) {
        if (state_ == State::Inside) {
            const std::string_view record = bytes.substr(begin, tag.end - begin);
            if (record.size() <= largest_) {
                ++counts_.whole;
                sink(record);
            } else {
                ++counts_.oversized;
            }
        }
        state_ = State::Outside;
        return;
    }
    if (state_ == State::Inside) {
        drop(tag.begin - begin);
    }
    begin = tag.begin;
    state_ = tag.kind == Kind::Open ? State::Inside : State::Outside;
    counts_.end_seen = counts_.end_seen || tag.kind == Kind::RootClose;
}

void RecordSplitter::drop(std::size_t size) {
    ++(size <= largest_ ? counts_.cut_off : counts_.oversized);
}

} // namespace spindle::catalog
