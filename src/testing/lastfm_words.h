// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

// Last.fm's error codes in words, and its answers in XML.
namespace spindle::testing {

/// The HTTP status an error code comes with.
int lastfm_status(int code);
std::string lastfm_words(int code);

std::string xml_escaped(const std::string& text);

/// Last.fm has one answer in two languages: "#text" is the content of an element, "@attr" and the
/// fields `corrected`, `code` and `uts` are attributes.
std::string lastfm_xml(const std::string& name, const nlohmann::json& value);

} // namespace spindle::testing
