// SPDX-License-Identifier: Apache-2.0
#include "catalog/shard_builder.h"

#include <algorithm>
#include <bit>

#include "catalog/bytes.h"

namespace spindle::catalog {
namespace {

void append_entry(std::string& entries, std::uint64_t term, std::uint64_t payload) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
        entries.push_back(static_cast<char>(term >> shift));
    }
    for (unsigned shift = 0; shift < 40; shift += 8) {
        entries.push_back(static_cast<char>(payload >> shift));
    }
}

} // namespace

ShardContent build_shard(std::vector<Posting> postings) {
    std::sort(postings.begin(), postings.end());
    ShardContent shard;
    std::uint32_t distinct = 0;
    for (std::size_t i = 0; i < postings.size(); ++i) {
        distinct += i == 0 || postings[i].term() != postings[i - 1].term() ? 1 : 0;
    }
    shard.count = distinct;
    // 4 to 8 entries a slot of the directory, 8 to 16 bits of filter a term.
    shard.directory_bits =
        distinct < 16 ? 0 : static_cast<std::uint32_t>(std::bit_width(distinct / 8));
    shard.filter_lines = std::bit_ceil(std::max(1U, distinct * 8 / format::kFilterLineBits));
    shard.filter.resize(std::size_t{shard.filter_lines} * format::kFilterLineBits / 64);
    shard.directory.assign((std::size_t{1} << shard.directory_bits) + 1, 0);

    std::uint32_t entry = 0;
    for (std::size_t begin = 0; begin < postings.size(); ++entry) {
        const std::uint64_t term = postings[begin].term();
        std::size_t end = begin + 1;
        while (end < postings.size() && postings[end].term() == term) {
            ++end;
        }
        ++shard.directory[format::directory_slot(term, shard.directory_bits) + 1];
        const std::size_t line =
            std::size_t{format::filter_line(term, shard.filter_lines)} * format::kFilterLineBits;
        for (const std::uint32_t bit : format::filter_bits(term)) {
            shard.filter[(line + bit) / 64] |= std::uint64_t{1} << ((line + bit) % 64);
        }
        if (end == begin + 1) {
            append_entry(shard.entries, term, format::kSingle | postings[begin].document);
        } else {
            append_entry(shard.entries, term, shard.postings.size());
            ByteWriter writer(shard.postings);
            writer.number(end - begin);
            std::uint32_t before = 0;
            for (std::size_t i = begin; i < end; ++i) {
                writer.number(postings[i].document - before);
                before = postings[i].document;
            }
        }
        begin = end;
    }
    for (std::size_t slot = 1; slot < shard.directory.size(); ++slot) {
        shard.directory[slot] += shard.directory[slot - 1];
    }
    return shard;
}

} // namespace spindle::catalog
