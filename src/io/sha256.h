// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>

#include "io/byte_source.h"

namespace spindle::io {

/// SHA-256 (FIPS 180-4) of bytes that come in pieces. For sums others publish; Spindle's own hashes
/// are XXH3. 1.4 GB/s where the processor has instructions for it (measured), less elsewhere.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void update(std::span<const std::byte> bytes);

    /// The sum of all bytes so far as 64 lower-case hexadecimal digits; more may follow.
    std::string hex() const;
    /// The same as its 32 bytes.
    std::string bytes() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Passes `source` on unchanged and adds all that is read through it to `sum`, which must live
/// longer. The sum is that of the whole once read() has given 0.
std::unique_ptr<ByteSource> hashing_source(std::unique_ptr<ByteSource> source, Sha256& sum);

} // namespace spindle::io
