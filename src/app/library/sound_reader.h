// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "fingerprint/landmark.h"
#include "store/library.h"

namespace spindle::app {

/// All that is learnt from decoding a file once.
struct HeardSound {
    store::Sound sound;
    std::vector<fingerprint::Landmark> landmarks; ///< of Density::Reference
    std::string warning; ///< what is odd about it although it can be used; names the file
};

/// Decodes, hashes and fingerprints a file. Memory: a few MB and the landmarks.
/// Errors as audio::Decoder's; Code::Cancelled soon after `stop`.
Result<HeardSound> hear(const std::string& path, const std::stop_token& stop);

/// The hash of a file's sound without decoding it.
Result<store::AudioHash> hash_of(const std::string& path, const std::stop_token& stop);

/// The tags as the store keeps them. A file whose tags cannot be read has none. A disc number that
/// is not tagged comes from the album's name or the folder's (disc_names.h).
store::Tags tags_of(const std::string& path);

} // namespace spindle::app
