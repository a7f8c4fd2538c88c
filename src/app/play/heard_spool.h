// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>

#include "app/play/heard_batch.h"
#include "base/result.h"

namespace spindle::app {

/// Batches of one stream that wait on the disk, in a folder of their own, one file each, in order.
/// What was added survives a kill and a power cut. One process, one thread.
class HeardSpool {
public:
    /// Bytes: some three days of music. What is older goes first.
    static constexpr std::uintmax_t kMost = 300'000'000;

    /// Makes the folder if there is none. Files that are no batches are not touched.
    static Result<HeardSpool> open(std::filesystem::path folder);

    /// @return how many batches had to be dropped for it.
    Result<std::size_t> add(const HeardBatch& batch);

    bool empty() const { return files_.empty(); }
    std::size_t size() const { return files_.size(); }
    /// The oldest; Code::NotFound when there is none. A damaged one is put aside (renamed to
    /// *.damaged) and its error returned: the next call gives the next.
    Result<HeardBatch> oldest();
    /// The first that begins at this number or later; Code::NotFound when there is none.
    Result<HeardBatch> from(std::uint64_t first);
    /// All whose pieces lie before this number are no longer needed.
    Result<void> drop_before(std::uint64_t number);

    const std::filesystem::path& folder() const { return folder_; }

private:
    explicit HeardSpool(std::filesystem::path folder) : folder_(std::move(folder)) {}
    std::filesystem::path path_of(std::uint64_t first) const;

    struct File {
        std::uintmax_t bytes = 0;
    };
    std::filesystem::path folder_;
    std::map<std::uint64_t, File> files_; ///< by the number of their first piece
    std::uintmax_t bytes_ = 0;
};

} // namespace spindle::app
