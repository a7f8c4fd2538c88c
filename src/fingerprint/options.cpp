// SPDX-License-Identifier: Apache-2.0
#include "fingerprint/options.h"

namespace spindle::fingerprint {

ExtractorOptions ExtractorOptions::of(Density density) {
    ExtractorOptions options;
    options.quota = density == Density::Reference ? 2 : 7;
    return options;
}

} // namespace spindle::fingerprint
