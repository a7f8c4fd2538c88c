// SPDX-License-Identifier: Apache-2.0
#include "catalog/release_xml.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "catalog/common_words.h"
#include "catalog/country.h"
#include "catalog/draw.h"
#include "catalog/format_xml.h"
#include "catalog/names.h"

namespace spindle::bench {
namespace {

using namespace std::string_view_literals;

// What the draws of one key are for.
enum Kind : std::uint64_t {
    kArtists = 500,
    kTitle,
    kTracks,
    kBonus,
    kSpelling,
    kLabels,
    kGenres,
    kDate,
    kNotes,
    kIdentifiers,
    kVideos,
    kCompanies,
    kCredits,
};

// Measured on what this writes: a record without its optional parts, and with all of them in the
// amounts of a real one (docs/catalog.md).
constexpr std::uint32_t kBareBytes = 1690;
constexpr std::uint32_t kFullBytes = 3824;

constexpr std::array kGenres16{"Rock"sv,
                               "Electronic"sv,
                               "Pop"sv,
                               "Folk, World, & Country"sv,
                               "Classical"sv,
                               "Jazz"sv,
                               "Funk / Soul"sv,
                               "Hip Hop"sv,
                               "Stage & Screen"sv,
                               "Latin"sv,
                               "Blues"sv,
                               "Reggae"sv,
                               "Non-Music"sv,
                               "Children's"sv,
                               "Brass & Military"sv};
constexpr std::array kGenreShares{255, 243, 140, 86, 51, 50, 40, 33, 28, 23, 18, 15, 8, 8, 2};
constexpr std::array kStyles{
    "House"sv,      "Deep House"sv, "Pop Rock"sv,  "Experimental"sv, "Tech House"sv,  "Techno"sv,
    "Punk"sv,       "Synth-pop"sv,  "Country"sv,   "Vocal"sv,        "Heavy Metal"sv, "Ballad"sv,
    "Indie Rock"sv, "Electro"sv,    "Ambient"sv,   "Downtempo"sv,    "Folk"sv,        "Chanson"sv,
    "Soundtrack"sv, "Romantic"sv,   "Hard Rock"sv, "Soul"sv,         "Disco"sv,       "Abstract"sv};

void two_digits(XmlText& xml, std::uint32_t number) {
    const std::array digits{static_cast<char>('0' + number / 10),
                            static_cast<char>('0' + number % 10)};
    xml.raw({digits.data(), digits.size()});
}

void duration(XmlText& xml, std::uint32_t seconds) {
    xml.number(seconds / 60);
    xml.raw(":");
    two_digits(xml, seconds % 60);
}

/// "A1", "B2" on what has sides, "1-03" in sets, else "1".
void append_position(std::string& text, const Pressing& pressing, std::uint32_t track,
                     std::uint32_t tracks, std::uint32_t discs) {
    const bool has_sides = is_vinyl(pressing.medium) || pressing.medium == Medium::Cassette;
    const std::uint32_t sides = has_sides ? 2 * discs : discs;
    const std::uint32_t per_side = (tracks + sides - 1) / sides;
    const std::uint32_t side = track / per_side;
    const std::uint32_t within = track % per_side + 1;
    const auto number = [&](std::uint32_t value) {
        if (value >= 10) {
            text += static_cast<char>('0' + value / 10 % 10);
        }
        text += static_cast<char>('0' + value % 10);
    };
    if (has_sides) {
        text += static_cast<char>('A' + side % 26);
        if (per_side > 1) {
            number(within);
        }
    } else if (discs > 1) {
        number(side + 1);
        text += within < 10 ? "-0" : "-";
        number(within);
    } else {
        number(track + 1);
    }
}

std::uint32_t draw_track_count(Medium medium, Draw& draw) {
    switch (medium) {
    case Medium::Seven:
        return draw.below(10) < 8 ? 2 : draw.between(3, 4);
    case Medium::Twelve:
        return draw.between(2, 5);
    case Medium::CdSingle:
        return draw.between(2, 6);
    case Medium::File:
        return draw.below(10) < 6 ? draw.between(1, 4) : draw.between(2, 12);
    case Medium::Cdr:
        return draw.between(1, 14);
    case Medium::Lp:
    case Medium::Cassette:
        return draw.below(10) < 8 ? draw.between(8, 13) : draw.between(2, 20);
    default:
        return draw.below(10) < 8 ? draw.between(9, 18) : draw.between(3, 32);
    }
}

void append_artist_entry(XmlText& xml, std::uint32_t id, std::string_view name,
                         std::string_view variation, std::string_view join, std::string_view role) {
    xml.raw("<artist><id>");
    xml.number(id);
    xml.element("</id><name>", name, "</name>");
    variation.empty() ? xml.raw("<anv/>") : xml.element("<anv>", variation, "</anv>");
    join.empty() ? xml.raw("<join/>") : xml.element("<join>", join, "</join>");
    role.empty() ? xml.raw("<role/>") : xml.element("<role>", role, "</role>");
    xml.raw("<tracks/></artist>");
}

} // namespace

ReleaseXml::ReleaseXml(const World& world, std::uint32_t bytes_per_release) : world_(world) {
    const std::uint32_t more = std::max(bytes_per_release, kBareBytes) - kBareBytes;
    fullness_ = more * 1000 / (kFullBytes - kBareBytes);
}

bool ReleaseXml::now_and_then(std::uint64_t bits, std::uint32_t share) const {
    return (bits >> 32) % 1'000'000 < std::uint64_t{share} * fullness_;
}

void ReleaseXml::append_release(XmlText& xml, const Pressing& pressing,
                                std::optional<Quirk> quirk) {
    prepare(pressing);
    // One record in ten as dumps before 2021 wrote all of them.
    Draw draw(key_of(pressing.key, kSpelling, 0));
    xml.set_encoding(draw.per_thousand(100) ? Encoding::References : Encoding::Utf8);
    const std::size_t start = xml.text().size();

    xml.raw("<release id=\"");
    xml.number(pressing.id);
    xml.raw("\" status=\"Accepted\">");
    const auto formats = [&] {
        append_formats(xml, pressing, quirk == Quirk::HugeQuantity,
                       static_cast<std::uint32_t>(track_count_));
    };
    if (quirk == Quirk::OtherOrder) {
        formats();
        master(xml, pressing);
    }
    artists(xml, quirk);
    xml.raw("<title>");
    if (quirk == Quirk::ControlCharacter) {
        xml.raw("\x01");
    } else if (quirk == Quirk::BadUtf8) {
        xml.raw("\xFF");
    }
    xml.element("", title_, "</title>");
    labels(xml, pressing, quirk);
    xml.raw("<extraartists>");
    credits(xml, pressing);
    xml.raw("</extraartists>");
    if (quirk != Quirk::OtherOrder) {
        formats();
    }
    genres(xml, pressing, quirk);
    place_and_date(xml, pressing, quirk);
    notes(xml, pressing, quirk);
    const std::uint32_t quality = draw.below(1000);
    xml.element("<data_quality>",
                quality < 889   ? "Needs Vote"sv
                : quality < 985 ? "Correct"sv
                : quality < 993 ? "Complete and Correct"sv
                                : "Needs Minor Changes"sv,
                "</data_quality>");
    if (quirk != Quirk::OtherOrder) {
        master(xml, pressing);
    }
    if (quirk == Quirk::UnknownElement) {
        xml.raw("<x_future><title>not the title</title><labels><label name=\"no label\" "
                "catno=\"X 0\" id=\"1\"/></labels></x_future>");
    }
    tracklist(xml, pressing, quirk);
    append_identifiers(xml, pressing, quirk);
    videos(xml, pressing);
    companies(xml, pressing);
    xml.raw("</release>");
    if (quirk == Quirk::CutOff) {
        std::string& text = xml.text();
        text.resize(start + (text.size() - start) * draw.between(30, 90) / 100);
    }
    xml.raw("\n");
}

void ReleaseXml::append_master(XmlText& xml, const Pressing& main_release) {
    prepare(main_release);
    xml.set_encoding(Encoding::Utf8);
    xml.raw("<master id=\"");
    xml.number(main_release.master);
    xml.raw("\"><main_release>");
    xml.number(main_release.id);
    xml.raw("</main_release>");
    artists(xml, std::nullopt);
    genres(xml, main_release, std::nullopt);
    xml.raw("<year>");
    xml.number(world_.first_year(main_release));
    xml.element("</year><title>", title_, "</title><data_quality>Correct</data_quality>");
    videos(xml, main_release);
    xml.raw("</master>\n");
}

void ReleaseXml::prepare(const Pressing& pressing) {
    Draw draw(key_of(pressing.work_key, kArtists, 0));
    const std::uint32_t many = draw.below(1000);
    std::uint32_t count = many < 800 ? 1 : many < 945 ? 2 : many < 985 ? 3 : draw.between(4, 6);
    if (pressing.work->by == Layout::Work::By::Various) {
        count = 1;
    }
    credits_.resize(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        Credit& credit = credits_[i];
        credit.artist = world_.artist(pressing, i);
        credit.name.clear();
        credit.variation.clear();
        if (pressing.work->by == Layout::Work::By::Various) {
            credit.name = "Various";
        } else {
            append_artist(credit.name, credit.artist.key, credit.artist.language);
            // Each sleeve has its own spelling.
            const std::uint64_t spelling = key_of(pressing.key, kSpelling, 1 + i);
            if (spelling % 1000 < 105) {
                append_variation(credit.variation, credit.artist.key, credit.artist.language,
                                 spelling);
            }
        }
        credit.join = i + 1 < count ? draw.one_of(joins()) : ""sv;
    }
    prepare_tracks(pressing);
    prepare_title(pressing);
}

void ReleaseXml::prepare_tracks(const Pressing& pressing) {
    // A work's length is drawn once for each kind of medium, so that an LP and its reissue agree.
    Draw length(key_of(pressing.work_key, kTracks, static_cast<std::uint64_t>(pressing.medium)));
    track_count_ = draw_track_count(pressing.medium, length);
    Draw bonus(key_of(pressing.key, kBonus, 0));
    if (track_count_ > 5 && bonus.per_thousand(120)) {
        track_count_ += bonus.between(1, 4);
    }
    const std::uint32_t discs = bonus.below(1000) < 60 && track_count_ > 8 ? 2 : 1;
    // People type all durations of a release, or none.
    constexpr std::array timed{430, 430, 430, 640, 640, 370, 280, 860, 500, 500};
    const bool has_durations = Draw(key_of(pressing.key, kBonus, 1))
                                   .per_thousand(static_cast<std::uint32_t>(
                                       timed[static_cast<std::size_t>(pressing.medium)]));
    if (tracks_.size() < track_count_) {
        tracks_.resize(track_count_);
    }
    for (std::uint32_t i = 0; i < track_count_; ++i) {
        Track& track = tracks_[i];
        track.position.clear();
        track.title.clear();
        append_position(track.position, pressing, i, static_cast<std::uint32_t>(track_count_),
                        discs);
        Draw one(key_of(pressing.work_key, kTracks, 100 + i));
        append_track_title(track.title, one.bits(), pressing.work->language);
        track.seconds = has_durations ? one.between(125, 340) : 0;
    }
}

void ReleaseXml::prepare_title(const Pressing& pressing) {
    Draw draw(key_of(pressing.work_key, kTitle, 0));
    const std::uint32_t how = draw.below(1000);
    title_.clear();
    if (how < 32 && pressing.work->by != Layout::Work::By::Various) { // self-titled
        title_ = credits_[0].name.substr(0, credits_[0].name.rfind(" ("));
    } else if (how < 280) {
        title_ = tracks_[0].title;
    } else if (how < 348) { // both sides of a single, also where it is on an album
        title_ = tracks_[0].title;
        title_ += " / ";
        append_track_title(title_, Draw(key_of(pressing.work_key, kTracks, 101)).bits(),
                           pressing.work->language);
    } else {
        append_title(title_, draw.bits(), pressing.work->language);
    }
}

void ReleaseXml::artists(XmlText& xml, std::optional<Quirk> quirk) {
    xml.raw("<artists>");
    for (const Credit& credit : credits_) {
        const bool is_first = &credit == &credits_.front();
        if (is_first && quirk == Quirk::ArtistWithoutId) {
            xml.element("<artist><name>", credit.name,
                        "</name><anv/><join/><role/><tracks/></artist>");
            continue;
        }
        append_artist_entry(xml, is_first && quirk == Quirk::ArtistIdZero ? 0 : credit.artist.id,
                            is_first && quirk == Quirk::EmptyArtistName ? "" : credit.name,
                            credit.variation, credit.join, "");
    }
    xml.raw("</artists>");
}

void ReleaseXml::labels(XmlText& xml, const Pressing& pressing, std::optional<Quirk> quirk) {
    Draw draw(key_of(pressing.key, kLabels, 0));
    std::string_view number = pressing.number;
    if (quirk == Quirk::NoneNumber) {
        constexpr std::array ways{"None"sv, "NONE"sv, "-"sv, ""sv};
        number = draw.one_of(std::span<const std::string_view>(ways));
    }
    const auto entry = [&](std::string_view name, std::string_view catno, std::uint32_t id) {
        xml.element("<label name=\"", name, "\" catno=\"");
        xml.escaped(catno);
        xml.raw("\" id=\"");
        xml.number(id);
        xml.raw("\"/>");
    };
    xml.raw("<labels>");
    if (number == "none" && draw.per_thousand(600)) {
        // Nobody's label: that of the artist.
        scratch_ = "Not On Label";
        if (draw.below(2) == 0) {
            scratch_ += " (" + credits_[0].name + " Self-released)";
        }
        entry(scratch_, number, 1818);
        xml.raw("</labels>");
        return;
    }
    scratch_.clear();
    append_label(scratch_, key_of(pressing.label.key, kLabels, 0), pressing.label.language);
    entry(scratch_, number, pressing.label.id);
    if (draw.per_thousand(50) && number == pressing.number && number != "none") {
        // The same number as another part of the sleeve has it.
        std::string variant(number);
        if (std::erase_if(variant, [](char sign) { return sign == ' ' || sign == '-'; }) == 0) {
            const std::size_t first = variant.find_first_of("0123456789");
            variant.insert(std::min(first, variant.size()), first == 0 ? "No. " : " ");
        }
        entry(scratch_, variant, pressing.label.id);
    }
    if (draw.per_thousand(78)) {
        const LabelRef other = world_.other_label(pressing, draw.bits());
        scratch_.clear();
        append_label(scratch_, key_of(other.key, kLabels, 0), other.language);
        std::string theirs;
        append_number(theirs, other.numbering, draw.below(500), pressing.medium);
        entry(scratch_, theirs, other.id);
    }
    xml.raw("</labels>");
}

void ReleaseXml::credits(XmlText& xml, const Pressing& pressing) {
    // Of the work, not the pressing: who played stays the same. Two records in five have a list.
    Draw draw(key_of(pressing.work_key, kCredits, 0));
    if (!now_and_then(draw.bits(), 400)) {
        return;
    }
    for (std::uint32_t i = 1 + draw.steps(95, 60); i > 0; --i) {
        const ArtistRef artist = world_.helper(pressing, draw.bits());
        scratch_.clear();
        append_artist(scratch_, artist.key, artist.language);
        append_artist_entry(xml, artist.id, scratch_, "", "", draw.one_of(roles()));
    }
}

void ReleaseXml::genres(XmlText& xml, const Pressing& pressing, std::optional<Quirk> quirk) {
    Draw draw(key_of(pressing.work_key, kGenres, 0));
    const std::uint32_t first = draw.weighted(kGenreShares);
    xml.element("<genres><genre>", quirk == Quirk::NumericGenre ? "7"sv : kGenres16[first],
                "</genre>");
    if (draw.per_thousand(260)) {
        xml.element("<genre>", kGenres16[(first + 1 + draw.below(3)) % kGenres16.size()],
                    "</genre>");
    }
    xml.raw("</genres>");
    if (draw.per_thousand(900)) {
        xml.raw("<styles>");
        for (std::uint32_t i = 1 + draw.steps(600, 4); i > 0; --i) {
            xml.element("<style>", draw.one_of(std::span<const std::string_view>(kStyles)),
                        "</style>");
        }
        xml.raw("</styles>");
    }
}

void ReleaseXml::place_and_date(XmlText& xml, const Pressing& pressing,
                                std::optional<Quirk> quirk) {
    if (pressing.has_country) {
        xml.element("<country>", countries()[pressing.country].name, "</country>");
    }
    Draw draw(key_of(pressing.key, kDate, 0));
    if (quirk == Quirk::OddDate) {
        constexpr std::array odd{"?"sv, "Not Known"sv, "1997/05"sv, "199?"sv};
        xml.element("<released>", draw.one_of(std::span<const std::string_view>(odd)),
                    "</released>");
    } else if (pressing.year != 0) {
        xml.raw("<released>");
        xml.number(pressing.year);
        if (draw.per_thousand(350)) {
            xml.raw("-");
            two_digits(xml, draw.between(1, 12));
            xml.raw("-");
            two_digits(xml, draw.below(3) == 0 ? 0 : draw.between(1, 28));
        }
        xml.raw("</released>");
    }
}

void ReleaseXml::notes(XmlText& xml, const Pressing& pressing, std::optional<Quirk> quirk) {
    const bool must = quirk == Quirk::NewlinesInNotes;
    Draw draw(key_of(pressing.key, kNotes, 0));
    if (!must && !now_and_then(draw.bits(), 640)) {
        return;
    }
    scratch_.clear();
    append_prose(scratch_, draw.bits(),
                 draw.below(5) == 0 ? draw.between(200, 700) : draw.between(30, 180));
    xml.raw("<notes>");
    if (must || draw.per_thousand(300)) {
        xml.raw("Made in one place, printed in another.&#13;\n&#13;\n");
    }
    xml.element("", scratch_, "</notes>");
}

void ReleaseXml::master(XmlText& xml, const Pressing& pressing) {
    if (pressing.master != 0) {
        xml.raw(pressing.is_main ? "<master_id is_main_release=\"true\">"
                                 : "<master_id is_main_release=\"false\">");
        xml.number(pressing.master);
        xml.raw("</master_id>");
    }
}

void ReleaseXml::tracklist(XmlText& xml, const Pressing& pressing, std::optional<Quirk> quirk) {
    const bool each_by_another = pressing.work->by == Layout::Work::By::Various;
    xml.raw("<tracklist>");
    for (std::size_t i = 0; i < track_count_; ++i) {
        const Track& track = tracks_[i];
        if (i == 0 && quirk == Quirk::SubTracks) {
            xml.raw("<track><position/><title>In Two Parts</title><duration/><sub_tracks>"
                    "<track><position>1a</position><title>First</title><duration>1:00</duration>"
                    "</track><track><position>1b</position><title>Then</title><duration/></track>"
                    "</sub_tracks></track>");
        }
        xml.element("<track><position>", track.position, "</position><title>");
        xml.element("", track.title, "</title>");
        if (track.seconds == 0) {
            xml.raw("<duration/>");
        } else {
            xml.raw("<duration>");
            duration(xml, track.seconds);
            xml.raw("</duration>");
        }
        if (each_by_another) {
            const ArtistRef artist =
                world_.helper(pressing, key_of(pressing.work_key, kCredits, 100 + i));
            scratch_.clear();
            append_artist(scratch_, artist.key, artist.language);
            xml.raw("<artists>");
            append_artist_entry(xml, artist.id, scratch_, "", "", "");
            xml.raw("</artists>");
        }
        const std::uint64_t bits = key_of(pressing.work_key, kCredits, 1000 + i);
        if (now_and_then(bits, 300)) {
            xml.raw("<extraartists>");
            for (std::uint64_t left = 1 + bits % 3; left > 0; --left) {
                const ArtistRef artist = world_.helper(pressing, bits + left);
                scratch_.clear();
                append_artist(scratch_, artist.key, artist.language);
                append_artist_entry(xml, artist.id, scratch_, "", "",
                                    roles()[(bits >> 8) % roles().size()]);
            }
            xml.raw("</extraartists>");
        }
        xml.raw("</track>");
    }
    xml.raw("</tracklist>");
}

void ReleaseXml::videos(XmlText& xml, const Pressing& pressing) {
    Draw draw(key_of(pressing.work_key, kVideos, 0));
    if (!now_and_then(draw.bits(), 530)) {
        return;
    }
    xml.raw("<videos>");
    const auto count =
        static_cast<std::uint32_t>(std::min<std::size_t>(track_count_, 1 + draw.steps(200, 12)));
    for (std::uint32_t i = 0; i < count; ++i) {
        constexpr std::string_view signs =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        xml.raw("<video src=\"https://www.youtube.com/watch?v=");
        std::uint64_t bits = draw.bits();
        std::array<char, 11> name{};
        for (char& sign : name) {
            sign = signs[bits & 63U];
            bits >>= 5;
        }
        xml.raw({name.data(), name.size()});
        xml.raw("\" duration=\"");
        xml.number(draw.between(100, 600));
        xml.element("\" embed=\"true\"><title>", credits_[0].name, " - ");
        xml.element("", tracks_[i].title, "</title><description>");
        scratch_.clear();
        append_prose(scratch_, draw.bits(), draw.between(20, 150));
        xml.element("", scratch_, "</description></video>");
    }
    xml.raw("</videos>");
}

void ReleaseXml::companies(XmlText& xml, const Pressing& pressing) {
    struct Kind {
        std::string_view number;
        std::string_view name;
    };
    constexpr std::array<Kind, 10> kinds{{{"21", "Published By"},
                                          {"13", "Phonographic Copyright (p)"},
                                          {"14", "Copyright (c)"},
                                          {"23", "Recorded At"},
                                          {"9", "Distributed By"},
                                          {"10", "Manufactured By"},
                                          {"17", "Pressed By"},
                                          {"29", "Mastered At"},
                                          {"27", "Mixed At"},
                                          {"7", "Licensed From"}}};
    Draw draw(key_of(pressing.key, kCompanies, 0));
    if (!now_and_then(draw.bits(), 450)) {
        return;
    }
    xml.raw("<companies>");
    for (std::uint32_t i = 1 + draw.steps(270, 12); i > 0; --i) {
        const LabelRef company = world_.other_label(pressing, draw.bits());
        scratch_.clear();
        append_label(scratch_, key_of(company.key, kLabels, 0), company.language);
        const Kind& kind = kinds[draw.below(kinds.size())];
        xml.raw("<company><id>");
        xml.number(company.id);
        xml.element("</id><name>", scratch_, "</name><catno/><entity_type>");
        xml.raw(kind.number);
        xml.element("</entity_type><entity_type_name>", kind.name,
                    "</entity_type_name><resource_url>https://api.discogs.com/labels/");
        xml.number(company.id);
        xml.raw("</resource_url></company>");
    }
    xml.raw("</companies>");
}

} // namespace spindle::bench
