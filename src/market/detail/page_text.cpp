// SPDX-License-Identifier: Apache-2.0
#include "market/detail/page_text.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include <libxml/HTMLparser.h>

#include "base/text.h"

namespace spindle::market {
namespace {

constexpr std::size_t kLongestPiece = 4096;   // a review may be longer; no price is
constexpr std::size_t kMostPieces = 300'000;  // a large page has 10,000
constexpr std::size_t kMostAddresses = 4'000; // the release's own come early
constexpr std::size_t kLongestAddress = 1'000;
constexpr int kPart = 64 * 1024; // bytes given to the parser between two looks at the clock

class Collector {
public:
    explicit Collector(const SavedPageLimits& limits)
        : limits_(limits), deadline_(std::chrono::steady_clock::now() + limits.time) {}

    PageText take() {
        end_piece();
        return std::move(page_);
    }
    bool is_too_deep() const { return is_too_deep_; }
    /// Looks at the clock; once it is too late the parser stops. Within one part too: libxml2 keeps
    /// text until a tag follows, and works through it at the end.
    bool is_too_late() {
        is_too_late_ = is_too_late_ || std::chrono::steady_clock::now() > deadline_;
        if (is_too_late_) {
            ::xmlStopParser(parser_);
        }
        return is_too_late_;
    }
    void watch(xmlParserCtxtPtr parser) { parser_ = parser; }

    void begin(std::string_view name, const xmlChar** attributes) {
        end_piece();
        Open open;
        open.name = name;
        open.is_silent = name == "script" || name == "style" || name == "template" ||
                         name == "svg"; // which has titles of its own
        open.is_title = name == "title";
        open.item = name == "li" ? ++items_ : stack_.empty() ? 0 : stack_.back().item;
        if (!stack_.empty()) {
            open.in_statistics = stack_.back().in_statistics;
            open.in_marketplace = stack_.back().in_marketplace;
            open.is_silent = open.is_silent || stack_.back().is_silent;
        }
        read_attributes(open, attributes);
        if (stack_.size() >= static_cast<std::size_t>(limits_.depth)) {
            is_too_deep_ = true;
            ::xmlStopParser(parser_);
            return;
        }
        stack_.push_back(std::move(open));
    }

    void end(std::string_view name) {
        end_piece();
        const auto last = std::find_if(stack_.rbegin(), stack_.rend(),
                                       [name](const Open& open) { return open.name == name; });
        if (last != stack_.rend()) {
            stack_.erase(last.base() - 1, stack_.end());
        }
    }

    void text(std::string_view part) {
        constexpr unsigned kRarely = 256; // calls between two looks at the clock
        if (++calls_ % kRarely == 0 && is_too_late()) {
            return;
        }
        if (!stack_.empty() && stack_.back().is_silent) {
            return;
        }
        if (!stack_.empty() && stack_.back().is_title) {
            append(page_.title, part);
            return;
        }
        append(piece_, part);
    }

private:
    struct Open {
        std::string name;
        std::string datetime;
        int item = 0;
        bool in_statistics = false, in_marketplace = false, is_silent = false, is_title = false;
    };

    static void append(std::string& text, std::string_view part) {
        for (const char c : part) {
            const bool is_blank = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
            if (is_blank ? !text.empty() && text.back() != ' ' : true) {
                if (text.size() < kLongestPiece) {
                    text += is_blank ? ' ' : c;
                }
            }
        }
    }

    void end_piece() {
        const std::string_view trimmed = text::trimmed(piece_);
        if (!trimmed.empty() && page_.pieces.size() < kMostPieces) {
            TextPiece piece;
            piece.text = text::printable(trimmed);
            if (!stack_.empty()) {
                piece.item = stack_.back().item;
                piece.datetime = stack_.back().datetime;
                piece.in_statistics = stack_.back().in_statistics;
                piece.in_marketplace = stack_.back().in_marketplace;
            }
            page_.pieces.push_back(std::move(piece));
        }
        piece_.clear();
    }

