// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "app/dig/disc.h"
#include "base/result.h"

namespace spindle::app {

/// What the owner says a disc of a scan really is.
struct Correction {
    std::optional<std::uint32_t> release; ///< Discogs'
    bool nothing = false;                 ///< it is no disc at all
    std::string text;                     ///< what is printed on it
};

/// Training data in the making: one file a disc in `folder`, which outlives the scan. Each has what
/// was read, what it was taken for, what it is, and the spine's picture. Stateless but for the
/// folder; safe to use from several threads.
class Corrections {
public:
    explicit Corrections(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Keeps one; a later one of the same disc replaces it.
    /// @param scan the job's id @param strip file with the spine's picture; may not be there
    /// @return it as JSON: {"release_id","nothing","text","at"}
    Result<std::string> keep(const std::string& scan, const Disc& disc,
                             const Correction& correction,
                             const std::filesystem::path& strip) const;

    /// Those of one scan, by number of the disc, as keep() gave them.
    std::map<std::size_t, std::string> of_scan(const std::string& scan) const;

    /// Every one, a line each: {"scan","disc","release_id","nothing","text","at","read",
    /// "candidates","strip_jpeg"}, the picture in base64.
    Result<std::string> all() const;

private:
    std::filesystem::path folder_;
};

} // namespace spindle::app
