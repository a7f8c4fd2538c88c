// SPDX-License-Identifier: Apache-2.0
#include "material/manifest.h"

#include <cstddef>

#include "material/table.h"

namespace spindle::material {

Result<Manifest> Manifest::read(const std::filesystem::path& path) {
    SPINDLE_TRY(const Table table,
                Table::read(path, {"path", "package", "seconds", "role", "set"}));
    Manifest manifest;
    manifest.folder = path.parent_path();
    for (std::size_t row = 0; row < table.rows(); ++row) {
        CorpusTrack track;
        track.path = table.text(row, 0);
        track.package = table.text(row, 1);
        SPINDLE_TRY(const double seconds, table.number(row, 2));
        track.duration = Seconds(seconds);
        const std::string& role = table.text(row, 3);
        if (role != "known" && role != "unknown") {
            return fail(Code::BadInput, "{}: role '{}' is neither known nor unknown",
                        table.place(row), role);
        }
        track.role = role == "known" ? Role::Known : Role::Unknown;
        const std::string& set = table.text(row, 4);
        if (set != "dev" && set != "test") {
            return fail(Code::BadInput, "{}: set '{}' is neither dev nor test", table.place(row),
                        set);
        }
        track.set = set == "dev" ? Set::Dev : Set::Test;
        manifest.tracks.push_back(std::move(track));
    }
    return manifest;
}

} // namespace spindle::material
