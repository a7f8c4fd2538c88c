// SPDX-License-Identifier: Apache-2.0
// Google Benchmarks of the catalog's parts, on a dump made up for the purpose: to see what a change
// costs, in seconds rather than hours. Figures to quote come from an import of 19 million releases
// and from spindle-catalog-accuracy.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include "catalog/builder.h"
#include "catalog/catalog.h"
#include "catalog/dump.h"
#include "catalog/dump/record_splitter.h"
#include "catalog/dump/release_xml.h"
#include "catalog/matcher.h"
#include "catalog/matching_trial.h"
#include "catalog/query.h"
#include "catalog/record_codec.h"
#include "catalog/retrieval.h"
#include "io/file.h"
#include "testing/temp_folder.h"

namespace {

using namespace spindle;
using namespace spindle::catalog;

constexpr std::uint64_t kReleases = 20'000;
constexpr std::size_t kBlock = 1U << 20U; // what an import feeds at a time
constexpr std::size_t kSpines = 64;       // asked for in turn, as one is not like another

[[noreturn]] void stop(const Error& error) {
    throw std::runtime_error(error.message);
}

template <typename T>
T value_of(Result<T> result) {
    if (!result) {
        stop(result.error());
    }
    return std::move(*result);
}
void check(const Result<void>& done) {
    if (!done) {
        stop(done.error());
    }
}

const std::filesystem::path& scratch() {
    static const auto kFolder = value_of(spindle::testing::TempFolder::create("spindle-bench"));
    return kFolder.path();
}

/// The text of a dump.
const std::string& dump() {
    static const std::string kText = [] {
        bench::DumpOptions options;
        options.world.releases = kReleases;
        options.out = scratch() / "dump.xml";
        value_of(bench::make_dump(options));
        return value_of(io::read_file(options.out, std::uint64_t{1} << 30U));
    }();
    return kText;
}

/// Feeds a splitter the whole dump as an import does.
void split(const RecordSplitter::Sink& sink) {
    RecordSplitter splitter("release");
    for (std::size_t at = 0; at < dump().size(); at += kBlock) {
        check(splitter.feed(std::span(dump()).subspan(at, std::min(kBlock, dump().size() - at)),
                            sink));
    }
    check(splitter.finish());
}

const std::vector<std::string_view>& records() {
    static const auto kAll = [] {
        std::vector<std::string_view> all;
        std::size_t from = 0;
        split([&](std::string_view record) { // lent for the call: found again in the text
            from = dump().find(record, from);
            all.push_back(std::string_view(dump()).substr(from, record.size()));
            from += record.size();
        });
        return all;
    }();
    return kAll;
}

const std::vector<Release>& releases() {
    static const auto kAll = [] {
        std::vector<Release> all;
        ReleaseReader reader;
        Quirks quirks;
        for (const std::string_view record : records()) {
            if (auto release = reader.read(record, quirks)) {
                all.push_back(std::move(*release));
            }
        }
        return all;
    }();
    return kAll;
}

/// Builds a catalog file in a folder of its own, on one thread.
void build(const std::filesystem::path& file) {
    constexpr std::size_t kBatch = 300; // about a megabyte of records
    auto builder = value_of(CatalogBuilder::create(file, scratch(), {}));
    for (std::size_t at = 0; at < releases().size(); at += kBatch) {
        check(builder.add(
            std::span(releases()).subspan(at, std::min(kBatch, releases().size() - at))));
    }
    const std::size_t parts = value_of(builder.seal());
    for (std::size_t part = 0; part < parts; ++part) {
        check(builder.order(part));
    }
    for (std::size_t shard = 0; shard < CatalogBuilder::kShards; ++shard) {
        check(builder.index(shard));
    }
    check(builder.finish({}));
}

const Catalog& catalog_of_all() {
    static const auto kCatalog = [] {
        const auto folder = scratch() / "catalog";
        std::filesystem::create_directories(folder);
        build(folder / Catalog::kDumpFile);
        return value_of(Catalog::open(folder));
    }();
    return kCatalog;
}

const CatalogFile& file() {
    return catalog_of_all().files().front();
}

/// Spines of releases all over the catalog, read with one sign in twenty wrong.
const std::vector<SpineText>& spines() {
    static const auto kAll = [] {
        std::vector<SpineText> all;
        const auto noise = bench::standard_conditions().front().noise;
        for (std::size_t i = 0; i < kSpines; ++i) {
            const Release& release = releases()[i * releases().size() / kSpines];
            all.push_back(bench::spine_text_of(bench::read_noisily(release, noise, i), i));
        }
        return all;
    }();
    return kAll;
}

const TermCounts& counts() {
    static const TermCounts kCounts(catalog_of_all().files());
    return kCounts;
}

const std::vector<Query>& queries() {
    static const auto kAll = [] {
        std::vector<Query> all;
        for (const SpineText& spine : spines()) {
            all.push_back(make_query(spine.readings.front(), counts()));
        }
        return all;
    }();
    return kAll;
}

/// Numbers in an order that has nothing to do with where they lie.
std::size_t next(std::size_t& state, std::size_t below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (state >> 33U) % below;
}

void count_dump(benchmark::State& state) {
    const auto rounds = static_cast<std::int64_t>(state.iterations());
    state.SetBytesProcessed(rounds * static_cast<std::int64_t>(dump().size()));
    state.SetItemsProcessed(rounds * static_cast<std::int64_t>(records().size()));
}

// NOLINTBEGIN(clang-analyzer-deadcode.DeadStores): `_` is how Google Benchmark counts its rounds
void split_records(benchmark::State& state) {
    records();
    for (auto _ : state) {
        split([](std::string_view record) { benchmark::DoNotOptimize(record.data()); });
    }
    count_dump(state);
}
BENCHMARK(split_records)->Unit(benchmark::kMillisecond);

void read_records(benchmark::State& state) {
    records();
    ReleaseReader reader;
    Quirks quirks;
    for (auto _ : state) {
        for (const std::string_view record : records()) {
            benchmark::DoNotOptimize(reader.read(record, quirks));
        }
    }
    count_dump(state);
}
BENCHMARK(read_records)->Unit(benchmark::kMillisecond);

void encode_records(benchmark::State& state) {
    releases();
    std::string bytes;
    for (auto _ : state) {
        bytes.clear();
        for (const Release& release : releases()) {
            append_card(release, bytes);
            append_tracks(release.tracks, bytes);
        }
        benchmark::DoNotOptimize(bytes.data());
    }
    const auto rounds = static_cast<std::int64_t>(state.iterations());
    state.SetBytesProcessed(rounds * static_cast<std::int64_t>(bytes.size()));
    state.SetItemsProcessed(rounds * static_cast<std::int64_t>(releases().size()));
}
BENCHMARK(encode_records)->Unit(benchmark::kMillisecond);

void build_catalog(benchmark::State& state) {
    releases();
    const auto path = scratch() / "built.catalog";
    for (auto _ : state) {
        build(path);
    }
    const auto rounds = static_cast<std::int64_t>(state.iterations());
    const auto bytes = std::filesystem::file_size(path);
    state.SetBytesProcessed(rounds * static_cast<std::int64_t>(bytes));
    state.SetItemsProcessed(rounds * static_cast<std::int64_t>(releases().size()));
    state.counters["bytes_a_release"] =
        static_cast<double>(bytes) / static_cast<double>(releases().size());
    std::filesystem::remove(path);
}
BENCHMARK(build_catalog)->Unit(benchmark::kMillisecond)->UseRealTime();

void open_catalog(benchmark::State& state) {
    const auto folder = file().path().parent_path();
    for (auto _ : state) {
        benchmark::DoNotOptimize(Catalog::open(folder));
    }
}
BENCHMARK(open_catalog)->Unit(benchmark::kMicrosecond);

void find_by_id(benchmark::State& state) {
    const auto ids = file().ids();
    std::size_t random = 1;
    for (auto _ : state) {
        benchmark::DoNotOptimize(file().find(ids[next(random, ids.size())]));
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(find_by_id);

/// `spread`: of every other block, so that each has to be unpacked; else neighbours.
void read_card(benchmark::State& state, bool spread) {
    const auto ids = file().ids();
    std::vector<Document> documents;
    documents.reserve(ids.size());
    for (const ReleaseId id : ids) {
        documents.push_back(file().find(id).value());
    }
    std::sort(documents.begin(), documents.end());
    CardReader reader(file());
    std::size_t random = 1;
    std::size_t at = 0;
    for (auto _ : state) {
        at = spread ? next(random, documents.size()) : (at + 1) % documents.size();
        benchmark::DoNotOptimize(reader.card(documents[at]));
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK_CAPTURE(read_card, neighbours, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(read_card, anywhere, true)->Unit(benchmark::kMicrosecond);

void make_query_of_a_spine(benchmark::State& state) {
    spines();
    counts();
    std::size_t at = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(make_query(spines()[at++ % kSpines].readings.front(), counts()));
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(make_query_of_a_spine)->Unit(benchmark::kMicrosecond);

void retrieve_candidates(benchmark::State& state) {
    queries();
    std::size_t at = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(
            retrieve(catalog_of_all().files(), queries()[at++ % kSpines], RetrievalEffort{}));
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(retrieve_candidates)->Unit(benchmark::kMicrosecond);

void match_a_spine(benchmark::State& state) {
    spines();
    const Matcher matcher(catalog_of_all());
    std::size_t at = 0;
    std::int64_t found = 0;
    for (auto _ : state) {
        const auto result = matcher.match(spines()[at++ % kSpines]);
        if (!result) {
            state.SkipWithError(result.error().message.c_str());
            break;
        }
        found += result->verdict == Verdict::Found ? 1 : 0;
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
    state.counters["found"] = static_cast<double>(found) / static_cast<double>(at);
}
BENCHMARK(match_a_spine)->Unit(benchmark::kMicrosecond);

// NOLINTEND(clang-analyzer-deadcode.DeadStores)

} // namespace

BENCHMARK_MAIN();
