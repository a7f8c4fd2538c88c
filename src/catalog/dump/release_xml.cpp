// SPDX-License-Identifier: Apache-2.0
#include "catalog/dump/release_xml.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <pugixml.hpp>

#include "catalog/dump/barcodes.h"
#include "catalog/dump/clean_text.h"
#include "catalog/dump/fields.h"
#include "catalog/dump/xml_record.h"

namespace spindle::catalog {
namespace {

constexpr int kDeepestSubTracks = 4; // one is all there has been

/// Reads one record; the names of elements are those of the dump.
class Reading {
public:
    Reading(Release& release, std::string& space, Quirks& quirks)
        : release_(release), space_(space), quirks_(quirks) {}

    void record(const pugi::xml_node& root) {
        for (const pugi::xml_node& child : root) {
            field(child, child.name());
        }
        missing(release_.title.empty(), Quirk::NoTitle);
        missing(release_.artists.empty(), Quirk::NoArtist);
        missing(release_.labels.empty(), Quirk::NoLabel);
        missing(release_.formats.empty(), Quirk::NoFormat);
        missing(release_.country.empty(), Quirk::NoCountry);
        missing(!has_date_, Quirk::NoDate);
        missing(release_.tracks.empty(), Quirk::NoTrack);
    }

    bool is_main_release() const { return is_main_release_; }

private:
    void field(const pugi::xml_node& node, std::string_view name) {
        if (name == "title") {
            release_.title = text(node);
        } else if (name == "country") {
            release_.country = text(node);
        } else if (name == "released") {
            const std::string released = text(node);
            has_date_ = !released.empty();
            release_.year = has_date_ ? year_of(released, quirks_) : std::uint16_t{0};
        } else if (name == "master_id") {
            master(node);
        } else if (name == "artists") {
            each(node, "artist", release_.artists, kMostItems, [&](auto& one) { artist(one); });
        } else if (name == "labels") {
            each(node, "label", release_.labels, kMostItems, [&](auto& one) { label(one); });
        } else if (name == "formats") {
            each(node, "format", release_.formats, kMostItems, [&](auto& one) { format(one); });
        } else if (name == "tracklist") {
            tracks(node, 0);
        } else if (name == "identifiers") {
            identifiers(node);
        }
    }

    void master(const pugi::xml_node& node) {
        const std::string id = text(node);
        const auto number = whole_number(id);
        missing(!number && !id.empty(), Quirk::OddMaster);
        release_.master = MasterId{number.value_or(0)};
        is_main_release_ = std::string_view(node.attribute("is_main_release").value()) == "true";
    }

    void artist(const pugi::xml_node& node) {
        ArtistCredit credit;
        for (const pugi::xml_node& child : node) {
            const std::string_view name = child.name();
            if (name == "id") {
                credit.id = whole_number(text(child)).value_or(0);
            } else if (name == "name") {
                credit.name = text(child);
            } else if (name == "anv") {
                credit.variation = text(child);
            } else if (name == "join") {
                credit.join = text(child);
            }
        }
        missing(credit.id == 0, Quirk::UnlinkedArtist);
        missing(credit.name.empty(), Quirk::UnnamedArtist);
        release_.artists.push_back(std::move(credit));
    }

    void label(const pugi::xml_node& node) {
        LabelNumber label{attribute(node, "name"), attribute(node, "catno")};
        missing(label.label.empty(), Quirk::UnnamedLabel);
        if (is_none(label.number)) {
            quirks_.count(Quirk::NumberNone);
            label.number.clear();
        }
        release_.labels.push_back(std::move(label));
    }

    void format(const pugi::xml_node& node) {
        FormatItem item;
        item.name = attribute(node, "name");
        item.quantity = quantity_of(attribute(node, "qty"), quirks_);
        item.text = attribute(node, "text");
        for (const pugi::xml_node& list : node.children("descriptions")) {
            each(list, "description", item.descriptions, kMostItems, [&](auto& one) {
                if (std::string description = text(one); !description.empty()) {
                    item.descriptions.push_back(std::move(description));
                }
            });
        }
        release_.formats.push_back(std::move(item));
    }

