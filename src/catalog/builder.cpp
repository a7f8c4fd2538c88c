// SPDX-License-Identifier: Apache-2.0
#include "catalog/builder.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <mutex>
#include <optional>

#include <fmt/format.h>

#include "catalog/ordered_gate.h"
#include "catalog/part_builder.h"
#include "catalog/release_buckets.h"
#include "catalog/section_writer.h"
#include "catalog/shard_builder.h"
#include "io/file.h"

namespace spindle::catalog {
namespace {

/// Masters were at 4 million in 2026. Numbers beyond this are not counted, so that a hostile dump
/// cannot take all memory.
constexpr std::uint32_t kMostMaster = 1U << 25U;
constexpr std::uint64_t kPartReleases = 50'000; // at least, so that few releases make few parts
constexpr std::uint64_t kMostDocuments = 0xFFFF'0000;

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

/// Postings on their way to their shard, in a temporary file each.
class PostingFiles {
public:
    static Result<std::unique_ptr<PostingFiles>> create(const std::filesystem::path& folder) {
        auto files = std::make_unique<PostingFiles>();
        for (std::size_t i = 0; i < format::kShards; ++i) {
            Shard& shard = files->shards_[i];
            shard.path = folder / fmt::format("terms-{:02}", i);
            SPINDLE_TRY(auto file, io::OutputFile::create(shard.path));
            shard.file.emplace(std::move(file));
        }
        return files;
    }
    PostingFiles() = default;
    PostingFiles(const PostingFiles&) = delete;
    PostingFiles& operator=(const PostingFiles&) = delete;
    ~PostingFiles() {
        for (std::size_t i = 0; i < format::kShards; ++i) {
            drop(i);
        }
    }

    /// Thread-safe.
    Result<void> add(const std::vector<Posting>& postings) {
        std::array<std::vector<Posting>, format::kShards> sorted;
        for (const Posting& posting : postings) {
            sorted[posting.term() >> format::kShardShift].push_back(posting);
        }
        for (std::size_t i = 0; i < format::kShards; ++i) {
            const std::scoped_lock lock(shards_[i].mutex);
            SPINDLE_TRY_VOID(shards_[i].file->append(std::as_bytes(std::span(sorted[i]))));
        }
        return {};
    }

    Result<std::vector<Posting>> read(std::size_t shard) const {
        SPINDLE_TRY(const auto mapped, io::MappedFile::open(shards_[shard].path));
        std::vector<Posting> postings(mapped.bytes().size() / sizeof(Posting));
        if (!postings.empty()) {
            std::memcpy(postings.data(), mapped.bytes().data(), postings.size() * sizeof(Posting));
        }
        return postings;
    }

