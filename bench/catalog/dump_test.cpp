// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <expat.h>
#include <gtest/gtest.h>
#include <isa-l/igzip_lib.h>

#include "catalog/catalog_number.h"
#include "catalog/dump.h"
#include "catalog/media_shares.h"
#include "testing/temp_folder.h"

namespace spindle::bench {
namespace {

/// What a test wants to know of a record.
struct Seen {
    std::uint32_t id = 0;
    std::uint32_t master = 0;
    std::string title;
    std::string artist;
    std::string format;
    std::string country;
    std::string released;
    std::vector<std::pair<std::string, std::string>> labels; ///< name, number
    std::vector<std::string> barcodes;
    std::size_t artists = 0;
    std::size_t tracks = 0;
    std::size_t durations = 0;
    std::size_t matrices = 0;
};

/// Reads a dump with Expat, which refuses what is not well-formed.
class DumpReader {
public:
    static std::vector<Seen> read(const std::string& xml) {
        DumpReader reader;
        XML_Parser parser = XML_ParserCreate(nullptr);
        XML_SetUserData(parser, &reader);
        XML_SetElementHandler(parser, &DumpReader::open, &DumpReader::close);
        XML_SetCharacterDataHandler(parser, &DumpReader::text);
        EXPECT_NE(XML_Parse(parser, xml.data(), static_cast<int>(xml.size()), 1), XML_STATUS_ERROR)
            << XML_ErrorString(XML_GetErrorCode(parser)) << " in line "
            << XML_GetCurrentLineNumber(parser);
        XML_ParserFree(parser);
        return std::move(reader.seen_);
    }

private:
    static std::string attribute(const XML_Char** attributes, std::string_view name) {
        for (; *attributes != nullptr; attributes += 2) {
            if (*attributes == name) {
                return attributes[1];
            }
        }
        return {};
    }

    static void open(void* self, const XML_Char* name, const XML_Char** attributes) {
        auto& reader = *static_cast<DumpReader*>(self);
        reader.path_ += std::string("/") + name;
        reader.text_.clear();
        if (reader.path_ == "/releases/release") {
            reader.seen_.emplace_back().id =
                static_cast<std::uint32_t>(std::stoul(attribute(attributes, "id")));
        } else if (reader.is("labels/label")) {
            reader.seen_.back().labels.emplace_back(attribute(attributes, "name"),
                                                    attribute(attributes, "catno"));
        } else if (reader.is("formats/format")) {
            reader.seen_.back().format = attribute(attributes, "name");
        } else if (reader.is("identifiers/identifier")) {
            const std::string type = attribute(attributes, "type");
            if (type == "Barcode") {
                reader.seen_.back().barcodes.push_back(attribute(attributes, "value"));
            }
            reader.seen_.back().matrices += type == "Matrix / Runout" ? 1 : 0;
        } else if (reader.is("tracklist/track")) {
            ++reader.seen_.back().tracks;
        } else if (reader.is("artists/artist")) {
            ++reader.seen_.back().artists;
        }
    }

    static void close(void* self, const XML_Char* name) {
        auto& reader = *static_cast<DumpReader*>(self);
        if (reader.is("title")) {
            reader.seen_.back().title = reader.text_;
        } else if (reader.is("country")) {
            reader.seen_.back().country = reader.text_;
        } else if (reader.is("released")) {
            reader.seen_.back().released = reader.text_;
        } else if (reader.is("artists/artist/name")) {
            reader.seen_.back().artist += reader.text_;
        } else if (reader.is("master_id")) {
            reader.seen_.back().master = static_cast<std::uint32_t>(std::stoul(reader.text_));
        } else if (reader.is("tracklist/track/duration")) {
            reader.seen_.back().durations += reader.text_.empty() ? 0 : 1;
        }
        reader.path_.resize(reader.path_.size() - 1 - std::string_view(name).size());
        reader.text_.clear();
    }

