// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace spindle::text {

/// Is this well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF)?
bool is_utf8(std::string_view bytes);

/// The same text with every ill-formed byte replaced by U+FFFD; well-formed text comes back as it
/// is.
std::string to_utf8(std::string_view bytes);

/// ISO 8859-1 bytes as UTF-8. Bytes 0x80-0x9F are read as Windows-1252, which is what files that
/// claim to be Latin-1 hold.
std::string latin1_to_utf8(std::string_view bytes);

/// UTF-16 as UTF-8; unpaired surrogates become U+FFFD, an odd last byte is dropped.
enum class ByteOrder { Little, Big };
std::string utf16_to_utf8(std::string_view bytes, ByteOrder order);

/// Appends one code point; anything that is none becomes U+FFFD.
void append_utf8(std::string& text, char32_t code_point);

/// Safe to show on a terminal: valid UTF-8 without control characters (file names may hold escape
/// sequences); each becomes U+FFFD, except line feed and tab, which stay.
std::string printable(std::string_view bytes);

/// At most `characters` code points of valid UTF-8, an ellipsis at the end where it was cut.
std::string shortened(std::string_view text, std::size_t characters);

/// Without ASCII white space at both ends.
std::string_view trimmed(std::string_view text);

/// Lower case of the ASCII letters, the rest as it is.
std::string ascii_lower(std::string_view text);

/// Every `from` in the text exchanged for `to`, left to right; what is put in is not looked at
/// again.
std::string replaced(std::string_view text, std::string_view from, std::string_view to);

} // namespace spindle::text