    void read_attributes(Open& open, const xmlChar** attributes) {
        std::string_view id, rel, href, property, content;
        for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
            const std::string_view name = reinterpret_cast<const char*>(attributes[0]);
            const std::string_view value =
                attributes[1] == nullptr ? "" : reinterpret_cast<const char*>(attributes[1]);
            (name == "id"                           ? id
             : name == "rel"                        ? rel
             : name == "href"                       ? href
             : name == "property" || name == "name" ? property
             : name == "content"                    ? content
                                                    : ignored_) = value;
            if (name == "datetime" && open.name == "time") {
                open.datetime = value.substr(0, 64);
            }
        }
        open.in_statistics = open.in_statistics || id == "statistics" || id == "release-stats";
        open.in_marketplace = open.in_marketplace || id == "release-marketplace";
        href = href.substr(0, kLongestAddress);
        if (open.name == "link" && rel == "canonical") {
            page_.canonical = href;
        } else if (open.name == "meta" && property == "og:url" && page_.canonical.empty()) {
            page_.canonical = content.substr(0, kLongestAddress);
        } else if (open.name == "a" && !href.empty() && page_.addresses.size() < kMostAddresses) {
            page_.addresses.emplace_back(href);
        }
    }

    const SavedPageLimits& limits_;
    std::chrono::steady_clock::time_point deadline_;
    unsigned calls_ = 0;
    bool is_too_late_ = false;
    xmlParserCtxtPtr parser_ = nullptr;
    PageText page_;
    std::vector<Open> stack_;
    std::string piece_;
    std::string_view ignored_;
    int items_ = 0;
    bool is_too_deep_ = false;
};

Collector& of(void* user) {
    return *static_cast<Collector*>(user);
}

std::string_view view(const xmlChar* text) {
    return reinterpret_cast<const char*>(text);
}

void on_begin(void* user, const xmlChar* name, const xmlChar** attributes) {
    of(user).begin(view(name), attributes);
}

void on_end(void* user, const xmlChar* name) {
    of(user).end(view(name));
}

void on_text(void* user, const xmlChar* text, int size) {
    of(user).text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
}

void on_error(void* /*user*/, const char* /*message*/, ...) {
    // Pages are full of errors; browsers do not mind either.
}

std::string decoded(std::string_view html) {
    std::string text;
    if (html.starts_with("\xFF\xFE")) {
        text = text::utf16_to_utf8(html.substr(2), text::ByteOrder::Little);
    } else if (html.starts_with("\xFE\xFF")) {
        text = text::utf16_to_utf8(html.substr(2), text::ByteOrder::Big);
    } else if (html.starts_with("\xEF\xBB\xBF")) {
        text = text::to_utf8(html.substr(3));
    } else {
        text = text::is_utf8(html) ? std::string(html) : text::latin1_to_utf8(html);
    }
    std::replace(text.begin(), text.end(), '\0', ' '); // would end the text for the parser
    return text;
}

} // namespace

Result<PageText> page_text(std::string_view html, const SavedPageLimits& limits) {
    if (html.size() > limits.bytes) {
        return fail(Code::BadInput, "more than {} MB: no release page", limits.bytes >> 20U);
    }
    const std::string text = decoded(html);
    Collector collector(limits);
    htmlSAXHandler handler;
    std::memset(&handler, 0, sizeof handler);
    handler.startElement = on_begin;
    handler.endElement = on_end;
    handler.characters = on_text;
    handler.ignorableWhitespace = on_text;
    handler.error = on_error;
    handler.warning = on_error;
    handler.fatalError = on_error;
    const std::unique_ptr<xmlParserCtxt, void (*)(xmlParserCtxtPtr)> parser(
        ::htmlCreatePushParserCtxt(&handler, &collector, nullptr, 0, nullptr,
                                   XML_CHAR_ENCODING_UTF8),
        [](xmlParserCtxtPtr made) {
            if (made != nullptr && made->myDoc != nullptr) {
                ::xmlFreeDoc(made->myDoc);
                made->myDoc = nullptr;
            }
            ::htmlFreeParserCtxt(made);
        });
    if (parser == nullptr) {
        return fail(Code::Failed, "no memory for a parser");
    }
    ::htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                           HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                           HTML_PARSE_IGNORE_ENC);
    collector.watch(parser.get());
    for (std::size_t at = 0;
         at < text.size() && !collector.is_too_deep() && !collector.is_too_late(); at += kPart) {
        const auto size = static_cast<int>(std::min<std::size_t>(kPart, text.size() - at));
        ::htmlParseChunk(parser.get(), text.data() + at, size, 0);
    }
    if (!collector.is_too_deep() && !collector.is_too_late()) {
        ::htmlParseChunk(parser.get(), nullptr, 0, 1);
    }
    if (collector.is_too_deep()) {
        return fail(Code::BadInput, "has elements more than {} deep: no release page",
                    limits.depth);
    }
    if (collector.is_too_late()) {
        return fail(Code::BadInput, "takes more than {} ms to read: no release page",
                    limits.time.count());
    }
    return collector.take();
}

} // namespace spindle::market
