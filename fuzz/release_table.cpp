// SPDX-License-Identifier: Apache-2.0
// A table of releases from elsewhere: an export, or somebody's own list.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <unordered_set>

#include "base/text.h"
#include "catalog/dump/table_import.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace spindle;
    const auto expect = [](bool holds) {
        if (!holds) {
            std::abort();
        }
    };
    const auto table =
        catalog::read_table(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!table) {
        expect(text::is_utf8(table.error().message) && !table.error().message.empty());
        return 0;
    }
    std::unordered_set<std::uint32_t> ids;
    for (const catalog::Release& release : table->releases) {
        expect(release.id.value != 0 && ids.insert(release.id.value).second);
        expect(text::is_utf8(release.title) &&
               text::is_utf8(catalog::credit_line(release.artists)));
        expect(text::is_utf8(catalog::format_line(release.formats)));
    }
    for (const catalog::TableProblem& problem : table->problems) {
        expect(problem.line > 1 && !problem.what.empty() && text::is_utf8(problem.what));
    }
    expect(table->bad_rows >= table->problems.size());
    return 0;
}
