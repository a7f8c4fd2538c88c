// SPDX-License-Identifier: Apache-2.0
#include "io/gzip.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <isa-l/igzip_lib.h>

namespace spindle::io {
namespace {

constexpr std::array kMagic{std::byte{0x1F}, std::byte{0x8B}};
// From 64 KiB on, larger reads of a cached file gain nothing measurable; four times that spares
// system calls on a network file system.
constexpr std::size_t kInputBuffer = 256UL * 1024;

/// A source whose first bytes have been read already.
class ResumedSource : public ByteSource {
public:
    ResumedSource(std::unique_ptr<ByteSource> source, std::span<const std::byte> first)
        : source_(std::move(source)), first_(first.begin(), first.end()) {}

    Result<std::size_t> read(std::span<std::byte> into) override {
        if (given_ == first_.size()) {
            return source_->read(into);
        }
        const std::size_t count = std::min(into.size(), first_.size() - given_);
        std::copy_n(first_.data() + given_, count, into.data());
        given_ += count;
        return count;
    }
    std::uint64_t consumed() const override { return source_->consumed(); }
    std::optional<std::uint64_t> total() const override { return source_->total(); }
    std::string_view name() const override { return source_->name(); }

private:
    std::unique_ptr<ByteSource> source_;
    std::vector<std::byte> first_;
    std::size_t given_ = 0;
};

class GzipSource : public ByteSource {
public:
    explicit GzipSource(std::unique_ptr<ByteSource> source)
        : source_(std::move(source)), input_(kInputBuffer),
          state_(std::make_unique<inflate_state>()) {
        begin_member();
    }

    Result<std::size_t> read(std::span<std::byte> into) override {
        while (!into.empty() && !error_ && place_ != Place::End) {
            SPINDLE_TRY(const std::size_t got,
                        place_ == Place::InMember ? inflate(into) : between_members());
            if (got > 0) {
                return got;
            }
        }
        if (error_) {
            return tl::unexpected(*error_);
        }
        return std::size_t{0};
    }

    std::uint64_t consumed() const override { return source_->consumed(); }
    std::optional<std::uint64_t> total() const override { return source_->total(); }
    std::string_view name() const override { return source_->name(); }

private:
    enum class Place { InMember, AfterMember, InPadding, End };

    void begin_member() {
        std::uint8_t* const next = state_->next_in;
        const std::uint32_t left = state_->avail_in;
        isal_inflate_init(state_.get());
        state_->crc_flag = ISAL_GZIP; // header, checksum and length are the library's business
        state_->next_in = next;
        state_->avail_in = left;
        place_ = Place::InMember;
    }

    /// Refills the input when all of it is used. False at the end of the source.
    Result<bool> has_input() {
        if (state_->avail_in > 0) {
            return true;
        }
        const auto got = source_->read(input_);
        if (!got) {
            error_ = got.error();
            return tl::unexpected(*error_);
        }
        state_->next_in = reinterpret_cast<std::uint8_t*>(input_.data());
        state_->avail_in = static_cast<std::uint32_t>(*got);
        taken_ += *got;
        return *got > 0;
    }

    Result<std::size_t> inflate(std::span<std::byte> into) {
        SPINDLE_TRY(const bool more, has_input());
        const std::size_t room =
            std::min<std::size_t>(into.size(), std::numeric_limits<std::uint32_t>::max());
        state_->next_out = reinterpret_cast<std::uint8_t*>(into.data());
        state_->avail_out = static_cast<std::uint32_t>(room);
        const int outcome = isal_inflate(state_.get());
        const std::size_t got = room - state_->avail_out;
        if (outcome < 0) {
            refuse(reason(outcome));
        } else if (state_->block_state == ISAL_BLOCK_FINISH) {
            place_ = Place::AfterMember;
        } else if (!more && got == 0) {
            error_ = Error{Code::BadInput,
                           fmt::format("{}: ends early, after {} bytes of compressed data; the "
                                       "rest is missing",
                                       name(), taken_)};
        }
        return got;
    }

    /// Steps over what lies behind a member: the next one, padding, or nothing.
    Result<std::size_t> between_members() {
        SPINDLE_TRY(const bool more, has_input());
        if (!more) {
            place_ = Place::End;
        } else if (*state_->next_in == 0) {
            const std::uint8_t* const end = state_->next_in + state_->avail_in;
            std::uint8_t* const next =
                std::find_if(state_->next_in, state_->next_in + state_->avail_in,
                             [](std::uint8_t byte) { return byte != 0; });
            state_->next_in = next;
            state_->avail_in = static_cast<std::uint32_t>(end - next);
            place_ = Place::InPadding;
        } else if (place_ == Place::AfterMember &&
                   *state_->next_in == std::to_integer<std::uint8_t>(kMagic[0])) {
            begin_member();
        } else {
            refuse("something else follows the compressed data");
        }
        return std::size_t{0};
    }

    void refuse(std::string_view why) {
        error_ = Error{Code::BadInput, fmt::format("{}: {}, near byte {}; the file is damaged",
                                                   name(), why, taken_ - state_->avail_in)};
    }

    static std::string_view reason(int outcome) {
        switch (outcome) {
        case ISAL_INCORRECT_CHECKSUM:
            return "the checksum of the compressed data is wrong";
        case ISAL_INVALID_WRAPPER:
        case ISAL_UNSUPPORTED_METHOD:
            return "not a gzip header";
        default:
            return "the compressed data is no valid gzip";
        }
    }

    std::unique_ptr<ByteSource> source_;
    std::vector<std::byte> input_;
    std::unique_ptr<inflate_state> state_;
    Place place_ = Place::InMember;
    std::uint64_t taken_ = 0; // read from source_ since this began
    std::optional<Error> error_;
};

} // namespace

std::unique_ptr<ByteSource> gzip_source(std::unique_ptr<ByteSource> source) {
    return std::make_unique<GzipSource>(std::move(source));
}

Result<std::unique_ptr<ByteSource>> open_decoded(std::unique_ptr<ByteSource> source) {
    std::array<std::byte, kMagic.size()> first{};
    std::size_t have = 0;
    while (have < first.size()) {
        SPINDLE_TRY(const std::size_t got, source->read(std::span(first).subspan(have)));
        if (got == 0) {
            break;
        }
        have += got;
    }
    const bool compressed = have == kMagic.size() && first == kMagic;
    auto whole = std::make_unique<ResumedSource>(std::move(source), std::span(first).first(have));
    if (compressed) {
        return gzip_source(std::move(whole));
    }
    return whole;
}

} // namespace spindle::io