    void drop(std::size_t shard) {
        std::error_code ignored;
        std::filesystem::remove(shards_[shard].path, ignored);
    }

private:
    struct Shard {
        std::filesystem::path path;
        std::optional<io::OutputFile> file;
        std::mutex mutex;
    };
    std::array<Shard, format::kShards> shards_;
};

/// The buckets [first, last) that make one part.
struct PartPlan {
    std::size_t first = 0, last = 0;
    std::uint32_t first_document = 0;
};

} // namespace

struct CatalogBuilder::State {
    State(std::filesystem::path target, SectionWriter sections, const BuildOptions& wanted)
        : path(std::move(target)), writer(std::move(sections)), options(wanted) {}
    ~State() {
        if (!finished) {
            std::error_code ignored;
            std::filesystem::remove(path, ignored);
        }
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    MasterFacts facts_of(MasterId master) const {
        return master.value < masters.size() ? masters[master.value] : MasterFacts{};
    }
    MasterFacts* facts_for(MasterId master) {
        if (master.value == 0 || master.value >= kMostMaster) {
            return nullptr;
        }
        if (master.value >= masters.size()) {
            masters.resize(std::size_t{master.value} + 1);
        }
        return &masters[master.value];
    }
    void count(MasterId master) {
        if (MasterFacts* const facts = facts_for(master); facts != nullptr) {
            ++facts->versions;
        }
    }

    Result<std::vector<BucketRecord>> records_of(const PartPlan& plan,
                                                 std::vector<std::string>& bytes) const {
        std::vector<BucketRecord> records;
        bytes.reserve(plan.last - plan.first); // records point into them
        for (std::size_t bucket = plan.first; bucket < plan.last; ++bucket) {
            SPINDLE_TRY(auto content, buckets->read(bucket));
            bytes.push_back(std::move(content));
            ReleaseBuckets::records_in(bytes.back(), records);
        }
        return records;
    }
    Result<void> write_part(Part& part);
    Result<void> write_shard(std::size_t number, const ShardContent& content);

    std::filesystem::path path;
    SectionWriter writer;
    BuildOptions options;
    bool finished = false;

    std::unique_ptr<ReleaseBuckets> buckets;
    std::mutex masters_mutex;
    std::vector<MasterFacts> masters; // by number
    std::atomic<std::uint64_t> releases{0};

    std::vector<PartPlan> plans;
    std::unique_ptr<PostingFiles> postings;
    Dictionaries dictionaries;
    OrderedGate part_gate;
    std::vector<format::Block> blocks;
    std::vector<std::uint64_t> group_starts;
    std::vector<format::IdEntry> ids;
    std::uint32_t groups = 0;
    std::uint64_t repeated = 0;

    OrderedGate shard_gate;
    std::vector<format::Shard> shards;
};

CatalogBuilder::CatalogBuilder(std::unique_ptr<State> state) : state_(std::move(state)) {}
CatalogBuilder::~CatalogBuilder() = default;
CatalogBuilder::CatalogBuilder(CatalogBuilder&&) noexcept = default;

Result<CatalogBuilder> CatalogBuilder::create(const std::filesystem::path& file,
                                              const std::filesystem::path& scratch,
                                              const BuildOptions& options) {
    SPINDLE_TRY(auto writer, SectionWriter::create(file));
    auto state = std::make_unique<State>(file, std::move(writer), options);
    SPINDLE_TRY(state->buckets, ReleaseBuckets::create(scratch));
    SPINDLE_TRY(state->postings, PostingFiles::create(scratch));
    return CatalogBuilder(std::move(state));
}

std::uint64_t CatalogBuilder::releases() const {
    return state_->releases;
}

std::uint64_t CatalogBuilder::repeated() const {
    return state_->repeated;
}

Result<void> CatalogBuilder::add(std::span<const Release> releases) {
    {
        const std::scoped_lock lock(state_->masters_mutex);
        for (const Release& release : releases) {
            state_->count(release.master);
        }
    }
    state_->releases += releases.size();
    return state_->buckets->add(releases, state_->options.with_tracks);
}

void CatalogBuilder::count_versions(std::span<const MasterId> masters) {
    const std::scoped_lock lock(state_->masters_mutex);
    for (const MasterId master : masters) {
        state_->count(master);
    }
}

void CatalogBuilder::set_first_year(MasterId master, std::uint16_t year) {
    const std::scoped_lock lock(state_->masters_mutex);
    if (MasterFacts* const facts = state_->facts_for(master); facts != nullptr) {
        facts->first_year = year;
    }
}

Result<std::size_t> CatalogBuilder::seal() {
    State& state = *state_;
    SPINDLE_TRY_VOID(state.buckets->flush());
    std::uint64_t document = 0;
    for (std::size_t bucket = 0; bucket < ReleaseBuckets::kBuckets;) {
        PartPlan plan{bucket, bucket, static_cast<std::uint32_t>(document)};
        std::uint64_t count = 0;
        while (plan.last < ReleaseBuckets::kBuckets && (count == 0 || count < kPartReleases)) {
            count += state.buckets->count(plan.last++);
        }
        bucket = plan.last;
        // Parts begin on whole blocks, so that a document's block is known without a table.
        document +=
            (count + format::kBlockReleases - 1) / format::kBlockReleases * format::kBlockReleases;
        state.plans.push_back(plan);
    }
    if (document > kMostDocuments) {
        return fail(Code::Unsupported, "{}: more releases than a catalog can number",
                    state.path.string());
    }
    SPINDLE_TRY_VOID(state.writer.begin(format::Records));
    std::vector<std::string> bytes;
    SPINDLE_TRY(auto records, state.records_of(state.plans.front(), bytes));
    state.dictionaries = learn_dictionaries(std::move(records));
    return state.plans.size();
}

Result<void> CatalogBuilder::State::write_part(Part& part) {
    for (format::Block& block : part.blocks) {
        block.offset += writer.offset();
    }
    SPINDLE_TRY_VOID(writer.append(bytes_of(part.records)));
    blocks.insert(blocks.end(), part.blocks.begin(), part.blocks.end());
    group_starts.insert(group_starts.end(), part.group_starts.begin(), part.group_starts.end());
    ids.insert(ids.end(), part.ids.begin(), part.ids.end());
    groups += part.groups;
    return {};
}

Result<void> CatalogBuilder::order(std::size_t number) {
    State& state = *state_;
    const PartPlan& plan = state.plans[number];
    const auto attempt = [&]() -> Result<void> {
        std::vector<std::string> bytes;
        SPINDLE_TRY(auto records, state.records_of(plan, bytes));
        SPINDLE_TRY(auto part, build_part(
                                   std::move(records), plan.first_document,
                                   [&](MasterId master) { return state.facts_of(master); },
                                   state.dictionaries));
        SPINDLE_TRY_VOID(state.postings->add(part.postings));
        for (std::size_t bucket = plan.first; bucket < plan.last; ++bucket) {
            state.buckets->drop(bucket);
        }
        if (!state.part_gate.enter(number)) {
            return fail(Code::Cancelled, "stopped");
        }
        SPINDLE_TRY_VOID(state.write_part(part));
        state.part_gate.leave();
        return {};
    };
    auto done = attempt();
    if (!done) {
        state.part_gate.close();
    }
    return done;
}

Result<void> CatalogBuilder::State::write_shard(std::size_t number, const ShardContent& content) {
    if (number == 0) {
        SPINDLE_TRY_VOID(writer.begin(format::Terms));
    }
    format::Shard shard{};
    shard.count = content.count;
    shard.directory_bits = content.directory_bits;
    shard.filter_lines = content.filter_lines;
    SPINDLE_TRY_VOID(writer.align(format::kFilterLineBits / 8));
    shard.filter = writer.offset();
    SPINDLE_TRY_VOID(writer.append(std::as_bytes(std::span(content.filter))));
    shard.directory = writer.offset();
    SPINDLE_TRY_VOID(writer.append(std::as_bytes(std::span(content.directory))));
    shard.entries = writer.offset();
    SPINDLE_TRY_VOID(writer.append(bytes_of(content.entries)));
    shard.postings = writer.offset();
    shard.posting_bytes = content.postings.size();
    SPINDLE_TRY_VOID(writer.append(bytes_of(content.postings)));
    shards.push_back(shard);
    return {};
}

Result<void> CatalogBuilder::index(std::size_t number) {
    State& state = *state_;
    const auto attempt = [&]() -> Result<void> {
        SPINDLE_TRY(auto postings, state.postings->read(number));
        state.postings->drop(number);
        const ShardContent content = build_shard(std::move(postings));
        if (!state.shard_gate.enter(number)) {
            return fail(Code::Cancelled, "stopped");
        }
        SPINDLE_TRY_VOID(state.write_shard(number, content));
        state.shard_gate.leave();
        return {};
    };
    auto done = attempt();
    if (!done) {
        state.shard_gate.close();
    }
    return done;
}

void CatalogBuilder::abandon() {
    state_->part_gate.close();
    state_->shard_gate.close();
}

Result<void> CatalogBuilder::finish(std::span<const std::pair<std::string, std::string>> about) {
    State& state = *state_;
    const auto section = [&](format::SectionName name,
                             std::span<const std::byte> bytes) -> Result<void> {
        SPINDLE_TRY_VOID(state.writer.begin(name));
        return state.writer.append(bytes);
    };
    SPINDLE_TRY_VOID(section(format::Shards, std::as_bytes(std::span(state.shards))));
    SPINDLE_TRY_VOID(section(format::Blocks, std::as_bytes(std::span(state.blocks))));
    SPINDLE_TRY_VOID(section(format::CardDictionary, bytes_of(state.dictionaries.cards)));
    SPINDLE_TRY_VOID(section(format::TrackDictionary, bytes_of(state.dictionaries.tracks)));
    SPINDLE_TRY_VOID(section(format::GroupStarts, std::as_bytes(std::span(state.group_starts))));
    std::sort(state.ids.begin(), state.ids.end(), [](const auto& a, const auto& b) {
        return a.id != b.id ? a.id < b.id : a.document < b.document;
    });
    for (std::size_t i = 1; i < state.ids.size(); ++i) {
        state.repeated += state.ids[i].id == state.ids[i - 1].id ? 1 : 0;
    }
    SPINDLE_TRY_VOID(section(format::Ids, std::as_bytes(std::span(state.ids))));
    std::string text;
    for (const auto& [name, value] : about) {
        text += fmt::format("{} {}\n", name, value);
    }
    SPINDLE_TRY_VOID(section(format::About, bytes_of(text)));
    format::Trailer trailer{};
    trailer.releases = static_cast<std::uint32_t>(state.ids.size());
    trailer.documents = static_cast<std::uint32_t>(state.blocks.size() * format::kBlockReleases);
    trailer.groups = state.groups;
    SPINDLE_TRY_VOID(state.writer.finish(trailer));
    state.finished = true;
    return {};
}

} // namespace spindle::catalog
