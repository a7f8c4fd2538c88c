// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/job.h"

namespace spindle::server {

/// What is said of a job, in the words of who sent it: its files are called as they were when they
/// were sent, not by where they lie here, which is nobody's business and tells the sender nothing.
/// Everything about a job that leaves the server goes through this: errors, events, documents.
class SenderWords {
public:
    /// @param folder the job's
    SenderWords(const std::filesystem::path& folder, const store::StoredJob& job);

    /// @param text JSON, in which paths stand with JSON's escapes
    std::string in_json(std::string text) const;
    Error in(Error error) const;

private:
    using Pairs = std::vector<std::pair<std::string, std::string>>; ///< what stands there, and then
    Pairs plain_, json_;
};

} // namespace spindle::server