    static void text(void* self, const XML_Char* text, int count) {
        static_cast<DumpReader*>(self)->text_.append(text, static_cast<std::size_t>(count));
    }

    bool is(std::string_view path) const {
        constexpr std::string_view record = "/releases/release/";
        return path_.starts_with(record) && path_.substr(record.size()) == path;
    }

    std::string path_;
    std::string text_;
    std::vector<Seen> seen_;
};

std::string content_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

class Dump : public ::testing::Test {
protected:
    std::string make(DumpOptions options) {
        options.out = folder_.path() / "dump.xml";
        const auto made = make_dump(options);
        EXPECT_TRUE(made) << (made ? "" : made.error().message);
        report_ = made ? *made : DumpReport{};
        return content_of(options.out);
    }

    static DumpOptions of(std::uint64_t releases, std::uint64_t seed = 1) {
        DumpOptions options;
        options.world.releases = releases;
        options.world.seed = seed;
        return options;
    }

    spindle::testing::TempFolder folder_;
    DumpReport report_;
};

TEST_F(Dump, IsWellFormedWithStrictlyIncreasingIds) {
    const auto seen = DumpReader::read(make(of(3000)));
    ASSERT_EQ(seen.size(), 3000U);
    std::uint32_t last = 0;
    for (const Seen& release : seen) {
        EXPECT_GT(release.id, last);
        last = release.id;
        EXPECT_FALSE(release.title.empty());
        EXPECT_FALSE(release.artist.empty());
        EXPECT_FALSE(release.labels.empty());
    }
    EXPECT_NEAR(last, 1.85 * 3000, 40);
}

TEST_F(Dump, IsTheSameForTheSameSeedOnly) {
    const std::string one = make(of(500, 4));
    EXPECT_EQ(one, make(of(500, 4)));
    EXPECT_NE(one, make(of(500, 5)));
}

TEST_F(Dump, HasTheSharesOfARealOne) {
    const auto seen = DumpReader::read(make(of(20'000)));
    const auto count = static_cast<double>(seen.size());
    std::map<std::string, double> formats;
    double masters = 0;
    double labels = 0;
    double artists = 0;
    double tracks = 0;
    double durations = 0;
    double matrices = 0;
    double no_country = 0;
    double no_date = 0;
    double cds = 0;
    double cds_with_barcode = 0;
    double cds_without_number = 0;
    for (const Seen& release : seen) {
        formats[release.format] += 1 / count;
        masters += release.master != 0 ? 1 / count : 0;
        labels += static_cast<double>(release.labels.size()) / count;
        artists += static_cast<double>(release.artists) / count;
        tracks += static_cast<double>(release.tracks) / count;
        durations += static_cast<double>(release.durations);
        matrices += static_cast<double>(release.matrices) / count;
        no_country += release.country.empty() ? 1 / count : 0;
        no_date += release.released.empty() ? 1 / count : 0;
        if (release.format.starts_with("CD")) {
            ++cds;
            cds_with_barcode += release.barcodes.empty() ? 0 : 1;
            cds_without_number += release.labels.front().second == "none" ? 1 : 0;
        }
    }
    EXPECT_NEAR(formats["Vinyl"], 0.51, 0.03);
    EXPECT_NEAR(formats["CD"] + formats["CDr"], 0.32, 0.03);
    EXPECT_NEAR(formats["File"], 0.09, 0.015);
    EXPECT_NEAR(formats["Cassette"], 0.07, 0.015);
    EXPECT_NEAR(masters, 0.62, 0.04);
    EXPECT_NEAR(labels, 1.13, 0.03);
    EXPECT_NEAR(artists, 1.24, 0.05);
    EXPECT_NEAR(tracks, 9.2, 0.9);
    EXPECT_NEAR(durations / (tracks * count), 0.58, 0.06);
    EXPECT_NEAR(matrices, 0.73, 0.1);
    EXPECT_NEAR(no_country, 0.03, 0.01);
    EXPECT_NEAR(no_date, 0.12, 0.02);
    EXPECT_NEAR(cds_with_barcode / cds, 0.57, 0.05);
    EXPECT_NEAR(cds_without_number / cds, 0.14, 0.03);
    EXPECT_NEAR(static_cast<double>(report_.text_bytes) / count, 3100, 150);
}

TEST_F(Dump, GivesBarcodesTheirCheckDigit) {
    std::size_t checked = 0;
    for (const Seen& release : DumpReader::read(make(of(2000)))) {
        for (std::string digits : release.barcodes) {
            std::erase(digits, ' ');
            ASSERT_TRUE(digits.size() == 12 || digits.size() == 13) << digits;
            const char last = digits.back();
            digits.pop_back();
            EXPECT_EQ(check_digit(digits), last) << digits;
            ++checked;
        }
    }
    EXPECT_GT(checked, 300U);
}

TEST_F(Dump, LetsTheVersionsOfAMasterShareArtistAndTitle) {
    std::map<std::uint32_t, std::set<std::string>> titles;
    std::map<std::uint32_t, std::size_t> versions;
    for (const Seen& release : DumpReader::read(make(of(3000)))) {
        if (release.master != 0) {
            titles[release.master].insert(release.artist + " - " + release.title);
            ++versions[release.master];
        }
    }
    std::size_t most = 0;
    for (const auto& [master, names] : titles) {
        EXPECT_EQ(names.size(), 1U) << *names.begin();
        most = std::max(most, versions[master]);
    }
    EXPECT_GT(most, 30U);
}

TEST_F(Dump, PacksTheSameBytes) {
    const std::string plain = make(of(300));
    DumpOptions options = of(300);
    options.out = folder_.path() / "dump.xml.gz";
    ASSERT_TRUE(make_dump(options));
    std::string packed = content_of(options.out);
    std::string unpacked(plain.size() + 1, '\0');
    inflate_state state{};
    isal_inflate_init(&state);
    state.crc_flag = ISAL_GZIP;
    state.next_in = reinterpret_cast<std::uint8_t*>(packed.data());
    state.avail_in = static_cast<std::uint32_t>(packed.size());
    state.next_out = reinterpret_cast<std::uint8_t*>(unpacked.data());
    state.avail_out = static_cast<std::uint32_t>(unpacked.size());
    EXPECT_EQ(isal_inflate(&state), ISAL_DECOMP_OK);
    unpacked.resize(state.total_out);
    EXPECT_EQ(unpacked, plain);
}

TEST_F(Dump, MakesMastersThatNameReleasesOfTheDump) {
    DumpOptions options = of(3000);
    options.masters_out = folder_.path() / "masters.xml";
    std::map<std::uint32_t, std::uint32_t> masters;
    for (const Seen& release : DumpReader::read(make(options))) {
        masters[release.id] = release.master;
    }
    const std::string xml = content_of(options.masters_out);
    std::size_t count = 0;
    for (std::size_t at = 0; (at = xml.find("<master id=\"", at)) != std::string::npos; ++count) {
        at += 12;
        const auto id = std::stoul(xml.substr(at));
        const std::size_t release = xml.find("<main_release>", at) + 14;
        EXPECT_EQ(masters[static_cast<std::uint32_t>(std::stoul(xml.substr(release)))], id);
    }
    EXPECT_EQ(count, report_.masters);
    EXPECT_GT(count, 200U);
}

TEST_F(Dump, ReportsItsQuirksAndHasNoneUnasked) {
    make(of(1000));
    for (const std::uint64_t quirks : report_.quirks) {
        EXPECT_EQ(quirks, 0U);
    }
    DumpOptions options = of(20'000);
    options.has_quirks = true;
    const std::string xml = make(options);
    const auto written = [&](Quirk quirk) {
        return report_.quirks[static_cast<std::size_t>(quirk)];
    };
    const auto times = [&](std::string_view text) {
        std::size_t count = 0;
        for (std::size_t at = 0; (at = xml.find(text, at)) != std::string::npos;
             at += text.size()) {
            ++count;
        }
        return count;
    };
    EXPECT_EQ(times("\x01"), written(Quirk::ControlCharacter));
    EXPECT_EQ(times("\xFF"), written(Quirk::BadUtf8));
    EXPECT_EQ(times("</release>"), 20'000 - written(Quirk::CutOff));
    EXPECT_EQ(times("qty=\"1000000000000000000000000000000000000000000000000000\""),
              written(Quirk::HugeQuantity));
    EXPECT_EQ(times("<x_future>"), written(Quirk::UnknownElement));
    EXPECT_EQ(times("<sub_tracks>"), written(Quirk::SubTracks));
    EXPECT_NEAR(static_cast<double>(written(Quirk::HugeQuantity)), 40, 25);
}

TEST_F(Dump, MixesRealReleasesIn) {
    const auto table = folder_.path() / "real.tsv";
    std::ofstream(table)
        << "release_id\tartist\ttitle\tlabel\tcatno\tformat\tcountry\tyear\tbarcode\n"
           "7\tA & B | C\tOne <Two>\tL | M\tX 1 | Y 2\t2xVinyl, LP\tUS\t1999\t\n"
           "\tD\tNo Id\tN\tZ 3\tCD\tJapan\t\t4988 | 123\n"
           "99999\tE\tLate\t\t\tCD\t\t\t\n"
           "99998\tF\tNumber Only\t\tRR005\tCD\t\t\t\n";
    DumpOptions options = of(100);
    options.include = table;
    const auto seen = DumpReader::read(make(options));
    EXPECT_EQ(report_.included, 4U);
    ASSERT_EQ(seen.size(), 104 - report_.replaced);
    std::uint32_t last = 0;
    for (const Seen& release : seen) {
        EXPECT_GT(release.id, last);
        last = release.id;
        if (release.id == 7) {
            EXPECT_EQ(release.title, "One <Two>");
            EXPECT_EQ(release.artist, "A & BC");
            ASSERT_EQ(release.labels.size(), 2U);
            EXPECT_EQ(release.labels[1].second, "Y 2");
            EXPECT_EQ(release.format, "Vinyl");
        }
        if (release.id == 99'998) {
            ASSERT_EQ(release.labels.size(), 1U);
            EXPECT_EQ(release.labels[0].first, "Not On Label");
            EXPECT_EQ(release.labels[0].second, "RR005");
        }
    }
    EXPECT_EQ(last, 100'000U);
    EXPECT_EQ(seen.back().title, "No Id");
    EXPECT_EQ(seen.back().barcodes.size(), 2U);
}

TEST_F(Dump, NamesTheLineOfATableThatIsNone) {
    const auto table = folder_.path() / "real.tsv";
    std::ofstream(table) << "release_id\ttitle\n1\tGood\nseven\tBad\n";
    DumpOptions options = of(10);
    options.include = table;
    options.out = folder_.path() / "dump.xml";
    const auto made = make_dump(options);
    ASSERT_FALSE(made);
    EXPECT_NE(made.error().message.find("line 3"), std::string::npos) << made.error().message;
}

TEST(MediaShares, AreReadFromText) {
    const auto media = parse_media("vinyl=40,cd=60");
    ASSERT_TRUE(media);
    EXPECT_NEAR((*media)[0] + (*media)[1] + (*media)[2], 400, 3);
    EXPECT_EQ((*media)[6] + (*media)[7] + (*media)[8] + (*media)[9], 0U);
    EXPECT_FALSE(parse_media("vinyl=40"));
    EXPECT_FALSE(parse_media("wax=100"));
}

} // namespace
} // namespace spindle::bench
