// SPDX-License-Identifier: Apache-2.0
// A catalog file that somebody else prepared. It is mostly tables with checksums, so the input is a
// list of changes to a good one, four bytes each: which section (9: the trailer, 10: cut the file),
// where in it (two bytes), the new byte. The checksums are put right afterwards. The first input
// byte says whether some are left wrong (0), or whether the input is a card and a tracklist
// themselves (1), which in a file lie behind the checksums of compressed blocks. An input that
// begins as a catalog file does is taken as one.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include <xxhash.h>

#include "catalog/catalog.h"
#include "catalog/catalog_format.h"
#include "catalog/matcher.h"
#include "catalog/record_codec.h"
#include "catalog/shelf_samples.h"
#include "catalog_folder.h"
#include "io/file.h"

namespace {
using namespace spindle;
namespace format = catalog::format;

void expect(bool holds) {
    if (!holds) {
        std::abort();
    }
}

const fuzz::CatalogFolder& folder() {
    static const fuzz::CatalogFolder kFolder;
    return kFolder;
}

std::string good_file() {
    auto releases = catalog::samples::shelf();
    const auto others = catalog::samples::random_releases(100'000, 60); // a second block
    releases.insert(releases.end(), others.begin(), others.end());
    folder().write(releases);
    return io::read_file(folder().file(), 1U << 20U).value();
}

format::Trailer trailer_of(const std::string& bytes) {
    format::Trailer trailer{};
    std::memcpy(&trailer, bytes.data() + bytes.size() - sizeof trailer, sizeof trailer);
    return trailer;
}

void apply_changes(std::string& bytes, std::span<const std::uint8_t> changes) {
    const format::Trailer trailer = trailer_of(bytes);
    std::size_t cut = 0;
    for (; changes.size() >= 4; changes = changes.subspan(4)) {
        const std::size_t name = changes[0] % (format::kSections + 2);
        const std::size_t where = changes[1] | (std::size_t{changes[2]} << 8U);
        std::size_t start = bytes.size() - sizeof trailer;
        std::size_t length = sizeof trailer;
        if (name < format::kSections) {
            start = trailer.sections[name].offset;
            length = trailer.sections[name].bytes;
        } else if (name > format::kSections) {
            cut = where;
            continue;
        }
        if (length > 0) {
            bytes[start + where % length] = static_cast<char>(changes[3]);
        }
    }
    bytes.resize(bytes.size() - std::min(cut, bytes.size()));
}

void put_checksums_right(std::string& bytes) {
    if (bytes.size() < sizeof(format::Trailer)) {
        return;
    }
    format::Trailer trailer = trailer_of(bytes);
    for (format::Section& section : trailer.sections) {
        if (section.offset <= bytes.size() && section.bytes <= bytes.size() - section.offset) {
            section.checksum = XXH3_64bits(bytes.data() + section.offset, section.bytes);
        }
    }
    trailer.checksum = XXH3_64bits(&trailer, offsetof(format::Trailer, checksum));
    std::memcpy(bytes.data() + bytes.size() - sizeof trailer, &trailer, sizeof trailer);
}

void use_terms(const catalog::CatalogFile& file, const catalog::Release& release) {
    std::vector<catalog::TermHash> terms;
    catalog::append_terms(release, terms);
    std::vector<catalog::Document> documents;
    for (const catalog::TermHash term : terms) {
        file.prefetch(term);
        static_cast<void>(file.count(term));
        documents.clear();
        static_cast<void>(file.read(term, 1000, documents));
        expect(documents.size() <= 1000);
        for (const catalog::Document document : documents) {
            expect(document < file.documents());
            expect(file.group_of(document).first <= document);
        }
    }
}

void use(const catalog::CatalogFile& file) {
    static_cast<void>(file.verify());
    static_cast<void>(file.about());
    catalog::CardReader reader(file);
    std::size_t left = 12; // each unpacks a block of tracklists
    for (const ReleaseId id : file.ids()) {
        if (const auto document = file.find(id); document && left-- > 0) {
            static_cast<void>(file.group_of(*document));
            static_cast<void>(reader.card(*document));
            static_cast<void>(reader.release(*document));
        }
    }
    static_cast<void>(reader.release(file.documents() - 1));
    static const auto kShelf = catalog::samples::shelf();
    for (const catalog::Release& release : kShelf) {
        use_terms(file, release);
    }
}

void read_records(std::span<const std::uint8_t> bytes) {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    catalog::Release release;
    std::string written;
    if (catalog::read_card(text, release)) {
        catalog::append_card(release, written);
        expect(written.size() <= text.size());
    }
    written.clear();
    if (catalog::read_tracks(text, release.tracks)) {
        catalog::append_tracks(release.tracks, written);
        expect(written.size() <= text.size());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string kGood = good_file();
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    if (size == 0) {
        return 0;
    }
    if (data[0] == 1) {
        read_records(std::span(data, size).subspan(1));
        return 0;
    }
    std::string bytes = kGood;
    if (input.starts_with(std::string_view(format::kMagic.data(), format::kMagic.size()))) {
        bytes = input;
    } else {
        apply_changes(bytes, std::span(data, size).subspan(1));
    }
    if (data[0] != 0) {
        put_checksums_right(bytes);
    }
    std::ofstream(folder().file(), std::ios::binary | std::ios::trunc) << bytes;
    const auto opened = catalog::Catalog::open(folder().path());
    if (!opened) {
        return 0;
    }
    use(opened->files().front());
    catalog::MatchOptions options;
    options.effort.candidates = 4; // thousands of files a minute need short matches
    const auto spine = catalog::spine_text_of("PINK FLOYD DARK SIDE MOON CDP 746001 2");
    static_cast<void>(catalog::Matcher(*opened, options).match(spine));
    return 0;
}
