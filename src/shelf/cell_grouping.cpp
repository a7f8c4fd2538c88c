// SPDX-License-Identifier: Apache-2.0
#include "shelf/cell_grouping.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <numeric>
#include <utility>

#include "shelf/line_fit.h"

namespace spindle::shelf {
namespace {

constexpr int kReach = 2; // cells: a cell that missed between two that did not is stepped over
constexpr std::size_t kFewestCells = 3;
/// A core is six tenths of a spine; two neighbours' are sixteen.
constexpr double kBand = 0.8;
/// Each look at cells that are no single band asks for so much more.
constexpr std::size_t kLevels = 5;
constexpr double kStricterCore = 0.08;
constexpr double kStricterOffset = 0.75;

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

/// A cell and where it lies in the maps.
struct PlacedCell {
    SpineCell cell;
    int column = 0;
    int row = 0;
};
using PlacedCells = std::vector<PlacedCell>;

/// How strictly cells are joined.
struct Strictness {
    double least_core = 0;
    double most_offset = 0;
};

/// Joins cells that are at least that sure and agree that well. `at` has a place for every cell of
/// the maps and is left as it was found, all kNone.
constexpr std::uint32_t kNone = ~std::uint32_t{0};
std::vector<PlacedCells> joined(const PlacedCells& cells, const SpineMaps& maps,
                                std::vector<std::uint32_t>& at, const Strictness& strictness,
                                TracingOptions options) {
    options.most_offset = strictness.most_offset;
    const auto place = [&](int column, int row) -> std::uint32_t& {
        return at[static_cast<std::size_t>(row) * static_cast<std::size_t>(maps.width) +
                  static_cast<std::size_t>(column)];
    };
    for (std::uint32_t i = 0; i < cells.size(); ++i) {
        if (cells[i].cell.core >= strictness.least_core) {
            place(cells[i].column, cells[i].row) = i;
        }
    }
    Sets sets(cells.size());
    for (std::uint32_t here = 0; here < cells.size(); ++here) {
        const PlacedCell& cell = cells[here];
        if (cell.cell.core < strictness.least_core) {
            continue;
        }
        for (int down = 0; down <= kReach; ++down) {
            for (int across = down == 0 ? 1 : -kReach; across <= kReach; ++across) {
                const int column = cell.column + across;
                const int row = cell.row + down;
                if (column < 0 || column >= maps.width || row >= maps.height) {
                    continue;
                }
                const std::uint32_t there = place(column, row);
                if (there != kNone && sets.root_of(here) != sets.root_of(there) &&
                    see_one_spine(cell.cell, cells[there].cell, options)) {
                    sets.join(here, there);
                }
            }
        }
    }
    std::vector<PlacedCells> groups(cells.size());
    for (std::uint32_t i = 0; i < cells.size(); ++i) {
        place(cells[i].column, cells[i].row) = kNone;
        if (cells[i].cell.core >= strictness.least_core) {
            groups[sets.root_of(i)].push_back(cells[i]);
        }
    }
    std::erase_if(groups, [](const PlacedCells& group) { return group.size() < kFewestCells; });
    return groups;
}

/// Whether the cells lie in one band no wider than the middle of the spine they see.
bool is_one_band(const PlacedCells& group) {
    double cos2 = 0;
    double sin2 = 0;
    std::vector<double> thickness;
    for (const PlacedCell& placed : group) {
        const SpineCell& cell = placed.cell;
        cos2 += cell.along_x * cell.along_x - cell.along_y * cell.along_y;
        sin2 += 2 * cell.along_x * cell.along_y;
        thickness.push_back(cell.thickness());
    }
    const double angle = std::atan2(sin2, cos2) / 2;
    std::vector<Sample> middle;
    for (const PlacedCell& placed : group) {
        const double v = placed.cell.y * std::cos(angle) - placed.cell.x * std::sin(angle);
        const double u = placed.cell.x * std::cos(angle) + placed.cell.y * std::sin(angle);
        middle.push_back({u, v, 1});
    }
    const FittedLine line = fit_line(middle);
    std::vector<double> off;
    for (const Sample& sample : middle) {
        off.push_back(sample.value - line(sample.at));
    }
    const auto part = [](std::vector<double>& values, double share) {
        const auto place = values.begin() + static_cast<std::ptrdiff_t>(
                                                share * static_cast<double>(values.size() - 1));
        std::nth_element(values.begin(), place, values.end());
        return *place;
    };
    const double width = part(off, 0.97) - part(off, 0.03);
    return width <= kBand * part(thickness, 0.5) + SpineMaps::kCell;
}

/// The cells of each spine among `cells`: those that are no single band are looked at again, more
/// strictly, until they are or nothing stricter is left.
void split(const PlacedCells& cells, const SpineMaps& maps, std::vector<std::uint32_t>& at,
           std::size_t level, const TracingOptions& options,
           std::vector<std::vector<SpineCell>>& found) {
    const Strictness strictness{options.least_core + kStricterCore * static_cast<double>(level),
                                options.most_offset *
                                    std::pow(kStricterOffset, static_cast<double>(level))};
    for (const PlacedCells& group : joined(cells, maps, at, strictness, options)) {
        if (level + 1 < kLevels && !is_one_band(group)) {
            split(group, maps, at, level + 1, options, found);
            continue;
        }
        std::vector<SpineCell> spine;
        for (const PlacedCell& placed : group) {
            spine.push_back(placed.cell);
        }
        found.push_back(std::move(spine));
    }
}

} // namespace

std::vector<std::vector<SpineCell>> group_cells(const SpineMaps& maps,
                                                const TracingOptions& options) {
    PlacedCells cells;
    const auto core = maps.of(SpineMap::Core);
    for (int row = 0; row < maps.height; ++row) {
        for (int column = 0; column < maps.width; ++column) {
            const auto i = static_cast<std::size_t>(row) * static_cast<std::size_t>(maps.width) +
                           static_cast<std::size_t>(column);
            if (static_cast<double>(core[i]) >= options.least_core) {
                cells.push_back({cell_at(maps, column, row), column, row});
            }
        }
    }
    std::vector<std::uint32_t> at(maps.cells(), kNone);
    std::vector<std::vector<SpineCell>> found;
    split(cells, maps, at, 0, options, found);
    return found;
}

} // namespace spindle::shelf
