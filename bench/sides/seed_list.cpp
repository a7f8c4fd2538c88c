// SPDX-License-Identifier: Apache-2.0
#include "sides/seed_list.h"

#include "material/table.h"

namespace spindle::sides {

std::vector<SessionSeed> seeds_of_run(std::uint64_t run, std::size_t count,
                                      std::optional<Happening> happening) {
    std::vector<SessionSeed> seeds;
    for (std::size_t number = 0; number < count; ++number) {
        seeds.push_back({run, number, happening.value_or(happening_of(number))});
    }
    return seeds;
}

Result<std::vector<SessionSeed>> read_seeds(const std::filesystem::path& path,
                                            std::string_view set) {
    SPINDLE_TRY(const auto table,
                material::Table::read(path, {"seed", "number", "happening", "set"}));
    std::vector<SessionSeed> seeds;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        SPINDLE_TRY(const double run, table.number(row, 0));
        SPINDLE_TRY(const double number, table.number(row, 1));
        const auto happening = happening_named(table.text(row, 2));
        if (!happening || run < 0 || number < 0 || run > 1e9 || number > 1e9) {
            return fail(Code::BadInput, "{}: {} {} {} is no session", table.place(row),
                        table.text(row, 0), table.text(row, 1), table.text(row, 2));
        }
        if (table.text(row, 3) == set) {
            seeds.push_back(
                {static_cast<std::uint64_t>(run), static_cast<std::size_t>(number), *happening});
        }
    }
    return seeds;
}

} // namespace spindle::sides
