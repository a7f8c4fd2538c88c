// SPDX-License-Identifier: Apache-2.0
// The reader against Expat as the judge: whatever record Expat calls well-formed, the reader takes
// the same texts from it.
#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <expat.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"
#include "catalog/dump/barcodes.h"
#include "catalog/dump/clean_text.h"
#include "catalog/dump/fields.h"
#include "catalog/dump/release_xml.h"

namespace spindle::catalog {
namespace {

struct Element {
    std::string name, text;
    std::map<std::string, std::string> attributes;
    std::vector<std::unique_ptr<Element>> children;

    std::vector<const Element*> all(std::string_view wanted) const {
        std::vector<const Element*> found;
        for (const auto& child : children) {
            if (child->name == wanted) {
                found.push_back(child.get());
            }
        }
        return found;
    }
    /// As where the schema has one: of several the last.
    std::string text_of(std::string_view wanted) const {
        const auto found = all(wanted);
        return found.empty() ? "" : found.back()->text;
    }
    std::string attribute(const std::string& wanted) const {
        const auto found = attributes.find(wanted);
        return found == attributes.end() ? "" : found->second;
    }
};

/// The record as Expat reads it; nothing if it is not well-formed.
std::unique_ptr<Element> expat_tree(const std::string& record) {
    struct Building {
        std::unique_ptr<Element> root;
        std::vector<Element*> open;
    } building;
    const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
        XML_ParserCreate("UTF-8"), &XML_ParserFree);
    XML_SetUserData(parser.get(), &building);
    XML_SetElementHandler(
        parser.get(),
        [](void* data, const char* name, const char** attributes) {
            auto& tree = *static_cast<Building*>(data);
            auto element = std::make_unique<Element>();
            element->name = name;
            for (; *attributes != nullptr; attributes += 2) {
                element->attributes[attributes[0]] = attributes[1];
            }
            Element* const raw = element.get();
            (tree.open.empty() ? tree.root : tree.open.back()->children.emplace_back()) =
                std::move(element);
            tree.open.push_back(raw);
        },
        [](void* data, const char*) { static_cast<Building*>(data)->open.pop_back(); });
    XML_SetCharacterDataHandler(parser.get(), [](void* data, const char* text, int length) {
        static_cast<Building*>(data)->open.back()->text.append(text,
                                                               static_cast<std::size_t>(length));
    });
    const auto status =
        XML_Parse(parser.get(), record.data(), static_cast<int>(record.size()), XML_TRUE);
    return status == XML_STATUS_OK ? std::move(building.root) : nullptr;
}

/// Expat makes each line end in an attribute a blank, the reader makes one of several.
std::string squeezed(std::string_view text) {
    std::string kept;
    for (const char c : text) {
        if (c != ' ' || kept.empty() || kept.back() != ' ') {
            kept += c;
        }
    }
    return kept;
}

class Lines {
public:
    void add(std::string_view what, const std::vector<std::string>& texts) {
        std::string line(what);
        for (const std::string& text : texts) {
            Quirks unused;
            line += '|' + squeezed(clean_text(text, Written::Plainly, unused));
        }
        lines_.push_back(line);
    }
    std::vector<std::string> take() { return std::move(lines_); }

private:
    std::vector<std::string> lines_;
};

void add_tracks(const Element& list, Lines& lines) {
    for (const Element* track : list.all("track")) {
        lines.add("track", {track->text_of("position"), track->text_of("title")});
        for (const Element* deeper : track->all("sub_tracks")) {
            add_tracks(*deeper, lines);
        }
    }
}

std::vector<std::string> lines_of(const Element& release) {
    Lines lines;
    Quirks unused;
    lines.add("release",
              {release.attribute("id"), release.text_of("title"), release.text_of("country")});
    const auto each = [&](std::string_view list, std::string_view item, const auto& visit) {
        for (const Element* element : release.all(list)) {
            for (const Element* one : element->all(item)) {
                visit(*one);
            }
        }
    };
    each("artists", "artist", [&](const Element& one) {
        lines.add("artist", {one.text_of("name"), one.text_of("anv"), one.text_of("join")});
    });
    each("labels", "label", [&](const Element& one) {
        const std::string number = clean_text(one.attribute("catno"), Written::Plainly, unused);
        lines.add("label", {one.attribute("name"), is_none(number) ? "" : number});
    });
    each("formats", "format", [&](const Element& one) {
        lines.add("format", {one.attribute("name"), one.attribute("text")});
        for (const Element* list : one.all("descriptions")) {
            for (const Element* text : list->all("description")) {
                if (!clean_text(text->text, Written::Plainly, unused).empty()) {
                    lines.add("description", {text->text});
                }
            }
        }
    });
    std::vector<std::string> barcodes;
    each("identifiers", "identifier", [&](const Element& one) {
        const std::string value = clean_text(one.attribute("value"), Written::Plainly, unused);
        if (one.attribute("type") == "Barcode") {
            BarcodeList(barcodes, unused).add(value);
        } else if (one.attribute("type") == "Matrix / Runout" && !value.empty()) {
            lines.add("matrix", {value, one.attribute("description")});
        }
    });
    lines.add("barcodes", barcodes);
    for (const Element* list : release.all("tracklist")) {
        add_tracks(*list, lines);
    }
    return lines.take();
}

std::vector<std::string> lines_of(const Release& release) {
    Lines lines;
    lines.add("release", {std::to_string(release.id.value), release.title, release.country});
    for (const ArtistCredit& artist : release.artists) {
        lines.add("artist", {artist.name, artist.variation, artist.join});
    }
    for (const LabelNumber& label : release.labels) {
        lines.add("label", {label.label, label.number});
    }
    for (const FormatItem& format : release.formats) {
        lines.add("format", {format.name, format.text});
        for (const std::string& description : format.descriptions) {
            lines.add("description", {description});
        }
    }
    for (const Matrix& matrix : release.matrices) {
        lines.add("matrix", {matrix.value, matrix.description});
    }
    lines.add("barcodes", release.barcodes);
    for (const Track& track : release.tracks) {
        lines.add("track", {track.position, track.title});
    }
    return lines.take();
}

/// Elements as Discogs writes them and as it never has, from a string of choices.
class Maker {
public:
    explicit Maker(const std::vector<std::uint8_t>& choices) : choices_(choices) {}

