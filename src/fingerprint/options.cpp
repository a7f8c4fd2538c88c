// SPDX-License-Identifier: Apache-2.0
#include "fingerprint/options.h"

namespace spindle::fingerprint {

ExtractorOptions ExtractorOptions::of(Density density) {
    ExtractorOptions options;
    // About 26 and 65 landmarks a second.
    options.quota = density == Density::Reference ? 6 : 18;
    return options;
}

} // namespace spindle::fingerprint
