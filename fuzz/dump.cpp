// SPDX-License-Identifier: Apache-2.0
// A dump of releases or masters. The first byte says which, and how large the blocks are.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>

#include "base/text.h"
#include "catalog/dump/clean_text.h"
#include "catalog/dump/master_xml.h"
#include "catalog/dump/record_splitter.h"
#include "catalog/dump/release_xml.h"

namespace {
using namespace spindle;

void expect(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void expect_text(std::string_view text) {
    expect(text::is_utf8(text) && text.size() <= catalog::kLongestText);
    expect(std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }));
}

void check(const catalog::Release& release) {
    expect(release.id.value != 0 && release.id.value < kFirstOwnRelease);
    expect_text(release.title);
    expect(release.tracks.size() <= catalog::kMostTracks);
    for (const auto& track : release.tracks) {
        expect_text(track.title);
    }
    for (const auto& artist : release.artists) {
        expect_text(artist.name);
    }
    for (const auto& format : release.formats) {
        expect(format.quantity >= 1 && format.quantity <= catalog::kMostQuantity);
        expect_text(format.text);
    }
    for (const auto& barcode : release.barcodes) {
        expect_text(barcode);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const bool masters = data[0] % 2 == 1;
    const std::size_t block = 1 + data[0] / 2U;
    const std::span<const char> bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    catalog::RecordSplitter splitter(masters ? "master" : "release", 4096);
    catalog::ReleaseReader reader;
    catalog::Quirks quirks;
    std::uint64_t records = 0;
    const auto sink = [&](std::string_view record) {
        ++records;
        expect(record.size() <= 4096 && record.starts_with('<') && record.ends_with('>'));
        if (masters) {
            catalog::read_master(record, quirks);
        } else if (const auto release = reader.read(record, quirks)) {
            check(*release);
        }
    };
    for (std::size_t at = 0; at < bytes.size(); at += block) {
        if (!splitter.feed(bytes.subspan(at, std::min(block, bytes.size() - at)), sink)) {
            expect(records == 0);
            return 0;
        }
    }
    if (splitter.finish()) {
        expect(splitter.counts().whole == records);
    }
    return 0;
}
