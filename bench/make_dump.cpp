// SPDX-License-Identifier: Apache-2.0
// spindle-make-dump: a made-up Discogs dump of any size from a seed. See bench/README.md.
#include <chrono>
#include <cstdio>
#include <exception>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "catalog/dump.h"
#include "catalog/media_shares.h"

int main(int argc, char** argv) try {
    using spindle::bench::DumpOptions;
    using spindle::bench::Quirk;

    DumpOptions options;
    CLI::App app("Makes a releases dump as Discogs publishes them, the same for the same seed.");
    app.add_option("--releases", options.world.releases, "how many to make")
        ->check(CLI::Range(1, 100'000'000));
    app.add_option("--seed", options.world.seed, "another seed gives another catalog");
    app.add_option("--first-id", options.world.first_id, "ids begin here");
    app.add_option("--bytes-per-release", options.bytes_per_release,
                   "mean length of a record: notes, videos, credits are as many as that allows")
        ->check(CLI::Range(1400, 20'000));
    std::string formats;
    app.add_option("--formats", formats, "shares in per cent, as vinyl=40,cd=60; default as real");
    app.add_option("--out", options.out, "file, packed if it ends in .gz; - is standard output");
    app.add_option("--masters-out", options.masters_out, "the masters dump that belongs to it");
    app.add_option("--include", options.include,
                   "table of real releases to mix in: tab separated, with a header line")
        ->check(CLI::ExistingFile);
    app.add_flag("--quirks", options.has_quirks,
                 "some records odd or broken, as in real dumps; their number is reported");
    CLI11_PARSE(app, argc, argv);

    if (!formats.empty()) {
        const auto media = spindle::bench::parse_media(formats);
        if (!media) {
            fmt::print(stderr, "spindle-make-dump: {}\n", media.error().message);
            return 1;
        }
        options.world.media = *media;
    }
    const auto start = std::chrono::steady_clock::now();
    const auto made = spindle::bench::make_dump(options);
    if (!made) {
        fmt::print(stderr, "spindle-make-dump: {}\n", made.error().message);
        return 1;
    }
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    fmt::print(stderr, "{} releases, {} included, {} replaced by those, {} masters\n",
               made->releases, made->included, made->replaced, made->masters);
    fmt::print(stderr, "{} bytes of XML in {} bytes, {:.1f} s, {:.0f} MB/s\n", made->text_bytes,
               made->file_bytes, seconds, static_cast<double>(made->text_bytes) / seconds / 1e6);
    if (options.has_quirks) {
        for (std::size_t i = 0; i < made->quirks.size(); ++i) {
            fmt::print(stderr, "{:8} {}\n", made->quirks[i],
                       spindle::bench::name_of(static_cast<Quirk>(i)));
        }
    }
    return 0;
} catch (const std::exception& error) { // memory, or a broken pipe
    std::fputs(error.what(), stderr);
    std::fputs("\n", stderr);
    return 1;
}
