// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace spindle::bench {

/// Words that titles and names are full of, about the most frequent first. In title case.
std::span<const std::string_view> common_words();
/// First names in several languages.
std::span<const std::string_view> first_names();
/// Titles that hundreds of artists have used: "Greatest Hits", "Live".
std::span<const std::string_view> stock_titles();
/// What stands in brackets behind a title: "Remixes", "Live".
std::span<const std::string_view> title_additions();
/// Credits of the people around a record: "Written-By", "Producer".
std::span<const std::string_view> roles();
/// What stands between two artists: ",", "&", "Feat.".
std::span<const std::string_view> joins();

} // namespace spindle::bench
