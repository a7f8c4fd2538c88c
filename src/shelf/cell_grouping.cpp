// SPDX-License-Identifier: Apache-2.0
#include "shelf/cell_grouping.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <numeric>

namespace spindle::shelf {
namespace {

constexpr int kReach = 2; // cells: a cell that missed between two that did not is stepped over
constexpr std::size_t kFewestCells = 3;

/// Sets of cells, joined pairwise (Tarjan's union-find with path halving).
class Sets {
public:
    explicit Sets(std::size_t count) : parents_(count) {
        std::iota(parents_.begin(), parents_.end(), std::uint32_t{0});
    }
    std::uint32_t root_of(std::uint32_t cell) {
        while (parents_[cell] != cell) {
            parents_[cell] = parents_[parents_[cell]];
            cell = parents_[cell];
        }
        return cell;
    }
    void join(std::uint32_t a, std::uint32_t b) { parents_[root_of(a)] = root_of(b); }

private:
    std::vector<std::uint32_t> parents_;
};

SpineCell cell_at(const SpineMaps& maps, int column, int row) {
    const std::size_t i = static_cast<std::size_t>(row) * static_cast<std::size_t>(maps.width) +
                          static_cast<std::size_t>(column);
    const auto value = [&](SpineMap map) { return static_cast<double>(maps.of(map)[i]); };
    SpineCell cell;
    cell.x = (column + 0.5) * SpineMaps::kCell;
    cell.y = (row + 0.5) * SpineMaps::kCell;
    const double angle = std::atan2(value(SpineMap::Sin2), value(SpineMap::Cos2)) / 2;
    cell.along_x = std::cos(angle);
    cell.along_y = std::sin(angle);
    if (cell.along_x + cell.along_y < 0) { // the way that was agreed on
        cell.along_x = -cell.along_x;
        cell.along_y = -cell.along_y;
    }
    cell.left = value(SpineMap::Left);
    cell.right = value(SpineMap::Right);
    cell.behind = value(SpineMap::Behind);
    cell.ahead = value(SpineMap::Ahead);
    cell.core = value(SpineMap::Core);
    cell.spine = value(SpineMap::Spine);
    cell.printed = value(SpineMap::Printed);
    return cell;
}

/// How far the middle line that `cell` sees passes from the one that `other` sees, at `other`.
double offset_between(const SpineCell& cell, const SpineCell& other) {
    const double across_x = -cell.along_y;
    const double across_y = cell.along_x;
    const double apart = (other.x - cell.x) * across_x + (other.y - cell.y) * across_y;
    return std::abs(apart + (other.right - other.left) / 2 - (cell.right - cell.left) / 2);
}

bool see_one_spine(const SpineCell& a, const SpineCell& b, const TracingOptions& options) {
    const double cosine = std::abs(a.along_x * b.along_x + a.along_y * b.along_y);
    if (cosine < std::cos(options.most_turn * std::numbers::pi / 180)) {
        return false;
    }
    const double thinner = std::min(a.thickness(), b.thickness());
    if (std::max(a.thickness(), b.thickness()) > options.most_growth * thinner) {
        return false;
    }
    return std::max(offset_between(a, b), offset_between(b, a)) < options.most_offset * thinner;
}

} // namespace

std::vector<std::vector<SpineCell>> group_cells(const SpineMaps& maps,
                                                const TracingOptions& options) {
    constexpr std::uint32_t kNone = ~std::uint32_t{0};
    std::vector<SpineCell> cells;
    std::vector<std::uint32_t> number(maps.cells(), kNone);
    const auto core = maps.of(SpineMap::Core);
    for (int row = 0; row < maps.height; ++row) {
        for (int column = 0; column < maps.width; ++column) {
            const auto i = static_cast<std::size_t>(row) * static_cast<std::size_t>(maps.width) +
                           static_cast<std::size_t>(column);
            if (static_cast<double>(core[i]) >= options.least_core) {
                number[i] = static_cast<std::uint32_t>(cells.size());
                cells.push_back(cell_at(maps, column, row));
            }
        }
    }
    Sets sets(cells.size());
    for (int row = 0; row < maps.height; ++row) {
        for (int column = 0; column < maps.width; ++column) {
            const auto here =
                number[static_cast<std::size_t>(row) * static_cast<std::size_t>(maps.width) +
                       static_cast<std::size_t>(column)];
            if (here == kNone) {
                continue;
            }
            for (int down = 0; down <= kReach; ++down) {
                for (int across = down == 0 ? 1 : -kReach; across <= kReach; ++across) {
                    const int x = column + across;
                    const int y = row + down;
                    if (x < 0 || x >= maps.width || y >= maps.height) {
                        continue;
                    }
                    const auto there =
                        number[static_cast<std::size_t>(y) * static_cast<std::size_t>(maps.width) +
                               static_cast<std::size_t>(x)];
                    if (there != kNone && sets.root_of(here) != sets.root_of(there) &&
                        see_one_spine(cells[here], cells[there], options)) {
                        sets.join(here, there);
                    }
                }
            }
        }
    }
    std::vector<std::vector<SpineCell>> groups(cells.size());
    for (std::uint32_t i = 0; i < cells.size(); ++i) {
        groups[sets.root_of(i)].push_back(cells[i]);
    }
    std::erase_if(groups, [](const auto& group) { return group.size() < kFewestCells; });
    return groups;
}

} // namespace spindle::shelf