    std::string record() {
        std::string children;
        for (std::size_t count = choice(9); count > 0; --count) {
            children += child() + between();
        }
        return "<release id=\"" + std::to_string(1 + choice(99)) + "\">" + children + "</release>";
    }

private:
    std::size_t choice(std::size_t below) {
        return at_ < choices_.size() ? choices_[at_++] % below : 0;
    }
    template <typename... Text>
    std::string one_of(Text... texts) {
        const std::vector<std::string> all{texts...};
        return all[choice(all.size())];
    }
    std::string between() {
        return one_of("", "", "\n", "<!-- </notes> -->", "<?x </notes> ?>", "loose text");
    }
    std::string text() {
        std::string made;
        for (std::size_t count = choice(4); count > 0; --count) {
            made += one_of("Text", " ", "&amp;", "&#228;", "&#x2153;", "ö", "\r\n", "&#13;", "]]",
                           "'", "\"", "&quot;", "&lt;title>", "none", "0 12 >");
        }
        return made;
    }
    std::string attribute(const std::string& name) {
        std::string value = text();
        std::erase(value, '"');
        return " " + name + "=\"" + value + "\"";
    }
    std::string content() {
        return text() +
               one_of("", "", "", "<![CDATA[</title> &amp; <x>]]>", "<!-- x -->", "<b>inner</b>") +
               text();
    }
    std::string element(const std::string& name, const std::string& inside) {
        return inside.empty() && choice(2) == 0 ? "<" + name + "/>"
                                                : "<" + name + ">" + inside + "</" + name + ">";
    }
    std::string artists(const std::string& name) {
        return element(name, element("artist", element("id", "7") + element("name", content()) +
                                                   element("anv", text()) +
                                                   element("join", text()) + "<tracks/>"));
    }
    std::string tracks(int depth) {
        std::string inside = element("position", text()) + element("title", content());
        inside += choice(3) == 0 ? artists("artists") : "";
        inside += choice(3) == 0 ? artists("extraartists") : "";
        inside += depth < 2 && choice(3) == 0 ? element("sub_tracks", tracks(depth + 1)) : "";
        return element("track", inside) + (choice(2) == 0 ? "" : element("track", ""));
    }
    std::string skipped() {
        const std::string name =
            one_of("notes", "videos", "companies", "images", "genres", "styles", "series",
                   "data_quality", "extraartists", "future");
        return element(name,
                       content() + one_of("", "<title>no</title>", "<labels><label/></labels>",
                                          "<" + name + "><title>no</title></" + name + ">",
                                          "<" + name + " x=''></" + name + ">"));
    }
    std::string child() {
        switch (choice(9)) {
        case 0:
            return element("title", content());
        case 1:
            return element("country", content());
        case 2:
            return artists("artists");
        case 3:
            return element("labels", "<label" + attribute("catno") + attribute("name") + " />");
        case 4:
            return element("formats", "<format" + attribute("name") + attribute("text") + ">" +
                                          element("descriptions", element("description", text())) +
                                          "</format >");
        case 5:
            return element("tracklist", between() + tracks(0));
        case 6:
            return element("identifiers", "<identifier type='" +
                                              one_of("Barcode", "Matrix / Runout", "Other") + "'" +
                                              attribute("description") + attribute("value") + "/>");
        default:
            return skipped();
        }
    }

    const std::vector<std::uint8_t>& choices_;
    std::size_t at_ = 0;
};

RC_GTEST_PROP(ReleaseReader, TakesTheSameFromARecordAsExpat, ()) {
    const auto choices = *rc::gen::resize(
        400, rc::gen::container<std::vector<std::uint8_t>>(rc::gen::arbitrary<std::uint8_t>()));
    const std::string record = Maker(choices).record();
    const auto tree = expat_tree(record);
    RC_LOG() << record << '\n';
    RC_ASSERT(tree != nullptr);
    Quirks quirks;
    const auto release = read_release(record, quirks);
    RC_ASSERT(release.has_value());
    RC_ASSERT(lines_of(*release) == lines_of(*tree));
}

RC_GTEST_PROP(ReleaseReader, TakesTheSameAsExpatFromWhatDamageLeftWellFormed, ()) {
    const auto choices = *rc::gen::resize(
        400, rc::gen::container<std::vector<std::uint8_t>>(rc::gen::arbitrary<std::uint8_t>()));
    std::string record = Maker(choices).record();
    const auto at = *rc::gen::inRange<std::size_t>(record.find('>') + 1, record.size());
    record.replace(at, *rc::gen::inRange<std::size_t>(0, 20),
                   *rc::gen::element<std::string>("", "x", "<notes>", "</notes>", "<!--",
                                                  "<artists/>", "-->", "\x01", "\xE4", "&", "<"));
    const auto tree = expat_tree(record);
    RC_LOG() << record << '\n';
    Quirks quirks;
    const auto release = read_release(record, quirks);
    if (tree == nullptr) {
        return; // more than nine in ten: the reader may be more lenient
    }
    RC_ASSERT(release.has_value());
    RC_ASSERT(lines_of(*release) == lines_of(*tree));
}

} // namespace
} // namespace spindle::catalog
