// SPDX-License-Identifier: Apache-2.0
#include "catalog/catalog_file.h"

#include <algorithm>
#include <bit>

#include <xxhash.h>

#include "catalog/bytes.h"
#include "catalog/catalog_file_state.h"

namespace spindle::catalog {
namespace {

constexpr std::string_view kRemedy =
    "import it again: spindle catalog import FILE (the dump or list it was made of)";

template <typename T>
T load(const char* bytes) {
    T value;
    std::memcpy(&value, bytes, sizeof value);
    return value;
}

Result<format::Trailer> read_trailer(const std::filesystem::path& path,
                                     std::span<const std::byte> bytes) {
    if (bytes.size() < sizeof(format::Trailer) + format::kMagic.size() ||
        std::memcmp(bytes.data(), format::kMagic.data(), format::kMagic.size()) != 0) {
        return fail(Code::BadInput, "{}: not a catalog of Spindle; {}", path.string(), kRemedy);
    }
    format::Trailer trailer{};
    std::memcpy(&trailer, bytes.data() + bytes.size() - sizeof trailer, sizeof trailer);
    if (trailer.magic != format::kMagic ||
        trailer.checksum != XXH3_64bits(&trailer, offsetof(format::Trailer, checksum)) ||
        trailer.file_bytes != bytes.size()) {
        return fail(Code::BadInput, "{}: cut short or damaged; {}", path.string(), kRemedy);
    }
    if (trailer.version != format::kVersion || trailer.term_version != format::kTermVersion) {
        return fail(Code::BadInput,
                    "{}: made by another version of Spindle (format {}.{}, this one reads {}.{}); "
                    "{}",
                    path.string(), trailer.version, trailer.term_version, format::kVersion,
                    format::kTermVersion, kRemedy);
    }
    return trailer;
}

bool is_inside(std::uint64_t offset, std::uint64_t bytes, std::uint64_t size) {
    return offset <= size && bytes <= size - offset;
}

bool is_sound(const format::Shard& shard, std::uint64_t size) {
    return shard.directory_bits <= 26 && std::has_single_bit(shard.filter_lines) &&
           is_inside(shard.directory, ((std::uint64_t{1} << shard.directory_bits) + 1) * 4, size) &&
           is_inside(shard.entries, std::uint64_t{shard.count} * format::kEntryBytes, size) &&
           is_inside(shard.filter, std::uint64_t{shard.filter_lines} * format::kFilterLineBits / 8,
                     size) &&
           is_inside(shard.postings, shard.posting_bytes, size);
}

} // namespace

CatalogFile::CatalogFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
CatalogFile::~CatalogFile() = default;
CatalogFile::CatalogFile(CatalogFile&&) noexcept = default;
CatalogFile& CatalogFile::operator=(CatalogFile&&) noexcept = default;

Result<CatalogFile> CatalogFile::open(const std::filesystem::path& path) {
    SPINDLE_TRY(auto mapped, io::MappedFile::open(path));
    auto state = std::make_unique<State>(path, std::move(mapped));
    const auto bytes = state->mapped.bytes();
    SPINDLE_TRY(state->trailer, read_trailer(path, bytes));
    state->mapped.expect_random_access();
    const auto damaged = [&] {
        return fail(Code::BadInput, "{}: its tables are damaged; {}", path.string(), kRemedy);
    };
    for (const format::Section& section : state->trailer.sections) {
        if (!is_inside(section.offset, section.bytes, bytes.size())) {
            return damaged();
        }
    }
    const std::string_view shards = state->section(format::Shards);
    if (shards.size() != sizeof state->shards ||
        XXH3_64bits(shards.data(), shards.size()) !=
            state->trailer.sections[format::Shards].checksum) {
        return damaged();
    }
    std::memcpy(state->shards.data(), shards.data(), sizeof state->shards);
    for (const format::Shard& shard : state->shards) {
        if (!is_sound(shard, bytes.size())) {
            return damaged();
        }
    }
    return CatalogFile(std::move(state));
}

std::uint32_t CatalogFile::releases() const {
    return state_->trailer.releases;
}
std::uint32_t CatalogFile::groups() const {
    return state_->trailer.groups;
}
Document CatalogFile::documents() const {
    return state_->trailer.documents;
}
std::uint64_t CatalogFile::bytes() const {
    return state_->mapped.bytes().size();
}

const std::filesystem::path& CatalogFile::path() const {
    return state_->path;
}

std::map<std::string, std::string> CatalogFile::about() const {
    std::map<std::string, std::string> facts;
    std::string_view text = state_->section(format::About);
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        const auto space = line.find(' ');
        if (space != std::string_view::npos) {
            facts.emplace(line.substr(0, space), line.substr(space + 1));
        }
    }
    return facts;
}

Result<void> CatalogFile::verify() const {
    constexpr std::array<std::string_view, format::kSections> kNames{
        "records",          "terms",       "shards",          "blocks", "card dictionary",
        "track dictionary", "group marks", "release numbers", "about"};
    for (std::size_t i = 0; i < format::kSections; ++i) {
        const auto name = static_cast<format::SectionName>(i);
        const std::string_view section = state_->section(name);
        if (XXH3_64bits(section.data(), section.size()) !=
            state_->trailer.sections[name].checksum) {
            return fail(Code::BadInput, "{}: damaged in its {}; {}", state_->path.string(),
                        kNames[i], kRemedy);
        }
        state_->mapped.release_pages(state_->trailer.sections[name].offset, section.size());
    }
    return {};
}

