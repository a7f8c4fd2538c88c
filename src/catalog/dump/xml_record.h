// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pugi {
class xml_document;
class xml_node;
} // namespace pugi

namespace spindle::catalog {

/// Half of a release is of no use here (videos, notes, companies, who played the triangle), and
/// building its nodes is most of the cost of reading it. This copies a record without the elements
/// that are on no path the catalog reads.
///
/// An element is left out from `<name>` to the next `</name>`. That is exact as long as every '<'
/// begins a tag, so a record with CDATA, comments or processing instructions is copied whole; and
/// as long as no element of the name is inside, otherwise an end tag is left over, and the copy is
/// not well-formed where the record was: parse() then takes the whole.
///
/// @param to grows as needed and is not cleared first, to save that; its content is overwritten.
/// @return the length of the copy in `to`.
std::size_t copy_without_skipped(std::string_view record, std::vector<char>& to);

/// Parses one record into `document`, the text in it into `buffer`; both can be used again and
/// again, one pair per thread. Text keeps its references ("&amp;"): see text_of().
/// @return false if it is not well-formed.
bool parse_record(std::string_view record, std::vector<char>& buffer, pugi::xml_document& document);

/// The text directly in an element, as XML writes it: references unresolved, CDATA as references.
std::string_view text_of(const pugi::xml_node& element, std::string& space);

/// The id in a start tag (`<release id="12" ...`), for records that cannot be parsed; 0 if there is
/// none.
std::uint32_t id_of_damaged(std::string_view record);

} // namespace spindle::catalog
