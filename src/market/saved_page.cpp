// SPDX-License-Identifier: Apache-2.0
#include "market/saved_page.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>
#include <vector>

#include "base/text.h"
#include "io/file.h"
#include "market/detail/page_text.h"
#include "market/printed_date.h"
#include "market/printed_price.h"

namespace spindle::market {
namespace {

enum class Label { Have, Want, Rating, Votes, LastSold, Low, Median, High };
constexpr std::size_t kLabels = 8;

struct Name {
    std::string_view printed;
    Label label;
};

constexpr std::array<Name, 12> kNames{{
    {"have", Label::Have},
    {"want", Label::Want},
    {"avg rating", Label::Rating},
    {"average rating", Label::Rating},
    {"ratings", Label::Votes},
    {"last sold", Label::LastSold},
    {"low", Label::Low},
    {"lowest", Label::Low},
    {"median", Label::Median},
    {"high", Label::High},
    {"highest", Label::High},
    {"avg. rating", Label::Rating},
}};

/// The label a piece of text begins with, and what stands behind its colon.
struct LabelledText {
    Label label;
    std::string_view rest;
};

std::optional<LabelledText> labelled(std::string_view piece) {
    const auto colon = piece.find(':');
    const std::string name = text::ascii_lower(text::trimmed(piece.substr(0, colon)));
    for (const Name& one : kNames) {
        if (name == one.printed) {
            return LabelledText{one.label, colon == std::string_view::npos
                                               ? std::string_view()
                                               : text::trimmed(piece.substr(colon + 1))};
        }
    }
    return std::nullopt;
}

/// What stands behind each label, in the order of Label.
struct Field {
    bool is_there = false;
    std::string value;
    std::string datetime;

    void add(std::string_view text) {
        constexpr std::size_t kLongest = 200;
        if (!text.empty() && value.size() + text.size() < kLongest) {
            value += value.empty() ? "" : " ";
            value += text;
        }
    }
};
using Fields = std::array<Field, kLabels>;

Field& at(Fields& fields, Label label) {
    return fields[static_cast<std::size_t>(label)];
}

const Field& at(const Fields& fields, Label label) {
    return fields[static_cast<std::size_t>(label)];
}

std::size_t found(const Fields& fields) {
    return static_cast<std::size_t>(std::count_if(
        fields.begin(), fields.end(), [](const Field& field) { return field.is_there; }));
}

Fields fields_by_label(std::span<const TextPiece> pieces) {
    Fields fields;
    Field* current = nullptr;
    Field ignored; // of a label seen before: the first is the block's
    int item = 0;
    for (const TextPiece& piece : pieces) {
        if (const auto label = labelled(piece.text)) {
            Field& field = at(fields, label->label);
            current = field.is_there ? &ignored : &field;
            current->is_there = true;
            current->add(label->rest);
            item = piece.item;
        } else if (current != nullptr && piece.item == item) {
            current->add(piece.text);
        }
        if (current != nullptr && current->datetime.empty()) {
            current->datetime = piece.datetime;
        }
    }
    return fields;
}

/// The eight fields by their order in the block, whatever language its labels are in.
Fields fields_by_order(std::span<const TextPiece> pieces) {
    Fields fields;
    std::size_t field = 0;
    int item = 0;
    for (const TextPiece& piece : pieces) {
        if (piece.item == 0) {
            continue;
        }
        if (piece.item != item) { // its first text is the label
            item = piece.item;
            if (field == kLabels) {
                return {}; // more than the eight: not the order known here
            }
            fields[field++].is_there = true;
            const auto colon = piece.text.find(':');
            if (colon != std::string::npos) {
                fields[field - 1].add(
                    text::trimmed(std::string_view(piece.text).substr(colon + 1)));
            }
        } else {
            fields[field - 1].add(piece.text);
        }
        if (!piece.datetime.empty()) {
            fields[field - 1].datetime = piece.datetime;
        }
    }
    return field == kLabels ? fields : Fields{};
}

/// The fields of the block: by its id, else where "Have" and "Want" stand close together.
Fields fields_of(const std::vector<TextPiece>& pieces) {
    constexpr std::size_t kBlock = 80; // pieces; a block has 16 to 30
    constexpr std::size_t kEnough = 3; // labels in one place: not by chance
    std::vector<TextPiece> block;
    for (const TextPiece& piece : pieces) {
        if (piece.in_statistics && block.size() < kBlock) {
            block.push_back(piece);
        }
    }
    if (const Fields fields = fields_by_label(block); found(fields) >= kEnough) {
        return fields;
    }
    if (const Fields fields = fields_by_order(block); found(fields) >= kEnough) {
        return fields;
    }
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const auto label = labelled(pieces[i].text);
        if (label && label->label == Label::Have) {
            const auto near = std::span(pieces).subspan(i, std::min(kBlock, pieces.size() - i));
            if (const Fields fields = fields_by_label(near); found(fields) >= kEnough) {
                return fields;
            }
        }
    }
    return {};
}

std::optional<std::int64_t> count_of(const Fields& fields, Label label) {
    return printed_count(at(fields, label).value);
}

std::optional<double> rating_of(const Field& field) {
    const std::string_view value = field.value;
    const auto rating = printed_number(text::trimmed(value.substr(0, value.find('/'))));
    return rating && *rating > 0 && *rating <= 5 ? rating : std::nullopt;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        const auto begin = text.find_first_not_of(" ,", at);
        if (begin == std::string_view::npos) {
            break;
        }
        at = std::min(text.find(' ', begin), text.size());
        words.emplace_back(text.substr(begin, at - begin));
    }
    return words;
}

