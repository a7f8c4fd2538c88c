// SPDX-License-Identifier: Apache-2.0
#include "catalog/part_builder.h"

#include <algorithm>
#include <tuple>

#include "catalog/bytes.h"
#include "catalog/compression.h"
#include "catalog/record_codec.h"

namespace spindle::catalog {
namespace {

constexpr int kLevel = 6; // beyond it a dump grows 2 % smaller for twice the time
constexpr std::size_t kDictionaryBytes = 64U << 10U;
constexpr std::size_t kSampleBytes = 6U << 20U;

template <typename Member>
std::string learn(const std::vector<BucketRecord>& records, Member member) {
    std::string samples;
    std::vector<std::size_t> sizes;
    const std::size_t step = std::max<std::size_t>(1, records.size() / 40'000);
    for (std::size_t i = 0; i < records.size() && samples.size() < kSampleBytes; i += step) {
        const std::string_view text = records[i].*member;
        if (!text.empty()) {
            samples += text;
            sizes.push_back(text.size());
        }
    }
    return sizes.size() < 1000 ? std::string() : train_dictionary(samples, sizes, kDictionaryBytes);
}

/// In the order of the file, whatever the order in which they came.
void sort(std::vector<BucketRecord>& records) {
    std::sort(records.begin(), records.end(), [](const BucketRecord& a, const BucketRecord& b) {
        return std::tie(a.group, a.id.value, a.card, a.tracks) <
               std::tie(b.group, b.id.value, b.card, b.tracks);
    });
}

} // namespace

Dictionaries learn_dictionaries(std::vector<BucketRecord> records) {
    sort(records);
    return {learn(records, &BucketRecord::card), learn(records, &BucketRecord::tracks)};
}

Result<Part> build_part(std::vector<BucketRecord> records, std::uint32_t first_document,
                        const std::function<MasterFacts(MasterId)>& facts_of,
                        const Dictionaries& dictionaries) {
    sort(records);
    Part part;
    part.releases = static_cast<std::uint32_t>(records.size());
    part.group_starts.resize((records.size() + 63) / 64);
    Compressor cards(kLevel, dictionaries.cards);
    Compressor tracks(kLevel, dictionaries.tracks);
    std::string card_block;
    std::string track_block;
    std::string card;
    std::vector<TermHash> terms;
    Release release;
    for (std::size_t begin = 0; begin < records.size(); begin += format::kBlockReleases) {
        const std::size_t end = std::min(records.size(), begin + format::kBlockReleases);
        card_block.clear();
        track_block.clear();
        ByteWriter card_writer(card_block);
        ByteWriter track_writer(track_block);
        bool any_tracks = false;
        for (std::size_t i = begin; i < end; ++i) {
            const BucketRecord& record = records[i];
            if (!read_card(record.card, release)) {
                return fail(Code::Failed, "a temporary file was changed while importing");
            }
            const MasterFacts facts = facts_of(release.master);
            release.versions = facts.versions;
            release.first_year = facts.first_year;
            card.clear();
            append_card(release, card);
            card_writer.text(card);
            track_writer.text(record.tracks);
            any_tracks |= !record.tracks.empty();

            const auto document = first_document + static_cast<std::uint32_t>(i);
            terms.clear();
            append_terms(release, terms);
            for (const TermHash term : terms) {
                part.postings.emplace_back(term, document);
            }
            part.ids.push_back({record.id.value, document});
            if (i == 0 || records[i - 1].group != record.group) {
                part.group_starts[i / 64] |= std::uint64_t{1} << (i % 64);
                ++part.groups;
            }
        }
        format::Block block{part.records.size(), 0, 0};
        SPINDLE_TRY(const std::size_t card_bytes, cards.append(card_block, part.records));
        block.card_bytes = static_cast<std::uint32_t>(card_bytes);
        if (any_tracks) {
            SPINDLE_TRY(const std::size_t track_bytes, tracks.append(track_block, part.records));
            block.track_bytes = static_cast<std::uint32_t>(track_bytes);
        }
        part.blocks.push_back(block);
    }
    return part;
}

} // namespace spindle::catalog
