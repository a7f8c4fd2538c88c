// SPDX-License-Identifier: Apache-2.0
#include "catalog/dump.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "catalog/dump_file.h"
#include "catalog/included.h"
#include "catalog/release_xml.h"
#include "catalog/xml_text.h"

namespace spindle::bench {
namespace {

constexpr std::size_t kPiece = 4U << 20;

Result<void> make_masters(const DumpOptions& options, const World& world, ReleaseXml& writer,
                          DumpReport& report) {
    SPINDLE_TRY(auto file, DumpFile::create(options.masters_out));
    XmlText xml;
    xml.raw("<masters>\n");
    report.masters = world.masters();
    for (std::uint64_t i = 0; i < report.masters; ++i) {
        writer.append_master(xml, world.main_release(i));
        if (xml.text().size() >= kPiece) {
            file.write(xml.text());
        }
    }
    xml.raw("</masters>\n");
    file.write(xml.text());
    return file.finish();
}

} // namespace

Result<DumpReport> make_dump(const DumpOptions& options) {
    std::vector<IncludedRelease> included;
    if (!options.include.empty()) {
        SPINDLE_TRY(included, read_included(options.include));
    }
    DumpReport report;
    const World world(options.world);
    ReleaseXml writer(world, options.bytes_per_release);
    SPINDLE_TRY(auto file, DumpFile::create(options.out));

    XmlText xml;
    xml.text().reserve(kPiece + (1U << 20));
    xml.raw("<releases>\n");
    std::size_t next = 0;
    std::uint32_t last_id = 0;
    const auto include_below = [&](std::uint64_t id) {
        for (; next < included.size() && included[next].id < id; ++next) {
            if (included[next].id != 0) {
                last_id = included[next].id;
                append_included(xml, included[next], last_id);
                ++report.included;
            }
        }
    };
    for (std::uint64_t i = 0; i < options.world.releases; ++i) {
        const std::uint32_t id = world.id_of(i);
        include_below(std::uint64_t{id} + 1);
        if (last_id == id) {
            ++report.replaced;
            continue;
        }
        const Pressing pressing = world.pressing(i);
        const auto quirk = options.has_quirks ? draw_quirk(pressing.key) : std::nullopt;
        writer.append_release(xml, pressing, quirk);
        if (quirk) {
            ++report.quirks[static_cast<std::size_t>(*quirk)];
        }
        ++report.releases;
        last_id = id;
        if (xml.text().size() >= kPiece) {
            file.write(xml.text());
        }
    }
    include_below(UINT64_MAX);
    for (const IncludedRelease& release : included) { // those that Discogs has no id for
        if (release.id == 0) {
            append_included(xml, release, ++last_id);
            ++report.included;
        }
    }
    xml.raw("</releases>\n");
    file.write(xml.text());
    SPINDLE_TRY_VOID(file.finish());
    report.text_bytes = file.text_bytes();
    report.file_bytes = file.file_bytes();
    if (!options.masters_out.empty()) {
        SPINDLE_TRY_VOID(make_masters(options, world, writer, report));
    }
    return report;
}

} // namespace spindle::bench
