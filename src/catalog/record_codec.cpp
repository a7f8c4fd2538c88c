// SPDX-License-Identifier: Apache-2.0
#include "catalog/record_codec.h"

#include <algorithm>

#include "catalog/bytes.h"

namespace spindle::catalog {
namespace {

template <typename List, typename One>
void append_list(ByteWriter& writer, const List& list, One&& one) {
    writer.number(list.size());
    for (const auto& item : list) {
        one(item);
    }
}

template <typename List, typename One>
void read_list(ByteReader& reader, List& list, One&& one) {
    list.clear();
    const std::size_t count = reader.count();
    for (std::size_t i = 0; i < count && reader.ok(); ++i) {
        one(list.emplace_back());
    }
}

} // namespace

void append_card(const Release& release, std::string& out) {
    ByteWriter writer(out);
    writer.number(release.id.value);
    writer.number(release.master.value);
    writer.number(release.versions);
    writer.number(release.year);
    writer.number(release.first_year);
    writer.text(release.title);
    writer.text(release.country);
    append_list(writer, release.artists, [&](const ArtistCredit& artist) {
        writer.number(artist.id);
        writer.text(artist.name);
        writer.text(artist.variation);
        writer.text(artist.join);
    });
    append_list(writer, release.labels, [&](const LabelNumber& label) {
        writer.text(label.label);
        writer.text(label.number);
    });
    append_list(writer, release.formats, [&](const FormatItem& format) {
        writer.text(format.name);
        writer.number(format.quantity);
        writer.text(format.text);
        append_list(writer, format.descriptions,
                    [&](const std::string& text) { writer.text(text); });
    });
    append_list(writer, release.barcodes, [&](const std::string& text) { writer.text(text); });
    append_list(writer, release.matrices, [&](const Matrix& matrix) {
        writer.text(matrix.value);
        writer.text(matrix.description);
    });
}

void append_tracks(const std::vector<Track>& tracks, std::string& out) {
    ByteWriter writer(out);
    // Columns instead of rows: positions and times of pressings repeat as blocks and compress well.
    append_list(writer, tracks, [&](const Track& track) { writer.text(track.position); });
    for (const Track& track : tracks) {
        writer.number(track.seconds);
    }
    for (const Track& track : tracks) {
        writer.text(track.title);
    }
}

bool read_card(std::string_view bytes, Release& release) {
    ByteReader reader(bytes);
    release.id.value = static_cast<std::uint32_t>(reader.number());
    release.master.value = static_cast<std::uint32_t>(reader.number());
    release.versions = static_cast<std::uint32_t>(reader.number());
    release.year = static_cast<std::uint16_t>(reader.number());
    release.first_year = static_cast<std::uint16_t>(reader.number());
    release.title = reader.text();
    release.country = reader.text();
    read_list(reader, release.artists, [&](ArtistCredit& artist) {
        artist.id = static_cast<std::uint32_t>(reader.number());
        artist.name = reader.text();
        artist.variation = reader.text();
        artist.join = reader.text();
    });
    read_list(reader, release.labels, [&](LabelNumber& label) {
        label.label = reader.text();
        label.number = reader.text();
    });
    read_list(reader, release.formats, [&](FormatItem& format) {
        format.name = reader.text();
        format.quantity = static_cast<std::uint32_t>(reader.number());
        format.text = reader.text();
        read_list(reader, format.descriptions, [&](std::string& text) { text = reader.text(); });
    });
    read_list(reader, release.barcodes, [&](std::string& text) { text = reader.text(); });
    read_list(reader, release.matrices, [&](Matrix& matrix) {
        matrix.value = reader.text();
        matrix.description = reader.text();
    });
    return reader.ok() && reader.left() == 0;
}

bool read_tracks(std::string_view bytes, std::vector<Track>& tracks) {
    ByteReader reader(bytes);
    read_list(reader, tracks, [&](Track& track) { track.position = reader.text(); });
    for (Track& track : tracks) {
        track.seconds = static_cast<std::uint32_t>(reader.number());
    }
    for (Track& track : tracks) {
        track.title = reader.text();
    }
    return reader.ok() && reader.left() == 0;
}

} // namespace spindle::catalog
