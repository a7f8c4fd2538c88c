// SPDX-License-Identifier: Apache-2.0
#include "catalog/dump/master_xml.h"

#include <vector>

#include <pugixml.hpp>

#include "base/text.h"
#include "catalog/dump/fields.h"
#include "catalog/dump/xml_record.h"

namespace spindle::catalog {

std::optional<Master> read_master(std::string_view record, Quirks& quirks) {
    thread_local std::vector<char> buffer; // millions of calls in a row
    pugi::xml_document document;
    if (!parse_record(record, buffer, document)) {
        quirks.count_damaged(id_of_damaged(record));
        return std::nullopt;
    }
    const pugi::xml_node root = document.document_element();
    const auto id = whole_number(root.attribute("id").value()).value_or(0);
    if (id == 0 || std::string_view(root.name()) != "master") {
        quirks.count(Quirk::NoId);
        return std::nullopt;
    }
    std::string space;
    const auto text = [&](const char* name) {
        return std::string(text::trimmed(text_of(root.child(name), space)));
    };
    Master master{MasterId{id}, {}, 0};
    const auto main = whole_number(text("main_release")).value_or(0);
    master.main = ReleaseId{main < kFirstOwnRelease ? main : 0};
    if (const std::string year = text("year"); !year.empty() && year != "0") {
        master.year = year_of(year, quirks);
    }
    return master;
}

} // namespace spindle::catalog
