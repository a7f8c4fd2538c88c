// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "app/dig/scan_report.h"
#include "base/result.h"

namespace spindle::app {

/// scan.json: everything a scan found, so that it can be shown and explained without the photo,
/// the networks and the catalog. Documented in docs/scan.md; fields may be added under the same
/// version, never change their meaning.
inline constexpr int kScanDocumentVersion = 1;

/// The whole scan as one JSON object on one line.
std::string document_of(const ScanReport& report);

/// One of its discs, as it stands in the "discs" of the whole.
std::string document_of(const Disc& disc);

/// Reads document_of() back. Nothing in it is trusted: what is missing, of another type, out of
/// range or too much is Code::BadInput; text comes back without control characters. Documents of a
/// later version are Code::Unsupported.
Result<ScanReport> read_scan_document(std::string_view text);

} // namespace spindle::app
