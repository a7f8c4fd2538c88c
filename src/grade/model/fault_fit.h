// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "grade/model/fault_model.h"

namespace spindle::grade {

/// A record of which the damage is known.
struct KnownFaults {
    std::vector<double> figures; ///< of figures_for(evidence)
    FaultSeverities faults{};
    std::size_t group = 0; ///< what must not be on both sides of a split
};

struct FaultFitOptions {
    /// Few and stiff: by folds over packages of simulated sides neither more stretches nor all
    /// figures for all faults foretold better.
    std::size_t stretches = 2;
    double penalty = 3;
    std::size_t folds = 5;
};

struct FaultFit {
    FaultModel model;
    /// Of each record, by a model that has not seen its group: what the grade is to be learned
    /// from, as models are surer of what they have seen.
    std::vector<FaultSeverities> out_of_fold;
};

/// Fits by penalised least squares (coordinate descent with projection on the signs that the
/// directions ask for). Deterministic; some ms for 1000 records. Errors: Code::BadInput for fewer
/// than 10 records or 2 groups.
Result<FaultFit> fit_faults(Evidence evidence, std::span<const KnownFaults> records,
                            const FaultFitOptions& options = {});

} // namespace spindle::grade
