// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <ctime>

#include <nlohmann/json.hpp>

#include "app/collection/collection_files.h"
#include "app/collection/copy_plays.h"
#include "app/collection/copy_records.h"
#include "app/collection/copy_value.h"
#include "app/collection/note_discs.h"
#include "app/library/folding.h"
#include "app/settings/settings.h"
#include "base/clock.h"
#include "base/time_text.h"
#include "document/collection_document.h"
#include "document/json.h"
#include "inference/places.h"
#include "server/json_request.h"
#include "server/routes/routes.h"

namespace spindle::server {
namespace {

using document::Json;

constexpr std::uint64_t kLargestTable = 64ULL << 20U; // 300,000 discs
constexpr std::size_t kLongestFolder = 200, kLongestCondition = 50, kLongestNotes = 2000;
constexpr std::size_t kLongestFilter = 500; // characters, as those

/// Every word is somewhere in what is printed of it, whatever case and accents.
bool fits(const store::Copy& copy, const std::string& folded_words) {
    const std::string all =
        app::folded(fmt::format("{} {} {} {} {} {} {}", copy.artist, copy.title, copy.label,
                                copy.number, copy.format, copy.notes, copy.release.value));
    std::size_t start = 0;
    while (start < folded_words.size()) {
        const auto end = std::min(folded_words.find(' ', start), folded_words.size());
        if (all.find(folded_words.substr(start, end - start)) == std::string::npos) {
            return false;
        }
        start = end + 1;
    }
    return true;
}

Result<std::vector<std::optional<double>>> values_of(House& house,
                                                     const std::vector<store::Copy>& copies) {
    const auto file = inference::model_file("appraisal.json");
    if (!file || copies.empty()) { // without the model nothing is known of prices
        return std::vector<std::optional<double>>(copies.size());
    }
    SPINDLE_TRY(const auto model, market::AppraisalModel::open(*file));
    SPINDLE_TRY(const auto set, app::load_settings(house.config_folder));
    SPINDLE_TRY(const auto market, house.market.lend());
    return app::values_of_copies(copies, *market, set.rates, model, system_seconds());
}

Result<Response> collection(House& house, const Request& request) {
    for (const char* name : {"q", "folder"}) {
        if (characters_of(request.query_value(name).value_or("")) > kLongestFilter) {
            return fail(Code::BadInput, "{}: longer than {} characters", name, kLongestFilter);
        }
    }
    const std::string words = app::folded(request.query_value("q").value_or(""));
    const auto folder = request.query_value("folder");
    SPINDLE_TRY(const auto store, house.collection.lend());
    SPINDLE_TRY(auto copies, store->copies());
    std::erase_if(copies, [&](const store::Copy& copy) {
        return (folder && copy.folder != *folder) || !fits(copy, words);
    });
    SPINDLE_TRY(const auto plays, house.plays.lend());
    SPINDLE_TRY(const auto library, house.library.lend());
    SPINDLE_TRY(const auto played, app::plays_of_copies(copies, *plays, *library));
    SPINDLE_TRY(const auto records, app::records_of_copies(copies, *library));
    SPINDLE_TRY(const auto values, values_of(house, copies));
    Json list = Json::array();
    for (std::size_t i = 0; i < copies.size(); ++i) {
        Json json = document::to_json(copies[i]);
        json["plays"] = played[i].plays;
        json["last_played"] = played[i].plays == 0 ? Json() : Json(utc_text(played[i].last));
        json["value"] = values[i] ? Json(document::rounded(*values[i], 100)) : Json();
        json["cover"] = records[i].value == 0
                            ? Json()
                            : Json(fmt::format("/api/covers/records/{}", records[i].value));
        list.push_back(std::move(json));
    }
    return Response::json(document::to_text(list));
}

Result<Response> add_copy(House& house, const Request& request) {
    SPINDLE_TRY(const auto json, object_of(request));
    app::NewCopy disc;
    SPINDLE_TRY(const auto id, number_field(json, "release_id", 1, kMostReleaseId));
    disc.release.value = static_cast<std::uint32_t>(id);
    SPINDLE_TRY(const auto folder, text_field(json, "folder", kLongestFolder));
    SPINDLE_TRY(const auto media, text_field(json, "media_condition", kLongestCondition));
    SPINDLE_TRY(const auto sleeve, text_field(json, "sleeve_condition", kLongestCondition));
    SPINDLE_TRY(const auto notes, text_field(json, "notes", kLongestNotes));
    disc.folder = folder.value_or("");
    disc.media = media.value_or("");
    disc.sleeve = sleeve.value_or("");
    disc.notes = notes.value_or("");
    const auto catalog = house.catalog.get();
    SPINDLE_TRY(auto copy, app::copy_of(disc, app::ReleaseNames(catalog ? catalog->get() : nullptr),
                                        std::time(nullptr)));
    SPINDLE_TRY(const auto store, house.collection.lend());
    SPINDLE_TRY(const auto kept, store->add({&copy, 1}));
    copy.id = kept.front();
    return Response::json(document::to_text(document::to_json(copy)), 201);
}

Result<Response> export_table(House& house) {
    SPINDLE_TRY(const auto store, house.collection.lend());
    SPINDLE_TRY(auto table, app::export_collection(*store));
    return Response::text(std::move(table), "text/csv; charset=utf-8")
        .with("Content-Disposition", "attachment; filename=\"collection.csv\"");
}

Result<Response> import_table(House& house, const Request& request) {
    SPINDLE_TRY(const auto store, house.collection.lend());
    SPINDLE_TRY(const auto report, app::import_collection(request.body, *store));
    Json troubles = Json::array();
    for (const market::SkippedRow& row : report.skipped) {
        troubles.push_back({{"line", row.line}, {"message", row.why}});
    }
    return Response::json(document::to_text(Json{{"rows", report.rows},
                                                 {"added", report.added},
                                                 {"changed", report.changed},
                                                 {"known", report.known},
                                                 {"troubles", troubles}}));
}

Result<Response> wants(House& house) {
    SPINDLE_TRY(const auto store, house.collection.lend());
    SPINDLE_TRY(const auto wishes, store->wishes());
    Json list = Json::array();
    for (const store::Wish& wish : wishes) {
        list.push_back(document::to_json(wish));
    }
    return Response::json(document::to_text(list));
}

Result<app::WantChanges> change(House& house, std::int64_t id, store::WantState state,
                                const std::string& notes) {
    const ReleaseId release{static_cast<std::uint32_t>(id)};
    const auto catalog = house.catalog.get();
    SPINDLE_TRY(const auto store, house.collection.lend());
    return app::change_wants(*store, {&release, 1}, state,
                             app::ReleaseNames(catalog ? catalog->get() : nullptr), notes);
}

Result<Response> add_want(House& house, const Request& request) {
    SPINDLE_TRY(const auto json, object_of(request));
    SPINDLE_TRY(const auto id, number_field(json, "release_id", 1, kMostReleaseId));
    SPINDLE_TRY(const auto notes, text_field(json, "notes", kLongestNotes));
    SPINDLE_TRY(const auto changes, change(house, id, store::WantState::ToAdd, notes.value_or("")));
    return Response::json(document::to_text(document::to_json(changes.changed.front())), 201);
}

Result<Response> drop_want(House& house, const Request& request) {
    SPINDLE_TRY(const auto id, request.id("release", kMostReleaseId));
    SPINDLE_TRY(const auto changes, change(house, id, store::WantState::ToRemove, {}));
    if (!changes.not_wanted.empty()) {
        return fail(Code::NotFound, "release {} is not wanted", id);
    }
    return Response::no_content();
}

} // namespace

void add_collection_routes(Router& router, House& house) {
    router.add(Method::Get, "/api/collection", {},
               [&house](const Request& request) { return collection(house, request); });
    router.add(Method::Post, "/api/collection", json_body(),
               [&house](const Request& request) { return add_copy(house, request); });
    router.add(Method::Get, "/api/collection.csv", {},
               [&house](const Request&) { return export_table(house); });
    router.add(Method::Post, "/api/collection.csv",
               {Who::Paired, Body::Memory, kLargestTable, {"text/csv", "text/plain"}},
               [&house](const Request& request) { return import_table(house, request); });
    router.add(Method::Get, "/api/wants", {}, [&house](const Request&) { return wants(house); });
    router.add(Method::Post, "/api/wants", json_body(),
               [&house](const Request& request) { return add_want(house, request); });
    router.add(Method::Delete, "/api/wants/{release}", {},
               [&house](const Request& request) { return drop_want(house, request); });
}

} // namespace spindle::server
