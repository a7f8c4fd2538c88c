// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "catalog/release.h"

namespace spindle::made_shelf {

/// The releases a shelf's discs are: those of a made-up dump (spindle-make-dump with the same seed
/// and number), so that what is read off a made-up photo can be looked up in a made-up catalog.
/// Not thread-safe; one for each thread.
class Releases {
public:
    /// @param size how many releases the dump has.
    Releases(std::uint64_t seed, std::uint64_t size);
    ~Releases();
    Releases(Releases&&) noexcept;
    Releases& operator=(Releases&&) noexcept;

    /// @param index any number; it is taken modulo size. About 30 us.
    catalog::Release at(std::uint64_t index);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace spindle::made_shelf
