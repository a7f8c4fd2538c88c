// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/varint.h"

namespace spindle::catalog {

/// How numbers and texts are laid out in catalog files (FORMAT.md): LEB128 varints, and texts as a
/// varint length followed by the bytes.
class ByteWriter {
public:
    explicit ByteWriter(std::string& out) : out_(out) {}

    void number(std::uint64_t value) { put_varint(out_, value); }
    void text(std::string_view value) {
        number(value.size());
        out_.append(value);
    }

private:
    std::string& out_;
};

/// Reads what ByteWriter wrote. Reading past the end or a number too long makes it fail for good:
/// everything after that is 0 or empty, and ok() is false. Texts point into the bytes given.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : next_(bytes.data()), end_(next_ + bytes.size()) {}

    std::uint64_t number() {
        if (const auto value = take_varint(next_, end_)) {
            return *value;
        }
        fail();
        return 0;
    }
    std::string_view text() {
        const std::uint64_t size = number();
        if (size > left()) {
            fail();
            return {};
        }
        const std::string_view value(next_, static_cast<std::size_t>(size));
        next_ += size;
        return value;
    }
    /// A number of things that take at least one byte each: never more than bytes are left.
    std::size_t count() {
        const std::uint64_t value = number();
        if (value > left()) {
            fail();
            return 0;
        }
        return static_cast<std::size_t>(value);
    }

    bool ok() const { return ok_; }
    std::size_t left() const { return static_cast<std::size_t>(end_ - next_); }

private:
    void fail() {
        ok_ = false;
        next_ = end_;
    }

    const char* next_;
    const char* end_;
    bool ok_ = true;
};

} // namespace spindle::catalog
