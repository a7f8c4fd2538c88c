// SPDX-License-Identifier: Apache-2.0
#include "material/truth.h"

#include <charconv>
#include <cstddef>

#include "io/file.h"
#include "material/table.h"

namespace spindle::material {

namespace {

std::string or_dash(const std::string& text) {
    return text.empty() ? "-" : text;
}

std::string from_dash(const std::string& text) {
    return text == "-" ? "" : text;
}

} // namespace

Result<std::vector<Query>> read_truth(const std::filesystem::path& path) {
    SPINDLE_TRY(const Table table, Table::read(path, {"file", "condition", "track", "offset_s",
                                                      "speed", "seed", "source", "bed"}));
    std::vector<Query> queries;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        Query query;
        query.file = table.text(row, 0);
        query.condition = table.text(row, 1);
        query.track = from_dash(table.text(row, 2));
        SPINDLE_TRY(const double offset, table.number(row, 3));
        query.offset = Seconds(offset);
        SPINDLE_TRY(const double speed, table.number(row, 4));
        query.speed = speed;
        const std::string& seed = table.text(row, 5);
        const auto parsed = std::from_chars(seed.data(), seed.data() + seed.size(), query.seed);
        if (parsed.ec != std::errc{} || parsed.ptr != seed.data() + seed.size()) {
            return fail(Code::BadInput, "{}: '{}' is not a seed", table.place(row), seed);
        }
        query.source = from_dash(table.text(row, 6));
        query.bed = from_dash(table.text(row, 7));
        queries.push_back(std::move(query));
    }
    return queries;
}

Result<void> write_truth(const std::filesystem::path& path, std::span<const Query> queries) {
    std::string content = "file\tcondition\ttrack\toffset_s\tspeed\tseed\tsource\tbed\n";
    for (const Query& query : queries) {
        content += fmt::format("{}\t{}\t{}\t{:.6f}\t{:.8f}\t{}\t{}\t{}\n", query.file,
                               query.condition, or_dash(query.track), query.offset.count(),
                               query.speed, query.seed, or_dash(query.source), or_dash(query.bed));
    }
    return io::write_atomically(path, content);
}

} // namespace spindle::material
