// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/result.h"
#include "store/grading.h"

namespace spindle::store {

/// Which gradings are asked for. What is 0 or empty does not narrow.
struct GradingFilter {
    CopyId copy{};
    RecordId record{};
    std::int64_t since = 0; ///< milliseconds since 1970-01-01 UTC
};

/// The gradings of the owner's records. Nothing that is kept is changed. One instance per thread,
/// or serialise; several processes may use one file. Errors as LibraryStore's.
class GradeStore {
public:
    GradeStore() = default;
    virtual ~GradeStore() = default;
    GradeStore(const GradeStore&) = delete;
    GradeStore& operator=(const GradeStore&) = delete;

    /// Keeps a grading. @return its id.
    virtual Result<std::int64_t> add(const StoredGrading& grading) = 0;
    /// Newest first.
    virtual Result<std::vector<StoredGrading>> gradings(const GradingFilter& filter) = 0;
    /// Code::NotFound when there is no such grading.
    virtual Result<void> remove(std::int64_t id) = 0;
};

} // namespace spindle::store
