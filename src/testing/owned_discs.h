// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "testing/faulty_server.h"

namespace spindle::testing {

/// The part of api.discogs.com that keeps an owner's copies and wants, and remembers what is done
/// to them; pages of two. For one thread at a time: DiscogsServer holds it behind its mutex.
class OwnedDiscs {
public:
    using Seen = FaultyServer::Seen;
    using Reply = FaultyServer::Reply;

    struct Copy {
        std::uint32_t release = 0;
        std::uint64_t instance = 0;
        std::map<int, std::string> notes; ///< 1 media, 2 sleeve, 3 notes
    };
    struct Wanted {
        std::uint32_t release = 0;
        std::string notes;
    };

    std::vector<Copy> copies;
    std::vector<Wanted> wants;

    void own(std::uint32_t release, std::map<int, std::string> notes) {
        copies.push_back({release, ++last_instance_, std::move(notes)});
    }

    /// What a path below /users/ is answered.
    Reply answer(const Seen& seen) {
        const std::string path = seen.target.substr(0, seen.target.find('?'));
        const auto last = static_cast<std::uint32_t>(
            std::strtoul(path.substr(path.rfind('/') + 1).c_str(), nullptr, 10));
        if (path.ends_with("/collection/fields")) {
            return Reply{200,
                         {},
                         R"j({"fields":[{"id":1,"name":"Media","options":["Mint (M)"]},)j"
                         R"j({"id":2,"name":"Sleeve","options":["Mint (M)"]},)j"
                         R"j({"id":3,"name":"Notes"}]})j"};
        }
        if (path.ends_with("/collection/folders")) {
            return Reply{200,
                         {},
                         R"({"folders":[{"id":0,"name":"All","count":1},)"
                         R"({"id":1,"name":"Uncategorized","count":1}]})"};
        }
        if (path.find("/fields/") != std::string::npos) {
            const auto begin = path.find("/instances/") + 11;
            const auto instance = std::stoul(path.substr(begin));
            for (Copy& copy : copies) {
                if (copy.instance == instance) {
                    copy.notes[static_cast<int>(last)] =
                        decoded(seen.target.substr(seen.target.find("value=") + 6));
                }
            }
            return Reply{204, {}, {}};
        }
        if (path.ends_with("/releases")) {
            std::vector<std::string> items;
            for (const Copy& copy : copies) {
                std::string notes;
                for (const auto& [field, value] : copy.notes) {
                    notes += fmt::format(R"({}{{"field_id":{},"value":"{}"}})",
                                         notes.empty() ? "" : ",", field, value);
                }
                items.push_back(
                    fmt::format(R"({{"id":{},"instance_id":{},"folder_id":1,"rating":0,)"
                                R"("date_added":"2020","notes":[{}],{}}})",
                                copy.release, copy.instance, notes, basics(copy.release)));
            }
            return Reply{200, {}, page(seen, "releases", items)};
        }
        if (seen.method == "POST" && path.find("/releases/") != std::string::npos) {
            copies.push_back({last, ++last_instance_, {}});
            return Reply{
                201, {}, fmt::format(R"({{"instance_id":{},"resource_url":"x"}})", last_instance_)};
        }
        if (path.ends_with("/wants")) {
            std::vector<std::string> items;
            for (const Wanted& want : wants) {
                items.push_back(fmt::format(R"({{"id":{},"rating":0,"notes":"{}",{}}})",
                                            want.release, want.notes, basics(want.release)));
            }
            return Reply{200, {}, page(seen, "wants", items)};
        }
        if (seen.method == "PUT") {
            if (std::none_of(wants.begin(), wants.end(),
                             [&](const Wanted& want) { return want.release == last; })) {
                wants.push_back({last, {}});
            }
            return Reply{201, {}, "{}"};
        }
        if (seen.method == "DELETE") {
            std::erase_if(wants, [&](const Wanted& want) { return want.release == last; });
            return Reply{204, {}, {}};
        }
        return Reply{404, {}, R"({"message":"not found"})"};
    }

private:
    static constexpr std::size_t kPage = 2;
    std::uint64_t last_instance_ = 100;

    static std::string basics(std::uint32_t release) {
        return fmt::format(R"("basic_information":{{"id":{0},"title":"Title {0}","year":1985,)"
                           R"("artists":[{{"name":"Ann"}}],"formats":[{{"name":"CD"}}]}})",
                           release);
    }

    static std::string page(const Seen& seen, std::string_view name,
                            const std::vector<std::string>& items) {
        const auto at = seen.target.find("page=");
        std::size_t number = 1;
        for (auto from = at; from != std::string::npos;
             from = seen.target.find("page=", from + 1)) {
            if (seen.target[from - 1] != '_') { // not per_page
                number = std::stoul(seen.target.substr(from + 5));
            }
        }
        const std::size_t pages = std::max<std::size_t>(1, (items.size() + kPage - 1) / kPage);
        std::string list;
        for (std::size_t i = (number - 1) * kPage; i < std::min(items.size(), number * kPage);
             ++i) {
            list += (list.empty() ? "" : ",") + items[i];
        }
        return fmt::format(R"({{"pagination":{{"page":{},"pages":{},"items":{}}},"{}":[{}]}})",
                           number, pages, items.size(), name, list);
    }

    static std::string decoded(const std::string& text) {
        std::string out;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '%' && i + 2 < text.size()) {
                out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
                i += 2;
            } else {
                out += text[i];
            }
        }
        return out;
    }
};

} // namespace spindle::testing