std::optional<Money> price_at(const std::vector<std::string>& words, std::size_t i) {
    if (const auto price = printed_price(words[i])) {
        return price;
    }
    return i + 1 < words.size() ? printed_price(words[i] + " " + words[i + 1]) : std::nullopt;
}

/// "12 copies from $3.50", "5 For Sale from SEK 30.00": how many and the cheapest. In the box
/// for sales each may stand alone; elsewhere only both together count.
void read_offers(const std::string& text, bool in_box, PageStatistics& page) {
    const std::vector<std::string> words = words_of(text);
    const auto lower = [&words](std::size_t i) {
        return i < words.size() ? text::ascii_lower(words[i]) : std::string();
    };
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        const auto count = printed_count(words[i]);
        const bool is_copies = lower(i + 1) == "copies" || lower(i + 1) == "copy";
        const bool is_for_sale = lower(i + 1) == "for" && lower(i + 2) == "sale";
        if (!count || (!is_copies && !is_for_sale)) {
            continue;
        }
        std::optional<Money> lowest;
        const std::size_t behind = i + (is_copies ? 2 : 3);
        const std::size_t reach = std::min(words.size(), behind + (in_box ? 12 : 3));
        bool is_said = in_box; // "from" or "starting at" elsewhere
        for (std::size_t j = behind; j < reach && !lowest; ++j) {
            is_said = is_said || lower(j) == "from" || lower(j) == "at";
            lowest = is_said ? price_at(words, j) : std::nullopt;
        }
        if (in_box || lowest) {
            page.for_sale = count;
            page.lowest = lowest;
            return;
        }
    }
}

void read_offers(const std::vector<TextPiece>& pieces, PageStatistics& page) {
    constexpr std::size_t kLongest = 4000;
    std::string box;
    for (const TextPiece& piece : pieces) {
        if (piece.in_marketplace && box.size() < kLongest) {
            box += piece.text + " ";
        }
    }
    read_offers(box, true, page);
    for (std::size_t i = 0; i < pieces.size() && !page.for_sale; ++i) {
        const std::string start = text::ascii_lower(pieces[i].text);
        if (start.find("for sale") == std::string::npos && !start.ends_with("copies") &&
            !start.ends_with("copy")) {
            continue;
        }
        // The count may stand in a piece of its own before it.
        std::string near = i > 0 ? pieces[i - 1].text + " " : "";
        for (std::size_t j = i; j < std::min(i + 4, pieces.size()); ++j) {
            near += pieces[j].text + " ";
        }
        if (near.size() < kLongest) {
            read_offers(near, false, page);
        }
    }
}

