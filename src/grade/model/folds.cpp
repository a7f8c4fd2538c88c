// SPDX-License-Identifier: Apache-2.0
#include "grade/model/folds.h"

#include <algorithm>
#include <map>

namespace spindle::grade {

Result<std::vector<std::size_t>> folds_of(std::span<const std::size_t> groups, std::size_t wanted) {
    std::map<std::size_t, std::size_t> order;
    for (const std::size_t group : groups) {
        order.emplace(group, order.size());
    }
    const std::size_t folds = std::min(wanted, order.size());
    if (folds < 2) {
        return fail(Code::BadInput, "all labelled recordings are of one record or seller, so that "
                                    "what was learned could not be tested");
    }
    std::vector<std::size_t> result;
    for (const std::size_t group : groups) {
        result.push_back(order[group] % folds);
    }
    return result;
}

} // namespace spindle::grade
