// SPDX-License-Identifier: Apache-2.0
#include "catalog/dump/xml_record.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include <pugixml.hpp>

namespace spindle::catalog {
namespace {

struct Skipped {
    std::string_view begin; // with the '<' and the '>'
    std::string_view end;
};
// In order of how often they come.
constexpr std::array<Skipped, 9> kSkipped{{{"<extraartists>", "</extraartists>"},
                                           {"<images>", "</images>"},
                                           {"<genres>", "</genres>"},
                                           {"<styles>", "</styles>"},
                                           {"<notes>", "</notes>"},
                                           {"<data_quality>", "</data_quality>"},
                                           {"<videos>", "</videos>"},
                                           {"<companies>", "</companies>"},
                                           {"<series>", "</series>"}}};
// The artists of a track; those of the release are wanted.
constexpr Skipped kTrackArtists{"<artists>", "</artists>"};

/// The element to leave out that begins at `rest`, if one does.
const Skipped* skipped_at(std::string_view rest, bool in_tracklist) {
    switch (rest[1]) {
    case 'a':
        return in_tracklist && rest.starts_with(kTrackArtists.begin) ? &kTrackArtists : nullptr;
    case 'e':
    case 'i':
    case 'g':
    case 's':
    case 'n':
    case 'd':
    case 'v':
    case 'c':
        break;
    default:
        return nullptr;
    }
    for (const Skipped& skipped : kSkipped) {
        if (rest[1] == skipped.begin[1] && rest.starts_with(skipped.begin)) {
            return &skipped;
        }
    }
    return nullptr;
}

/// Is there a '<' that begins no tag: "<!" of comments and CDATA, "<?" of instructions?
bool has_other_markup(std::string_view record) {
    for (const char sign : {'!', '?'}) {
        for (auto at = record.find(sign); at != std::string_view::npos;
             at = record.find(sign, at + 1)) {
            if (at > 0 && record[at - 1] == '<') {
                return true;
            }
        }
    }
    return false;
}

bool parse(std::vector<char>& buffer, std::size_t size, unsigned flags,
           pugi::xml_document& document) {
    // A zero byte ends the text for the parser; the other control characters are left to
    // clean_text(), as what they are is said there.
    char* const begin = buffer.data();
    char* const end = begin + size;
    if (std::memchr(begin, 0, size) != nullptr) {
        std::replace(begin, end, '\0', '\x01');
    }
    return static_cast<bool>(document.load_buffer_inplace(begin, size, flags, pugi::encoding_utf8));
}

} // namespace

std::size_t copy_without_skipped(std::string_view record, std::vector<char>& to) {
    if (to.size() < record.size()) {
        to.resize(record.size());
    }
    std::size_t length = 0;
    const auto keep = [&](std::string_view bytes) {
        std::memcpy(to.data() + length, bytes.data(), bytes.size());
        length += bytes.size();
    };
    bool in_tracklist = false;
    std::size_t kept = 0; // up to where the record is copied
    for (auto at = record.find('<'); at != std::string_view::npos; at = record.find('<', at + 2)) {
        const std::string_view rest = record.substr(at);
        if (rest.size() < 2) {
            break;
        }
        if (rest[1] == 't' && rest.starts_with("<tracklist>")) {
            in_tracklist = true;
        } else if (rest[1] == '/' && rest.starts_with("</tracklist>")) {
            in_tracklist = false;
        } else if (const Skipped* const skipped = skipped_at(rest, in_tracklist)) {
            // Several times as fast here as string_view::find, which looks at each '<'.
            const void* const end =
                ::memmem(rest.data(), rest.size(), skipped->end.data(), skipped->end.size());
            if (end == nullptr) {
                break;
            }
            keep(record.substr(kept, at - kept));
            kept = static_cast<std::size_t>(static_cast<const char*>(end) - record.data()) +
                   skipped->end.size();
            at = kept - 2;
        }
    }
    keep(record.substr(kept));
    return length;
}

bool parse_record(std::string_view record, std::vector<char>& buffer,
                  pugi::xml_document& document) {
    // Neither references nor line ends: clean_text() sees to them for the few texts that are kept.
    constexpr unsigned kFlags = pugi::parse_minimal | pugi::parse_cdata;
    if (!has_other_markup(record)) {
        const std::size_t size = copy_without_skipped(record, buffer);
        if (parse(buffer, size, kFlags | pugi::parse_embed_pcdata, document)) {
            return true;
        }
        if (size == record.size()) {
            return false;
        }
    }
    buffer.assign(record.begin(), record.end());
    return parse(buffer, buffer.size(), kFlags | pugi::parse_ws_pcdata, document);
}

std::string_view text_of(const pugi::xml_node& element, std::string& space) {
    if (!element.first_child()) { // nearly always: embedded in the element
        return element.value();
    }
    space = element.value();
    for (const pugi::xml_node& piece : element) {
        if (piece.type() == pugi::node_pcdata) {
            space += piece.value();
        } else if (piece.type() == pugi::node_cdata) {
            for (const char* c = piece.value(); *c != '\0'; ++c) {
                *c == '&' ? space += "&amp;" : space += *c;
            }
        }
    }
    return space;
}

std::uint32_t id_of_damaged(std::string_view record) {
    const std::string_view start = record.substr(0, std::min(record.find('>'), record.size()));
    constexpr std::string_view kId = " id=\"";
    const auto at = start.find(kId);
    std::uint32_t id = 0;
    if (at != std::string_view::npos) {
        std::from_chars(start.data() + at + kId.size(), start.data() + start.size(), id);
    }
    return id;
}

} // namespace spindle::catalog
