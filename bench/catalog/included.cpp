// SPDX-License-Identifier: Apache-2.0
#include "catalog/included.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <string_view>

namespace spindle::bench {
namespace {

using namespace std::string_view_literals;

std::vector<std::string> split(std::string_view text, std::string_view by) {
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t end = text.find(by);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(end + by.size());
    }
}

/// Several values in one column.
std::vector<std::string> values(const std::string& text) {
    auto parts = split(text, " | ");
    std::erase(parts, "");
    return parts;
}

constexpr std::array kColumns{"release_id"sv, "artist"sv,  "title"sv, "label"sv,  "catno"sv,
                              "format"sv,     "country"sv, "year"sv,  "barcode"sv};

/// "2xVinyl, LP, Album" as an element.
void append_format(XmlText& xml, std::string_view text) {
    auto parts = split(text, ", ");
    std::string_view name = parts.front();
    std::string_view quantity = "1";
    if (const std::size_t times = name.find('x');
        times != std::string_view::npos && times > 0 &&
        name.substr(0, times).find_first_not_of("0123456789") == std::string_view::npos) {
        quantity = name.substr(0, times);
        name.remove_prefix(times + 1);
    }
    xml.element("<format name=\"", name, "\" qty=\"");
    xml.element("", quantity, "\" text=\"\"><descriptions>");
    for (std::size_t i = 1; i < parts.size(); ++i) {
        xml.element("<description>", parts[i], "</description>");
    }
    xml.raw("</descriptions></format>");
}

} // namespace

Result<std::vector<IncludedRelease>> read_included(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::string line;
    if (!file || !std::getline(file, line)) {
        return fail(Code::BadInput, "{}: cannot be read, or is empty", path.string());
    }
    const auto header = split(line, "\t");
    std::array<std::size_t, kColumns.size()> places{};
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
        places[i] =
            static_cast<std::size_t>(std::ranges::find(header, kColumns[i]) - header.begin());
    }
    if (places[0] == header.size() || places[2] == header.size()) {
        return fail(Code::BadInput, "{}: the first line must name release_id and title",
                    path.string());
    }
    std::vector<IncludedRelease> releases;
    for (std::size_t number = 2; std::getline(file, line); ++number) {
        const auto fields = split(line, "\t");
        const auto field = [&](std::size_t column) {
            return places[column] < fields.size() ? fields[places[column]] : std::string();
        };
        IncludedRelease release;
        const std::string id = field(0);
        const auto read = std::from_chars(id.data(), id.data() + id.size(), release.id);
        if (!id.empty() && (read.ec != std::errc() || read.ptr != id.data() + id.size())) {
            return fail(Code::BadInput, "{}: line {}: \"{}\" is not a release id", path.string(),
                        number, id);
        }
        release.artists = values(field(1));
        release.title = field(2);
        release.labels = values(field(3));
        release.numbers = values(field(4));
        release.format = field(5);
        release.country = field(6);
        release.year = field(7);
        release.barcodes = values(field(8));
        releases.push_back(std::move(release));
    }
    std::ranges::stable_sort(releases, {}, &IncludedRelease::id);
    const auto has_one_id = [](const IncludedRelease& left, const IncludedRelease& right) {
        return left.id != 0 && left.id == right.id;
    };
    releases.erase(std::unique(releases.begin(), releases.end(), has_one_id), releases.end());
    return releases;
}

void append_included(XmlText& xml, const IncludedRelease& release, std::uint32_t id) {
    xml.set_encoding(Encoding::Utf8);
    xml.raw("<release id=\"");
    xml.number(id);
    xml.raw("\" status=\"Accepted\"><artists>");
    for (const std::string& artist : release.artists) {
        const bool is_last = &artist == &release.artists.back();
        xml.element("<artist><id>0</id><name>", artist, "</name><anv/><join>");
        xml.raw(is_last ? "</join><role/><tracks/></artist>" : ",</join><role/><tracks/></artist>");
    }
    xml.element("</artists><title>", release.title, "</title><labels>");
    // The lists are of equal length, or one label has several numbers, or the other way round.
    // A number whose label is not known still is the release's; Discogs has this label for it.
    const std::size_t count = std::max(release.labels.size(), release.numbers.size());
    for (std::size_t i = 0; i < count; ++i) {
        const auto at = [i](const std::vector<std::string>& list, const char* none) {
            return list.empty() ? std::string(none) : list[std::min(i, list.size() - 1)];
        };
        xml.element("<label name=\"", at(release.labels, "Not On Label"), "\" catno=\"");
        xml.element("", at(release.numbers, ""), "\" id=\"0\"/>");
    }
    xml.raw("</labels><extraartists/><formats>");
    for (const std::string& format : split(release.format, " + ")) {
        append_format(xml, format);
    }
    xml.raw("</formats>");
    if (!release.country.empty()) {
        xml.element("<country>", release.country, "</country>");
    }
    if (!release.year.empty() && release.year != "0") {
        xml.element("<released>", release.year, "</released>");
    }
    xml.raw("<data_quality>Needs Vote</data_quality><tracklist/>");
    if (!release.barcodes.empty()) {
        xml.raw("<identifiers>");
        for (const std::string& barcode : release.barcodes) {
            xml.element("<identifier type=\"Barcode\" value=\"", barcode, "\"/>");
        }
        xml.raw("</identifiers>");
    }
    xml.raw("</release>\n");
}

} // namespace spindle::bench
