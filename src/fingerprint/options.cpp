// SPDX-License-Identifier: Apache-2.0
#include "fingerprint/options.h"

namespace spindle::fingerprint {

ExtractorOptions ExtractorOptions::of(Density density) {
    ExtractorOptions options;
    // About 17 and 32 landmarks a second.
    options.quota = density == Density::Reference ? 4 : 7;
    return options;
}

} // namespace spindle::fingerprint
