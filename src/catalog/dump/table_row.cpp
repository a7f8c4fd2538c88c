// SPDX-License-Identifier: Apache-2.0
#include "catalog/dump/table_row.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "catalog/dump/barcodes.h"
#include "catalog/dump/clean_text.h"
#include "catalog/dump/fields.h"
#include "catalog/dump/format_words.h"
#include "catalog/dump/release_xml.h"
#include "catalog/dump/split.h"

namespace spindle::catalog {
namespace {

constexpr std::string_view kBar = " | ";

/// Discogs' exports mark a name as printed on the release by a star behind it: "N. Cave*". Which
/// artist it stands for they do not say.
std::string without_stars(std::string_view names) {
    std::string kept;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const bool behind_name = i > 0 && names[i - 1] != ' ' && names[i] == '*';
        const bool at_end = i + 1 == names.size() || names[i + 1] == ',' || names[i + 1] == ' ';
        if (!behind_name || !at_end) {
            kept += names[i];
        }
    }
    return kept;
}

class Row {
public:
    Row(const std::vector<std::string>& cells, const TableColumns& columns, Quirks& quirks)
        : cells_(cells), columns_(columns), quirks_(quirks) {}

    Result<Release> read() {
        for (std::size_t i = columns_.count(); i < cells_.size(); ++i) {
            if (!text::trimmed(cells_[i]).empty()) {
                return fail(Code::BadInput,
                            "has {} cells where the header has {}: is a text with the separator "
                            "in it without quotes?",
                            cells_.size(), columns_.count());
            }
        }
        SPINDLE_TRY_VOID(number());
        release_.title = cell(Column::Title);
        release_.country = cell(Column::Country);
        release_.formats = read_format_line(cell(Column::Format));
        artists();
        labels();
        barcodes();
        year();
        master();
        const bool numbered = std::any_of(release_.labels.begin(), release_.labels.end(),
                                          [](const auto& label) { return !label.number.empty(); });
        if (release_.title.empty() && release_.artists.empty() && !numbered) {
            return fail(Code::BadInput, "has neither artist, title nor catalog number");
        }
        quirks_.count(Quirk::NoTitle, release_.title.empty() ? 1 : 0);
        quirks_.count(Quirk::NoArtist, release_.artists.empty() ? 1 : 0);
        return std::move(release_);
    }

private:
    Result<void> number() {
        const std::string text = cell(Column::ReleaseNumber);
        if (text.empty()) {
            return {};
        }
        const auto number = whole_number(text);
        if (!number || *number >= kFirstOwnRelease) {
            return fail(Code::BadInput, "release_id is no release number of Discogs: {}",
                        text::shortened(text, 30));
        }
        release_.id = ReleaseId{*number};
        return {};
    }

    void artists() {
        const std::string text = cell(Column::Artist);
        if (columns_.kind() != TableKind::Plain) {
            // Which of the names in it are one artist ("Simon & Garfunkel") cannot be told.
            if (!text.empty()) {
                release_.artists.push_back({0, without_stars(text), "", ""});
            }
            return;
        }
        for (const std::string_view name : parts(text, kBar)) {
            release_.artists.push_back({0, std::string(name), "", ","});
        }
        if (!release_.artists.empty()) {
            release_.artists.back().join.clear();
        }
    }

    void labels() {
        const std::string label_text = cell(Column::Label);
        const std::string number_text = cell(Column::CatalogNumber);
        const std::string_view between = columns_.kind() == TableKind::Plain ? kBar : ", ";
        std::vector<std::string_view> labels = parts(label_text, between);
        std::vector<std::string_view> numbers = parts(number_text, between);
        if (labels.size() != numbers.size() && labels.size() > 1 && numbers.size() > 1) {
            labels = {label_text};
        }
        const std::size_t count = std::max(labels.size(), numbers.size());
        const auto at = [](const std::vector<std::string_view>& texts, std::size_t i) {
            return texts.empty() ? std::string_view() : texts[std::min(i, texts.size() - 1)];
        };
        for (std::size_t i = 0; i < count; ++i) {
            const std::string_view number = at(numbers, i);
            const bool none = is_none(number);
            quirks_.count(Quirk::NumberNone, none ? 1 : 0);
            release_.labels.push_back(
                {std::string(at(labels, i)), std::string(none ? std::string_view() : number)});
        }
    }

    void barcodes() {
        BarcodeList barcodes(release_.barcodes, quirks_);
        const std::string text = cell(Column::Barcode);
        for (const std::string_view barcode : parts(text, kBar)) {
            barcodes.add(std::string(barcode));
        }
    }

    void year() {
        const std::string text = cell(Column::Year);
        if (!text.empty() && text != "0") { // 0 is how the exports write that they do not know
            release_.year = year_of(text, quirks_);
        }
    }

    void master() {
        const std::string text = cell(Column::MasterNumber);
        const auto number = whole_number(text);
        quirks_.count(Quirk::OddMaster, !number && !text.empty() ? 1 : 0);
        release_.master = MasterId{number.value_or(0)};
    }

    /// The texts in a cell, none of them empty, at most kMostItems.
    std::vector<std::string_view> parts(std::string_view text, std::string_view separator) {
        std::vector<std::string_view> kept = split(text, separator);
        kept.erase(std::remove(kept.begin(), kept.end(), std::string_view()), kept.end());
        if (kept.size() > kMostItems) {
            quirks_.count(Quirk::ListCut);
            kept.resize(kMostItems);
        }
        return kept;
    }

    std::string cell(Column column) {
        return clean_text(columns_.cell(cells_, column), Written::Plainly, quirks_);
    }

    const std::vector<std::string>& cells_;
    const TableColumns& columns_;
    Quirks& quirks_;
    Release release_;
};

} // namespace

Result<Release> read_row(const std::vector<std::string>& cells, const TableColumns& columns,
                         Quirks& quirks) {
    return Row(cells, columns, quirks).read();
}

} // namespace spindle::catalog
