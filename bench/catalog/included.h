// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/xml_text.h"

namespace spindle::bench {

/// A real release from a table, to stand among made-up ones.
struct IncludedRelease {
    std::uint32_t id = 0; ///< 0 = has none
    std::vector<std::string> artists;
    std::string title;
    std::vector<std::string> labels;
    std::vector<std::string> numbers;
    std::string format; ///< as "2xVinyl, LP, Album"
    std::string country;
    std::string year;
    std::vector<std::string> barcodes;
};

/// Reads a tab separated table with a header line that names at least release_id and title, of
/// artist, label, catno, format, country, year, barcode those it has; several values are joined by
/// " | ". @return in the order of ids, those without id first; of two with one id the first stays.
/// BadInput names the line at fault.
Result<std::vector<IncludedRelease>> read_included(const std::filesystem::path& path);

/// Writes it as a record with that id.
void append_included(XmlText& xml, const IncludedRelease& release, std::uint32_t id);

} // namespace spindle::bench
