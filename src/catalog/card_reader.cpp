// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "catalog/bytes.h"
#include "catalog/catalog_file_state.h"
#include "catalog/compression.h"
#include "catalog/record_codec.h"

namespace spindle::catalog {
namespace {

/// A block of cards, unpacked.
struct CachedBlock {
    std::uint32_t number = ~0U;
    std::uint64_t used = 0;
    std::string bytes;
    std::array<std::string_view, format::kBlockReleases> items;
};

/// Splits a block into its texts; those that are missing stay empty.
void split(std::string_view bytes, std::array<std::string_view, format::kBlockReleases>& items) {
    ByteReader reader(bytes);
    for (std::string_view& item : items) {
        item = reader.left() > 0 ? reader.text() : std::string_view();
    }
}

constexpr std::size_t kCached = 16;

} // namespace

struct CardReader::State {
    explicit State(const CatalogFile::State& opened)
        : file(opened), cards(opened.section(format::CardDictionary)),
          tracks(opened.section(format::TrackDictionary)) {}

    const CatalogFile::State& file;
    Decompressor cards, tracks;
    std::array<CachedBlock, kCached> cache;
    std::uint64_t clock = 0;
    Release release;

    tl::unexpected<Error> damaged(Document document) const {
        return fail(Code::BadInput,
                    "{}: the block of release record {} is damaged; import the catalog again",
                    file.path.string(), document);
    }

    Result<std::string_view> card_bytes(Document document) {
        const std::uint32_t number = document / format::kBlockReleases;
        auto found = std::find_if(cache.begin(), cache.end(), [number](const CachedBlock& block) {
            return block.number == number;
        });
        if (found == cache.end()) {
            found = std::min_element(
                cache.begin(), cache.end(),
                [](const CachedBlock& a, const CachedBlock& b) { return a.used < b.used; });
            const auto block = file.item<format::Block>(format::Blocks, number);
            file.touch();
            found->number = ~0U;
            if (!cards.unpack(file.bytes(block.offset, block.card_bytes), format::kMostBlockBytes,
                              found->bytes)) {
                return damaged(document);
            }
            split(found->bytes, found->items);
            found->number = number;
        }
        found->used = ++clock;
        return found->items[document % format::kBlockReleases];
    }
};

CardReader::CardReader(const CatalogFile& file) : state_(std::make_unique<State>(*file.state_)) {}
CardReader::~CardReader() = default;
CardReader::CardReader(CardReader&&) noexcept = default;
CardReader& CardReader::operator=(CardReader&&) noexcept = default;

Result<const Release*> CardReader::card(Document document) {
    SPINDLE_TRY(const auto bytes, state_->card_bytes(document));
    if (bytes.empty()) {
        return nullptr;
    }
    if (!read_card(bytes, state_->release)) {
        return state_->damaged(document);
    }
    return &state_->release;
}

Result<Release> CardReader::release(Document document) {
    SPINDLE_TRY(const Release* const card, this->card(document));
    if (card == nullptr) {
        return state_->damaged(document);
    }
    Release release = *card;
    const auto block =
        state_->file.item<format::Block>(format::Blocks, document / format::kBlockReleases);
    if (block.track_bytes == 0) {
        return release;
    }
    std::string bytes;
    std::array<std::string_view, format::kBlockReleases> items;
    if (!state_->tracks.unpack(
            state_->file.bytes(block.offset + block.card_bytes, block.track_bytes),
            format::kMostBlockBytes, bytes)) {
        return state_->damaged(document);
    }
    split(bytes, items);
    const std::string_view tracks = items[document % format::kBlockReleases];
    if (!tracks.empty() && !read_tracks(tracks, release.tracks)) {
        return state_->damaged(document);
    }
    return release;
}

} // namespace spindle::catalog
