// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "catalog/quirk.h"
#include "catalog/world.h"
#include "catalog/xml_text.h"

namespace spindle::bench {

/// <formats>: what the release comes on, with the descriptions usual for it. A huge quantity has 52
/// digits. Files count their tracks.
void append_formats(XmlText& xml, const Pressing& pressing, bool huge_quantity,
                    std::uint32_t tracks);

/// <identifiers>: barcode (as digits, as printed, or both), matrices, label code and the like.
void append_identifiers(XmlText& xml, const Pressing& pressing, std::optional<Quirk> quirk);

} // namespace spindle::bench
