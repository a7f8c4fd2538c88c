// SPDX-License-Identifier: Apache-2.0
#include "shelf/shelf_truth.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "io/file.h"

namespace spindle::bench {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

std::string text_in(const Json& json, const char* name) {
    const auto found = json.find(name);
    return found == json.end() || found->is_null() ? "" : found->get<std::string>();
}

std::vector<image::Point> points_of(const Json& json) {
    std::vector<image::Point> points;
    for (const Json& point : json) {
        points.push_back({point.at(0).get<double>(), point.at(1).get<double>()});
    }
    return points;
}

image::Quad quad_of(const Json& json) {
    const auto points = points_of(json);
    image::Quad quad;
    for (std::size_t i = 0; i < 4; ++i) {
        quad.corners[i] = points.at(i);
    }
    return quad;
}

ShelfTruth truth_of(const Json& json, const fs::path& photos) {
    ShelfTruth truth;
    truth.photo = photos / json.at("image").get<std::string>();
    truth.kind = text_in(json, "kind");
    for (const Json& one : json.at("spines")) {
        TrueSpine& spine = truth.spines.emplace_back();
        spine.id = text_in(one, "id");
        spine.quad = quad_of(one.at("quad"));
        spine.legible = one.at("legible").get<bool>();
        spine.text = text_in(one, "text");
        spine.artist = text_in(one, "artist");
        spine.title = text_in(one, "title");
        spine.number = text_in(one, "catno");
        // null: nobody knows which
        const auto release = one.find("release");
        if (release != one.end() && !release->is_null()) {
            spine.release = release->get<std::uint32_t>();
        }
        for (const Json& print : one.value("prints", Json::array())) {
            spine.prints.push_back({text_in(print, "role"), text_in(print, "font"),
                                    print.at("height_px").get<double>(),
                                    print.at("contrast").get<double>()});
        }
    }
    for (const Json& region : json.value("ignore_regions", Json::array())) {
        truth.ignored.push_back(points_of(region));
    }
    for (const Json& quad : json.value("unprinted", Json::array())) {
        truth.unprinted.push_back(quad_of(quad));
    }
    return truth;
}

} // namespace

Result<ShelfTruth> read_truth(const fs::path& file, const fs::path& photos) {
    SPINDLE_TRY(const auto content, io::read_file(file, 64U << 20U));
    try {
        return truth_of(Json::parse(content), photos);
    } catch (const std::exception& exception) {
        return fail(Code::BadInput, "{}: {}", file.string(), exception.what());
    }
}

Result<std::vector<ShelfTruth>> read_truths(const fs::path& folder, const fs::path& photos) {
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".json") {
            files.push_back(entry.path());
        }
    }
    if (error) {
        return tl::unexpected(system_error(folder.string(), error.value()));
    }
    if (files.empty()) {
        return fail(Code::NotFound, "{}: no truth (*.json) in it", folder.string());
    }
    std::sort(files.begin(), files.end());
    std::vector<ShelfTruth> truths;
    for (const fs::path& file : files) {
        SPINDLE_TRY(auto truth, read_truth(file, photos));
        truths.push_back(std::move(truth));
    }
    return truths;
}

} // namespace spindle::bench
