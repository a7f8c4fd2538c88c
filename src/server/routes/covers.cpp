// SPDX-License-Identifier: Apache-2.0
#include "app/covers/covers.h"

#include <limits>

#include "app/collection/copy_records.h"
#include "base/text.h"
#include "server/json_request.h"
#include "server/routes/routes.h"

namespace spindle::server {
namespace {

constexpr std::size_t kLongestTitle = 500; // characters
constexpr std::int64_t kMostId = std::numeric_limits<std::uint32_t>::max();

/// The picture; 204 where none is known, or not yet: no error, as most pages have a place for it.
Response cover_of(House& house, std::span<const store::TrackFile> files) {
    const auto cover = house.covers ? house.covers->of(files) : std::nullopt;
    return cover ? Response::of_file(*cover, "image/jpeg")
                       .with("Cache-Control", "private, max-age=3600")
                 : Response::no_content();
}

Result<Response> of_track(House& house, const Request& request) {
    SPINDLE_TRY(const auto id, request.id("track", kMostId));
    SPINDLE_TRY(const auto track, [&]() -> Result<std::optional<store::Track>> {
        SPINDLE_TRY(const auto store, house.library.lend());
        return store->track(TrackId{static_cast<std::uint32_t>(id)});
    }());
    if (!track) {
        return fail(Code::NotFound, "there is no track {}", id);
    }
    return cover_of(house, track->files);
}

Result<Response> of_record(House& house, const Request& request) {
    SPINDLE_TRY(const auto id, request.id("record", kMostId));
    const RecordId record{static_cast<std::uint32_t>(id)};
    std::vector<store::TrackFile> files;
    {
        SPINDLE_TRY(const auto store, house.library.lend());
        SPINDLE_TRY(files, store->files_of(record));
    }
    if (files.empty()) {
        return fail(Code::NotFound, "there is no record {}", id);
    }
    return cover_of(house, files);
}

/// A disc of a scan is no record of the library: nothing links the two but what they are called.
Result<Response> of_title(House& house, const Request& request) {
    for (const char* const name : {"artist", "title"}) {
        const auto word = request.query_value(name).value_or("");
        if (text::trimmed(word).empty() || characters_of(word) > kLongestTitle) {
            return fail(Code::BadInput, "{}: must be there, of at most {} characters", name,
                        kLongestTitle);
        }
    }
    std::vector<store::TrackFile> files;
    {
        SPINDLE_TRY(const auto store, house.library.lend());
        SPINDLE_TRY(const auto record, app::record_called(*request.query_value("artist"),
                                                          *request.query_value("title"), *store));
        if (!record) {
            return Response::no_content();
        }
        SPINDLE_TRY(files, store->files_of(*record));
    }
    return cover_of(house, files);
}

} // namespace

void add_cover_routes(Router& router, House& house) {
    router.add(Method::Get, "/api/covers/tracks/{track}", {},
               [&house](const Request& request) { return of_track(house, request); });
    router.add(Method::Get, "/api/covers/records/{record}", {},
               [&house](const Request& request) { return of_record(house, request); });
    router.add(Method::Get, "/api/covers/titles", {},
               [&house](const Request& request) { return of_title(house, request); });
}

} // namespace spindle::server
