// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "spindle_fixture.h"

namespace spindle::functional {

inline constexpr unsigned kCatalogSeed = 5;
inline constexpr unsigned kCatalogSize = 3000;
inline constexpr const char* kFonts =
    "/usr/share/fonts/truetype/dejavu"; // other fonts, another photo

/// A photo of a made-up shelf, its truth, and the catalog its discs are from; made once.
struct MadeShelf {
    testing::TempFolder folder;
    std::filesystem::path photo, data;
    Json truth;

    MadeShelf() {
        make(SPINDLE_MAKE_SHELF,
             {"--out", folder.path().string(), "--count", "1", "--seed", "32", "--size",
              "2048x1536", "--fonts", kFonts, "--catalog", std::to_string(kCatalogSeed),
              "--catalog-size", std::to_string(kCatalogSize)});
        make(SPINDLE_MAKE_DUMP,
             {"--releases", std::to_string(kCatalogSize), "--seed", std::to_string(kCatalogSeed),
              "--out", (folder / "dump.xml").string()});
        data = folder / "data";
        make(SPINDLE_PROGRAM,
             {"--data", data.string(), "catalog", "import", (folder / "dump.xml").string()});
        photo = folder / "00000.jpg";
        std::ifstream file(folder / "00000.json");
        truth = Json::parse(file, nullptr, false);
    }

    /// Runs a program that has to end well.
    static void make(const char* program, std::vector<std::string> words) {
        words.insert(words.begin(), program);
        const auto ended = Program(words, {}).wait();
        EXPECT_EQ(ended.exit_code, 0) << program << ": " << ended.err;
    }
};

inline const MadeShelf& made_shelf() {
    static const MadeShelf shelf;
    return shelf;
}

} // namespace spindle::functional
