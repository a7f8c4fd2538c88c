// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "testing/program.h"
#include "testing/tagged_wav.h"
#include "testing/temp_folder.h"

namespace spindle::functional {

using Json = nlohmann::json;
using testing::Ended;
using testing::Program;

/// Hertz, of sounds that tests make.
inline constexpr int kRate = 44'100;

/// A data folder, a music folder, and the program.
class SpindleTest : public ::testing::Test {
protected:
    SpindleTest() { std::filesystem::create_directories(music()); }

    std::filesystem::path music() const { return folder_ / "music"; }
    std::filesystem::path data() const { return folder_ / "data"; }

    void put(const std::string& name, unsigned sound, double seconds = 1.0,
             const std::string& title = {}) {
        const auto path = music() / name;
        std::filesystem::create_directories(path.parent_path());
        testing::write_tagged_wav(path, {sound, title, "Ann", "First", 0, seconds});
    }

    std::unique_ptr<Program> start(std::vector<std::string> words, Program::Options options = {}) {
        words.insert(words.begin(), SPINDLE_PROGRAM);
        options.environment["SPINDLE_DATA"] = data().string();
        // Not the settings and the token of whoever runs the tests.
        options.environment.emplace("XDG_CONFIG_HOME", (folder_ / "config").string());
        options.environment.emplace("XDG_CACHE_HOME", (folder_ / "cache").string());
        return std::make_unique<Program>(words, options);
    }

    Ended run(const std::vector<std::string>& words, const Program::Options& options = {}) {
        return start(words, options)->wait();
    }

    /// Runs with --json and parses every line of stdout.
    std::vector<Json> run_json(std::vector<std::string> words, int expected_exit = 0) {
        words.emplace_back("--json");
        const auto ended = run(words);
        EXPECT_EQ(ended.exit_code, expected_exit) << ended.err;
        return lines_of(ended.out);
    }

    static std::vector<Json> lines_of(const std::string& text) {
        std::vector<Json> lines;
        std::istringstream stream(text);
        for (std::string line; std::getline(stream, line);) {
            lines.push_back(Json::parse(line, nullptr, false));
            EXPECT_FALSE(lines.back().is_discarded()) << line;
        }
        return lines;
    }

    Json add() { return run_json({"library", "add", music().string()}).at(0); }

    testing::TempFolder folder_;
};

} // namespace spindle::functional