    void tracks(const pugi::xml_node& list, int depth) {
        constexpr std::size_t kUsual = 16; // saves moving the first ones four times
        release_.tracks.reserve(std::max(release_.tracks.size(), kUsual));
        each(list, "track", release_.tracks, kMostTracks, [&](const pugi::xml_node& node) {
            release_.tracks.emplace_back();
            const std::size_t mine = release_.tracks.size() - 1; // sub-tracks come after it
            for (const pugi::xml_node& child : node) {
                const std::string_view name = child.name();
                if (name == "position") {
                    release_.tracks[mine].position = text(child);
                } else if (name == "title") {
                    release_.tracks[mine].title = text(child);
                } else if (name == "duration") {
                    release_.tracks[mine].seconds = seconds_of(text(child), quirks_);
                } else if (name == "sub_tracks") {
                    missing(depth == kDeepestSubTracks, Quirk::ListCut);
                    if (depth < kDeepestSubTracks) {
                        tracks(child, depth + 1);
                    }
                }
            }
        });
    }

    void identifiers(const pugi::xml_node& list) {
        BarcodeList barcodes(release_.barcodes, quirks_);
        for (const pugi::xml_node& node : list.children("identifier")) {
            const std::string_view type = node.attribute("type").value();
            const bool barcode = type == "Barcode";
            if (!barcode && type != "Matrix / Runout") {
                continue;
            }
            if (release_.barcodes.size() + release_.matrices.size() >= kMostItems) {
                quirks_.count(Quirk::ListCut);
                break;
            }
            std::string value = attribute(node, "value");
            if (barcode) {
                barcodes.add(std::move(value));
            } else if (!value.empty()) {
                release_.matrices.push_back({std::move(value), attribute(node, "description")});
            }
        }
    }

    template <typename Item, typename Read>
    void each(const pugi::xml_node& list, const char* name, const std::vector<Item>& items,
              std::size_t most, const Read& read) {
        for (const pugi::xml_node& node : list.children(name)) {
            if (items.size() >= most) {
                quirks_.count(Quirk::ListCut);
                return;
            }
            read(node);
        }
    }

    std::string text(const pugi::xml_node& node) {
        return clean_text(text_of(node, space_), Written::WithReferences, quirks_);
    }
    std::string attribute(const pugi::xml_node& node, const char* name) {
        return clean_text(node.attribute(name).value(), Written::WithReferences, quirks_);
    }
    void missing(bool is, Quirk quirk) { quirks_.count(quirk, is ? 1 : 0); }

    Release& release_;
    std::string& space_;
    Quirks& quirks_;
    bool has_date_ = false;
    bool is_main_release_ = false;
};

} // namespace

struct ReleaseReader::State {
    std::vector<char> buffer;
    pugi::xml_document document;
    std::string space;
    bool is_main_release = false;
};

ReleaseReader::ReleaseReader() : state_(std::make_unique<State>()) {}
ReleaseReader::~ReleaseReader() = default;
ReleaseReader::ReleaseReader(ReleaseReader&&) noexcept = default;
ReleaseReader& ReleaseReader::operator=(ReleaseReader&&) noexcept = default;

std::optional<Release> ReleaseReader::read(std::string_view record, Quirks& quirks) {
    if (!parse_record(record, state_->buffer, state_->document)) {
        quirks.count_damaged(id_of_damaged(record));
        return std::nullopt;
    }
    const pugi::xml_node root = state_->document.document_element();
    const auto id = whole_number(root.attribute("id").value()).value_or(0);
    if (id == 0 || id >= kFirstOwnRelease || std::string_view(root.name()) != "release") {
        quirks.count(Quirk::NoId);
        return std::nullopt;
    }
    std::optional<Release> release(std::in_place);
    release->id = ReleaseId{id};
    Reading reading(*release, state_->space, quirks);
    reading.record(root);
    state_->is_main_release = reading.is_main_release();
    return release;
}

bool ReleaseReader::is_main_release() const {
    return state_->is_main_release;
}

std::optional<Release> read_release(std::string_view record, Quirks& quirks) {
    return ReleaseReader().read(record, quirks);
}

} // namespace spindle::catalog
