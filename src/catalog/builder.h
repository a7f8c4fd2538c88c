// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "catalog/release.h"

namespace spindle::catalog {

/// What is put into a catalog file.
struct BuildOptions {
    bool with_tracks = true; ///< tracklists are half of the file
};

/// Makes a catalog file from releases that come in any order, in memory that does not grow with
/// them (about 130 MB and 150 MB a thread): they are spread over temporary files by recording
/// group, then ordered, compressed and indexed part by part.
///
/// add() by any number of threads at once; then seal(); then order() for every part, then index()
/// for every shard, each begun in rising order and by any number of threads; then finish(). The
/// file is the same whatever the number of threads. Nothing is left behind when the builder goes
/// before finish().
class CatalogBuilder {
public:
    /// @param file where the catalog will be written. @param scratch a folder for temporary files,
    /// on a disk with room for about the size of the finished catalog again.
    static Result<CatalogBuilder> create(const std::filesystem::path& file,
                                         const std::filesystem::path& scratch,
                                         const BuildOptions& options);
    ~CatalogBuilder();
    CatalogBuilder(CatalogBuilder&&) noexcept;
    CatalogBuilder& operator=(CatalogBuilder&&) = delete;

    /// Takes releases. Thread-safe.
    Result<void> add(std::span<const Release> releases);

    /// Counts versions of masters (MasterId 0 is passed over) whose releases are not taken, so that
    /// Release::versions counts all that the dump has. add() counts its own. Thread-safe.
    void count_versions(std::span<const MasterId> masters);

    /// The year a master first came out; before order().
    void set_first_year(MasterId master, std::uint16_t year);

    /// No more releases come. @return how many parts are to be ordered
    Result<std::size_t> seal();
    Result<void> order(std::size_t part);

    static constexpr std::size_t kShards = 64;
    Result<void> index(std::size_t shard);

    /// @param about facts to keep with the catalog: name and value, neither with a line end.
    /// The file is complete and synced after this.
    Result<void> finish(std::span<const std::pair<std::string, std::string>> about);

    /// Wakes workers that wait for one that failed or was cancelled; they fail with
    /// Code::Cancelled.
    void abandon();

    std::uint64_t releases() const;
    /// Releases with the number of one before; after finish(). All are kept, and CatalogFile::find
    /// gives one of them.
    std::uint64_t repeated() const;

private:
    struct State;
    explicit CatalogBuilder(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace spindle::catalog