/// The number behind `marker` in an address.
ReleaseId id_behind(std::string_view address, std::string_view marker) {
    const auto begin = address.find(marker);
    std::uint32_t id = 0;
    if (begin != std::string_view::npos) {
        const std::string_view rest = address.substr(begin + marker.size());
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), id);
        if (error != std::errc{} || id >= kFirstOwnRelease) {
            id = 0;
        }
    }
    return ReleaseId{id};
}

ReleaseId release_of(const PageText& page) {
    for (const std::string_view marker : {"/sell/release/", "/release/"}) {
        if (const ReleaseId id = id_behind(page.canonical, marker); id.value != 0) {
            return id;
        }
    }
    for (const std::string_view marker : {"/sell/history/", "/release/stats/"}) {
        for (const std::string& address : page.addresses) {
            if (const ReleaseId id = id_behind(address, marker); id.value != 0) {
                return id;
            }
        }
    }
    return {};
}

} // namespace

bool is_bot_wall(std::string_view html) {
    constexpr std::size_t kStart = 300'000; // bytes; such pages are short
    const std::string start = text::ascii_lower(html.substr(0, kStart));
    const auto open = start.find("<title");
    const auto close = start.find("</title", open == std::string::npos ? 0 : open);
    const std::string title = open == std::string::npos || close == std::string::npos
                                  ? std::string()
                                  : start.substr(open, close - open);
    for (const char* sign : {"just a moment", "attention required", "verify you are human",
                             "are you a robot", "access denied", "security check"}) {
        if (title.find(sign) != std::string::npos) {
            return true;
        }
    }
    // Cloudflare's settings of a challenge; its other scripts are in ordinary pages too.
    return start.find("_cf_chl_opt") != std::string::npos ||
           start.find("captcha-delivery.com") != std::string::npos;
}

Result<PageStatistics> read_saved_page(std::string_view html, const SavedPageLimits& limits) {
    if (html.starts_with("From: <Saved by") || html.starts_with("MIME-Version:")) {
        return fail(Code::BadInput, "saved as one file (MHTML); save it as a web page (HTML)");
    }
    SPINDLE_TRY(const PageText text, page_text(html, limits));
    const Fields fields = fields_of(text.pieces);
    if (found(fields) == 0) {
        if (is_bot_wall(html)) {
            return fail(Code::NoAccess,
                        "this is the check whether you are human, not the page; open it in your "
                        "browser, wait until the release shows, and save that");
        }
        if (text.pieces.empty() && text.title.empty()) {
            return fail(Code::BadInput, "no web page; save the release's page as HTML");
        }
        return fail(Code::NotFound,
                    "no statistics of a release on this page; save the page of one release, after "
                    "its statistics show (a release blocked from sale has none)");
    }
    PageStatistics page;
    page.release = release_of(text);
    page.title = text::shortened(text::printable(text::trimmed(text.title)), 200);
    page.have = count_of(fields, Label::Have);
    page.want = count_of(fields, Label::Want);
    page.rating = rating_of(at(fields, Label::Rating));
    page.votes = count_of(fields, Label::Votes);
    const Field& last = at(fields, Label::LastSold);
    page.last_sold = printed_date(last.datetime);
    if (!page.last_sold) {
        page.last_sold = printed_date(last.value);
    }
    page.never_sold = text::ascii_lower(last.value) == "never";
    page.sold_low = printed_price(at(fields, Label::Low).value);
    page.sold_median = printed_price(at(fields, Label::Median).value);
    page.sold_high = printed_price(at(fields, Label::High).value);
    read_offers(text.pieces, page);
    return page;
}

Result<PageStatistics> read_saved_page_file(const std::filesystem::path& file,
                                            const SavedPageLimits& limits) {
    SPINDLE_TRY(const std::string html, io::read_file(file, limits.bytes));
    auto page = read_saved_page(html, limits);
    if (!page) {
        return tl::unexpected(page.error().within(file.string()));
    }
    return page;
}

} // namespace spindle::market
