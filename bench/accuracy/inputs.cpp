// SPDX-License-Identifier: Apache-2.0
#include "accuracy/inputs.h"

#include <CLI/CLI.hpp>

namespace spindle::accuracy {

void Inputs::add_options(CLI::App& app) {
    app.add_option("--manifest", manifest, "manifest.tsv made by bench/corpus")
        ->required()
        ->check(CLI::ExistingFile);
    app.add_option("--root", root, "where its paths start; otherwise its own folder");
    app.add_option("--queries", queries, "folder made by spindle-make-queries")
        ->required()
        ->check(CLI::ExistingDirectory);
}

Result<material::Manifest> Inputs::read_manifest() const {
    SPINDLE_TRY(auto corpus, material::Manifest::read(manifest));
    if (!root.empty()) {
        corpus.folder = root;
    }
    return corpus;
}

Result<std::vector<material::Query>> Inputs::read_queries() const {
    return material::read_truth(truth());
}

} // namespace spindle::accuracy
