// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <functional>

namespace spindle {

/// A number that names one thing of one kind; ids of different kinds do not mix or convert.
template <typename Tag, typename Number>
struct Id {
    Number value{};
    friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

} // namespace spindle

template <typename Tag, typename Number>
struct std::hash<spindle::Id<Tag, Number>> {
    std::size_t operator()(const spindle::Id<Tag, Number>& id) const noexcept {
        return std::hash<Number>{}(id.value);
    }
};
