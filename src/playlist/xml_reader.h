// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace spindle::playlist {

/// Receives XML as it streams by. Names come without namespace prefix.
class XmlHandler {
public:
    virtual ~XmlHandler() = default;
    virtual void begin(std::string_view name) = 0;
    virtual void end(std::string_view name) = 0;
    virtual void text(std::string_view part) = 0; ///< UTF-8; one text may come in several parts
};

/// Streaming XML (Expat), safe on hostile input: entities may not be declared (so none can explode
/// or fetch anything), elements nest at most kDeepest deep, memory does not grow with the document.
class XmlReader {
public:
    static constexpr int kDeepest = 64; ///< a plist of Apple's has 6, XSPF 5

    explicit XmlReader(XmlHandler& handler);
    ~XmlReader();
    XmlReader(const XmlReader&) = delete;
    XmlReader& operator=(const XmlReader&) = delete;

    /// The next part of the document, split anywhere. After an error feed no more.
    Result<void> feed(std::string_view bytes);
    /// The document has ended.
    Result<void> finish();

private:
    Result<void> parse(std::string_view bytes, int is_final);
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace spindle::playlist