std::optional<Document> CatalogFile::find(ReleaseId id) const {
    const std::string_view table = state_->section(format::Ids);
    std::size_t low = 0;
    std::size_t high = table.size() / sizeof(format::IdEntry);
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        const auto entry = state_->item<format::IdEntry>(format::Ids, middle);
        if (entry.id == id.value) {
            return entry.document;
        }
        (entry.id < id.value ? low : high) = entry.id < id.value ? middle + 1 : middle;
    }
    return std::nullopt;
}

std::vector<ReleaseId> CatalogFile::ids() const {
    std::vector<ReleaseId> ids(state_->section(format::Ids).size() / sizeof(format::IdEntry));
    for (std::size_t i = 0; i < ids.size(); ++i) {
        ids[i].value = state_->item<format::IdEntry>(format::Ids, i).id;
    }
    return ids;
}

Document CatalogFile::group_start(Document document) const {
    const std::string_view table = state_->section(format::GroupStarts);
    const auto word = [&](std::uint32_t i) { return load<std::uint64_t>(table.data() + i * 8UL); };
    std::uint32_t i = document / 64;
    if (i >= table.size() / 8) {
        return std::min(document, documents()); // no document of this file, or a damaged table
    }
    std::uint64_t bits = word(i) & (~std::uint64_t{0} >> (63 - document % 64));
    while (bits == 0 && i > 0) {
        bits = word(--i);
    }
    return i * 64 + (bits == 0 ? 0 : 63 - static_cast<std::uint32_t>(std::countl_zero(bits)));
}

DocumentRange CatalogFile::group_of(Document document) const {
    const auto word = [&](std::uint32_t i) {
        return state_->item<std::uint64_t>(format::GroupStarts, i);
    };
    const auto words = static_cast<std::uint32_t>(state_->section(format::GroupStarts).size() / 8);
    // Up to the next start. A part's last group ends where the next part begins; the numbers
    // between them hold nothing.
    std::uint32_t i = document / 64;
    std::uint64_t bits =
        document % 64 == 63 ? 0 : word(i) & (~std::uint64_t{0} << (document % 64 + 1));
    while (bits == 0 && i + 1 < words) {
        bits = word(++i);
    }
    const Document last =
        bits == 0 ? documents() : i * 64 + static_cast<std::uint32_t>(std::countr_zero(bits));
    return {group_start(document), last};
}

namespace {

struct Found {
    bool single = false;
    std::uint64_t payload = 0;
};

} // namespace

/// The term's entry, if it has one.
static std::optional<Found> find_entry(const char* file, const format::Shard& shard,
                                       TermHash term) {
    const char* line = file + shard.filter +
                       std::uint64_t{format::filter_line(term, shard.filter_lines)} *
                           (format::kFilterLineBits / 8);
    for (const std::uint32_t bit : format::filter_bits(term)) {
        if ((static_cast<unsigned char>(line[bit / 8]) >> (bit % 8) & 1U) == 0) {
            return std::nullopt;
        }
    }
    const char* slot = file + shard.directory +
                       std::uint64_t{format::directory_slot(term, shard.directory_bits)} * 4;
    const std::uint32_t end = std::min(load<std::uint32_t>(slot + 4), shard.count);
    for (std::uint32_t i = load<std::uint32_t>(slot); i < end; ++i) {
        const char* entry = file + shard.entries + std::uint64_t{i} * format::kEntryBytes;
        if (load<std::uint32_t>(entry) == static_cast<std::uint32_t>(term)) {
            const std::uint64_t payload =
                load<std::uint32_t>(entry + 4) | std::uint64_t{static_cast<unsigned char>(entry[8])}
                                                     << 32U;
            return Found{(payload & format::kSingle) != 0, payload & format::kPayloadMask};
        }
    }
    return std::nullopt;
}

void CatalogFile::prefetch(TermHash term) const {
    const format::Shard& shard = state_->shards[term >> format::kShardShift];
    __builtin_prefetch(state_->mapped.bytes().data() + shard.filter +
                       std::uint64_t{format::filter_line(term, shard.filter_lines)} *
                           (format::kFilterLineBits / 8));
}

std::uint32_t CatalogFile::count(TermHash term) const {
    const format::Shard& shard = state_->shards[term >> format::kShardShift];
    const char* file = reinterpret_cast<const char*>(state_->mapped.bytes().data());
    const auto found = find_entry(file, shard, term);
    if (!found) {
        return 0;
    }
    state_->touch();
    if (found->single) {
        return 1;
    }
    if (found->payload >= shard.posting_bytes) {
        return 0;
    }
    ByteReader reader(
        state_->bytes(shard.postings + found->payload, shard.posting_bytes - found->payload));
    return static_cast<std::uint32_t>(reader.count());
}

std::uint32_t CatalogFile::read(TermHash term, std::uint32_t most,
                                std::vector<Document>& out) const {
    const format::Shard& shard = state_->shards[term >> format::kShardShift];
    const char* file = reinterpret_cast<const char*>(state_->mapped.bytes().data());
    const auto found = find_entry(file, shard, term);
    if (!found || (!found->single && found->payload >= shard.posting_bytes)) {
        return 0;
    }
    if (found->single) {
        if (const auto document = static_cast<Document>(found->payload); document < documents()) {
            out.push_back(document);
        }
        return 1;
    }
    ByteReader reader(
        state_->bytes(shard.postings + found->payload, shard.posting_bytes - found->payload));
    const auto count = static_cast<std::uint32_t>(reader.count());
    if (count > most) {
        return count;
    }
    std::uint64_t document = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        document += reader.number();
        if (!reader.ok() || document >= documents()) {
            break; // damaged: what was read so far may still serve
        }
        out.push_back(static_cast<Document>(document));
    }
    return count;
}

} // namespace spindle::catalog
