// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalog/quirk.h"
#include "catalog/world.h"
#include "catalog/xml_text.h"

namespace spindle::bench {

/// Writes releases and masters of a World as a Discogs dump has them: one record per line, but for
/// newlines within notes. Not thread-safe (keeps scratch space); one for each thread.
class ReleaseXml {
public:
    /// @param bytes_per_release mean to aim at, from 1,400 up: with less there are fewer notes,
    /// videos, companies and credits, the tracklist stays.
    ReleaseXml(const World& world, std::uint32_t bytes_per_release);

    void append_release(XmlText& xml, const Pressing& pressing, std::optional<Quirk> quirk);
    void append_master(XmlText& xml, const Pressing& main_release);

private:
    /// Of the work: the same for all its versions.
    struct Credit {
        ArtistRef artist;
        std::string name;
        std::string variation;
        std::string join;
    };
    struct Track {
        std::string position;
        std::string title;
        std::uint32_t seconds = 0;
    };

    void prepare(const Pressing& pressing);
    void prepare_tracks(const Pressing& pressing);
    void prepare_title(const Pressing& pressing);

    void artists(XmlText& xml, std::optional<Quirk> quirk);
    void labels(XmlText& xml, const Pressing& pressing, std::optional<Quirk> quirk);
    void credits(XmlText& xml, const Pressing& pressing);
    void genres(XmlText& xml, const Pressing& pressing, std::optional<Quirk> quirk);
    void place_and_date(XmlText& xml, const Pressing& pressing, std::optional<Quirk> quirk);
    void notes(XmlText& xml, const Pressing& pressing, std::optional<Quirk> quirk);
    void master(XmlText& xml, const Pressing& pressing);
    void tracklist(XmlText& xml, const Pressing& pressing, std::optional<Quirk> quirk);
    void videos(XmlText& xml, const Pressing& pressing);
    void companies(XmlText& xml, const Pressing& pressing);
    bool now_and_then(std::uint64_t bits, std::uint32_t share) const;

    const World& world_;
    std::uint32_t fullness_; ///< share of the optional parts of a real record, in 1,000

    std::vector<Credit> credits_;
    std::string title_;
    std::vector<Track> tracks_;
    std::size_t track_count_ = 0; ///< tracks_ keeps its strings from record to record
    std::string scratch_;
};

} // namespace spindle::bench
