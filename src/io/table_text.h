// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace spindle::io {

/// The text of a table, whatever it is written in.
class TableText {
public:
    /// Understands UTF-8, UTF-16 with a byte order mark (as spreadsheets save "Unicode text"), and
    /// takes lines that are neither for Latin-1. UTF-8 is not copied: `bytes` must outlive this.
    /// @return BadInput if there is nothing in it or it is no text: an archive, a spreadsheet's own
    ///         format, XML.
    static Result<TableText> from_bytes(std::string_view bytes);

    /// UTF-8, without byte order mark.
    std::string_view text() const { return converted_.empty() ? bytes_ : converted_; }

    /// Tab if there is one in the first line, else comma.
    char delimiter() const;

private:
    std::string_view bytes_;
    std::string converted_;
};

} // namespace spindle::io
