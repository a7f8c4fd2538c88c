// SPDX-License-Identifier: Apache-2.0
#include "server/routes/sender_words.h"

#include <nlohmann/json.hpp>

#include "app/jobs/grading_job.h"
#include "app/jobs/scan_job.h"
#include "base/text.h"
#include "document/json.h"

namespace spindle::server {
namespace {

/// A text as it stands within a JSON document, without its quotes.
std::string within_json(const std::string& text) {
    std::string quoted =
        document::Json(text).dump(-1, ' ', false, document::Json::error_handler_t::replace);
    return quoted.substr(1, quoted.size() - 2);
}

std::string with(std::string text, const std::vector<std::pair<std::string, std::string>>& pairs) {
    for (const auto& [from, to] : pairs) {
        text = text::replaced(text, from, to);
    }
    return text;
}

} // namespace

SenderWords::SenderWords(const std::filesystem::path& folder, const store::StoredJob& job) {
    if (job.kind == store::JobKind::Grading) {
        plain_.emplace_back((folder / app::kRecordingFile).string(), job.name);
    } else if (const auto scan = app::read_scan_job(job.options)) {
        for (std::size_t i = 0; i < scan->photos.size(); ++i) {
            const bool has_name = i < scan->names.size() && !scan->names[i].empty();
            plain_.emplace_back((folder / scan->photos[i]).string(),
                                has_name ? scan->names[i] : scan->photos[i]);
            // Alone it stands in what is told of progress: "item":"photo-1.jpg".
            json_.emplace_back('"' + within_json(scan->photos[i]) + '"',
                               '"' + within_json(plain_.back().second) + '"');
        }
    }
    plain_.emplace_back(folder.string() + "/", ""); // what else lies there, by its name alone
    plain_.emplace_back(folder.string(), "the job's folder");
    for (const auto& [from, to] : plain_) {
        json_.emplace_back(within_json(from), within_json(to));
    }
}

std::string SenderWords::in_json(std::string text) const {
    return with(std::move(text), json_);
}

Error SenderWords::in(Error error) const {
    error.message = with(std::move(error.message), plain_);
    return error;
}

} // namespace spindle::server
