// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/goldmine.h"
#include "base/record_id.h"
#include "base/release_id.h"
#include "base/units.h"
#include "store/collection.h"

namespace spindle::store {

/// What was heard of the condition of one side, as it is kept.
struct StoredGrading {
    std::int64_t id = 0;     ///< given by the store
    std::int64_t graded = 0; ///< milliseconds since 1970-01-01 UTC
    std::string recording;   ///< the file; empty when it was heard while it played
    CopyId copy{};           ///< of the collection; 0: of none
    ReleaseId release{};     ///< 0: not known
    RecordId record{};       ///< of the library; 0: of none
    std::string side;        ///< "A"; empty when not known
    Seconds length{0};       ///< heard of it
    Grade grade = Grade::NearMint;
    double severity = 1;                   ///< grade/definition.h
    std::array<double, 7> probabilities{}; ///< of NM to P
    std::string evidence; ///< JSON: figures, reasons, the model's name. Opaque to the store.
};

} // namespace spindle::store
