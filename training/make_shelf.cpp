// SPDX-License-Identifier: Apache-2.0
// spindle-make-shelf: photos of made-up shelves with exact labels. See training/shelf/README.md.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "training/shelf/photo.h"

namespace {

namespace fs = std::filesystem;
using namespace spindle;

struct Options {
    fs::path out;
    std::uint64_t count = 100;
    std::uint64_t seed = 1;
    std::uint64_t first = 0;
    std::string size = "random";
    fs::path fonts;
    unsigned looks = 1;
    unsigned jobs = 1;
    std::uint64_t catalog_seed = 1;
    std::uint64_t catalog_size = 1'000'000;
};

/// Under another name first, so that a reader never sees half a file.
bool write_file(const fs::path& path, const char* bytes, std::size_t size) {
    const fs::path part = path.string() + ".part";
    {
        std::ofstream file(part, std::ios::binary);
        file.write(bytes, static_cast<std::streamsize>(size));
        if (!file.flush()) {
            return false;
        }
    }
    std::error_code error;
    fs::rename(part, path, error);
    return !error;
}

class Maker {
public:
    Maker(const Options& options, const made_shelf::Fonts& fonts)
        : options_(options), fonts_(fonts), next_(options.first) {}

    bool run() {
        std::vector<std::jthread> threads;
        for (unsigned i = 0; i < options_.jobs; ++i) {
            threads.emplace_back([this] { work(); });
        }
        threads.clear();
        fmt::print(stderr, "\n");
        if (!failure_.empty()) {
            fmt::print(stderr, "spindle-make-shelf: {}\n", failure_);
        }
        return failure_.empty();
    }

private:
    void work() {
        made_shelf::Releases releases(options_.catalog_seed, options_.catalog_size);
        while (true) {
            const std::uint64_t number = next_++;
            if (number >= options_.first + options_.count || has_failed_) {
                return;
            }
            make(number, releases);
        }
    }

    void make(std::uint64_t number, made_shelf::Releases& releases) {
        const std::uint64_t seed =
            made_shelf::derive_seed(options_.seed, "photo " + std::to_string(number));
        made_shelf::SceneOptions scene = made_shelf::draw_size(seed);
        if (options_.size != "random") {
            const std::size_t x = options_.size.find('x');
            scene.width = std::stoi(options_.size.substr(0, x));
            scene.height = std::stoi(options_.size.substr(x + 1));
        }
        scene.catalog_size = options_.catalog_size;
        for (unsigned look = 0; look < options_.looks && !has_failed_; ++look) {
            scene.look = look;
            const std::string name = look == 0 ? fmt::format("{:05}", number)
                                               : fmt::format("{:05}-{}", number, look + 1);
            write(name, made_shelf::make_photo(seed, scene, fonts_, releases));
        }
    }

    void write(const std::string& name, const made_shelf::Photo& photo) {
        const std::string truth = made_shelf::as_json(photo.truth, name + ".jpg");
        const fs::path picture = options_.out / (name + ".jpg");
        if (!write_file(picture, reinterpret_cast<const char*>(photo.jpeg.data()),
                        photo.jpeg.size()) ||
            !write_file(options_.out / (name + ".json"), truth.data(), truth.size())) {
            const std::lock_guard lock(mutex_);
            failure_ = fmt::format("{}: cannot be written; is the disk full?", picture.string());
            has_failed_ = true;
            return;
        }
        const std::lock_guard lock(mutex_);
        ++made_;
        spines_ += photo.truth.spines.size();
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
        fmt::print(stderr, "\r{}/{} photos, {} spines, {:.2f} s each ", made_,
                   options_.count * options_.looks, spines_, seconds / static_cast<double>(made_));
    }

    const Options& options_;
    const made_shelf::Fonts& fonts_;
    std::atomic<std::uint64_t> next_;
    std::atomic<bool> has_failed_ = false;
    std::mutex mutex_;
    std::string failure_;
    std::uint64_t made_ = 0;
    std::uint64_t spines_ = 0;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

std::string check_size(const std::string& text) {
    int width = 0;
    int height = 0;
    int read = 0;
    if (text == "random" || (std::sscanf(text.c_str(), "%4dx%4d%n", &width, &height, &read) == 2 &&
                             static_cast<std::size_t>(read) == text.size() && width >= 256 &&
                             height >= 256 && width <= 8000 && height <= 8000)) {
        return {};
    }
    return "random, or WIDTHxHEIGHT of 256 to 8000 each";
}

} // namespace

int main(int argc, char** argv) try {
    Options options;
    CLI::App app("Makes photos of shelves that never were, and says what is on them.");
    app.add_option("--out", options.out, "folder for NNNNN.jpg and NNNNN.json")->required();
    app.add_option("--count", options.count, "how many")->check(CLI::Range(1, 10'000'000));
    app.add_option("--seed", options.seed, "another seed gives other photos");
    app.add_option("--first", options.first, "number of the first: continues a set");
    app.add_option("--size", options.size, "2048x1536, or random: 3 to 12 million pixels")
        ->check(check_size);
    app.add_option("--fonts", options.fonts,
                   "folder with typefaces (training/shelf/fetch-fonts); else the machine's")
        ->check(CLI::ExistingDirectory);
    app.add_option("--looks", options.looks,
                   "photos of each shelf; the camera moves a little between them")
        ->check(CLI::Range(1, 9));
    app.add_option("--jobs", options.jobs, "photos at a time")->check(CLI::Range(1, 256));
    app.add_option("--catalog", options.catalog_seed,
                   "seed of the made-up catalog the discs are of");
    app.add_option("--catalog-size", options.catalog_size, "its releases")
        ->check(CLI::Range(1, 100'000'000));
    CLI11_PARSE(app, argc, argv);

    made_shelf::keep_to_one_thread();
    const auto fonts = made_shelf::Fonts::load(options.fonts);
    if (!fonts) {
        fmt::print(stderr, "spindle-make-shelf: {}\n", fonts.error().message);
        return 1;
    }
    fs::create_directories(options.out);
    fmt::print(stderr, "{} typefaces\n", fonts->size());
    return Maker(options, *fonts).run() ? 0 : 1;
} catch (const std::exception& error) { // memory, or a folder that cannot be made
    std::fputs(error.what(), stderr);
    std::fputs("\n", stderr);
    return 1;
}
