// SPDX-License-Identifier: Apache-2.0
#include "playlist/xml_reader.h"

#include <expat.h>

namespace spindle::playlist {
namespace {

constexpr XML_Char kNamespaceEnd = '\n'; // cannot be part of a name or of a namespace URI

std::string_view local_name(const XML_Char* name) {
    const std::string_view whole(name);
    const auto end = whole.rfind(kNamespaceEnd);
    return end == std::string_view::npos ? whole : whole.substr(end + 1);
}

} // namespace

struct XmlReader::State {
    XmlHandler& handler;
    XML_Parser parser;
    int depth = 0;
    std::string refusal; // why parsing was stopped from a handler

    explicit State(XmlHandler& receiver)
        : handler(receiver), parser(::XML_ParserCreateNS(nullptr, kNamespaceEnd)) {
        ::XML_SetUserData(parser, this);
        ::XML_SetElementHandler(parser, on_begin, on_end);
        ::XML_SetCharacterDataHandler(parser, on_text);
        ::XML_SetEntityDeclHandler(parser, on_entity);
    }
    ~State() { ::XML_ParserFree(parser); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void refuse(std::string why) {
        refusal = std::move(why);
        ::XML_StopParser(parser, XML_FALSE);
    }

    static State& of(void* user) { return *static_cast<State*>(user); }

    static void on_begin(void* user, const XML_Char* name, const XML_Char** /*attributes*/) {
        State& state = of(user);
        if (++state.depth > kDeepest) {
            state.refuse(fmt::format("elements nested more than {} deep", kDeepest));
            return;
        }
        state.handler.begin(local_name(name));
    }

    static void on_end(void* user, const XML_Char* name) {
        State& state = of(user);
        --state.depth;
        if (state.refusal.empty()) {
            state.handler.end(local_name(name));
        }
    }

    static void on_text(void* user, const XML_Char* text, int size) {
        State& state = of(user);
        if (state.refusal.empty()) {
            state.handler.text({text, static_cast<std::size_t>(size)});
        }
    }

    static void on_entity(void* user, const XML_Char* /*name*/, int /*is_parameter*/,
                          const XML_Char* /*value*/, int /*size*/, const XML_Char* /*base*/,
                          const XML_Char* /*system*/, const XML_Char* /*public_id*/,
                          const XML_Char* /*notation*/) {
        of(user).refuse("declares entities, which no playlist needs");
    }
};

XmlReader::XmlReader(XmlHandler& handler) : state_(std::make_unique<State>(handler)) {}

XmlReader::~XmlReader() = default;

Result<void> XmlReader::parse(std::string_view bytes, int is_final) {
    if (::XML_Parse(state_->parser, bytes.data(), static_cast<int>(bytes.size()), is_final) ==
        XML_STATUS_OK) {
        return {};
    }
    const auto line = ::XML_GetCurrentLineNumber(state_->parser);
    if (!state_->refusal.empty()) {
        return fail(Code::BadInput, "line {}: {}", line, state_->refusal);
    }
    return fail(Code::BadInput, "line {}: {}", line,
                ::XML_ErrorString(::XML_GetErrorCode(state_->parser)));
}

Result<void> XmlReader::feed(std::string_view bytes) {
    constexpr std::size_t kPart = 1UL << 20; // Expat counts in int and buffers what it is given
    while (!bytes.empty()) {
        const auto part = bytes.substr(0, kPart);
        SPINDLE_TRY_VOID(parse(part, 0));
        bytes.remove_prefix(part.size());
    }
    return {};
}

Result<void> XmlReader::finish() {
    return parse({}, 1);
}

} // namespace spindle::playlist
