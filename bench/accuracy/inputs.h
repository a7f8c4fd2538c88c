// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "material/manifest.h"
#include "material/truth.h"

namespace CLI {
class App;
} // namespace CLI

namespace spindle::accuracy {

/// What every program that asks the engine is given: a corpus, and clips of it.
struct Inputs {
    std::filesystem::path manifest;
    std::filesystem::path root; ///< where the manifest's paths start; empty: its own folder
    std::filesystem::path queries;

    /// --manifest, --root, --queries. `app` writes to this object: it must stay where it is.
    void add_options(CLI::App& app);

    Result<material::Manifest> read_manifest() const;
    Result<std::vector<material::Query>> read_queries() const;
    std::filesystem::path truth() const { return queries / "truth.tsv"; }
};

} // namespace spindle::accuracy
