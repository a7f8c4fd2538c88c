// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shelf/ctc_decoder.h"

namespace spindle::shelf {

/// Two recognisers' readings of the same picture of a line, as one. The surer one leads (the first
/// when they are as sure); where the other sees the same word differently, that becomes an
/// alternative; where both see the same, confidence rises; where the other sees one word's signs as
/// several words, so they are: blanks are lost more often than invented.
Decoded joined(Decoded first, Decoded second);

} // namespace spindle::shelf
