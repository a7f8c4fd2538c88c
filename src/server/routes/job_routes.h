// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/backends.h"
#include "app/jobs/job_queue.h"
#include "app/settings/settings.h"
#include "market/discogs_client.h"
#include "server/event_stream.h"
#include "server/message.h"

namespace spindle::server {

/// What the routes of scans and gradings work with.
struct JobServices {
    std::filesystem::path data_folder;
    std::shared_ptr<app::JobQueue> jobs;
};

/// What the work of jobs needs from above.
struct JobWorld {
    std::filesystem::path data_folder;
    const app::Backends& backends;
    std::function<Result<app::Settings>()> settings;
    /// A client, or null where there is no token (app/dig/dig.h).
    std::function<Result<std::unique_ptr<market::DiscogsClient>>()> discogs;
    std::string user_agent; ///< io::user_agent()
};

/// Opens the queue of a data folder, DATA/jobs, in three lanes: what somebody waits for (scans,
/// gradings); the catalog; the library. So an hour's import holds up no scan, and a long download
/// no look at the folders.
Result<std::shared_ptr<app::JobQueue>> open_job_queue(JobWorld world);

/// A job's events, as a stream of them wants it.
std::shared_ptr<EventSource> events_of(std::shared_ptr<app::JobQueue> jobs,
                                       const store::StoredJob& job);

/// A job as JSON, with what the queue knows of it; `more` is put into the object: "\"scan\":{...}".
std::string job_json(const app::JobQueue& jobs, const store::StoredJob& job,
                     const std::string& more = {});

/// GET of a list, GET of the events and DELETE of one, which are the same for all kinds.
class Router;
void add_common_routes(Router& router, const std::string& path, store::JobKind kind,
                       const JobServices& services);

/// POST of PATH/{id}/cancel: it is stopped and stays in the list.
void add_cancel_route(Router& router, const std::string& path, store::JobKind kind,
                      const JobServices& services);

/// A document that a job leaves in its folder.
struct JobResult {
    const char* name; ///< under which it stands in the answer; null until it is there
    const char* file;
    std::uint64_t largest; ///< bytes
};
/// GET of PATH/{id}: the job with what came out.
void add_detail_route(Router& router, const std::string& path, store::JobKind kind,
                      const JobServices& services, JobResult result);

/// Where what came with a request lies until it is in a job's folder, on the same disk; gone with
/// this.
class Holding {
public:
    static Result<Holding> make(const Request& request, const std::filesystem::path& data_folder);
    ~Holding();
    Holding(Holding&& other) noexcept;
    Holding& operator=(Holding&&) = delete;
    Holding(const Holding&) = delete;
    Holding& operator=(const Holding&) = delete;

    const std::filesystem::path& folder() const { return folder_; }

private:
    explicit Holding(std::filesystem::path folder) : folder_(std::move(folder)) {}
    std::filesystem::path folder_;
};

/// Body of requests that bring files: one file, or a form with several and fields.
struct Uploads {
    struct File {
        std::string name; ///< as the sender calls it; may be empty
        std::filesystem::path path;
    };
    std::vector<File> files; ///< in `folder`, "upload-1" and so on
    Fields fields;           ///< of the form

    /// A field of the form or else of the query; empty where there is neither.
    std::string value(const Request& request, std::string_view name) const;
};
/// A form in which nobody attached a file. "application/x-www-form-urlencoded" is what curl says of
/// whatever --data-binary sends, and what a browser says of a form without files; the body tells
/// which: of a form it is ASCII, with everything else written as %xx, while no photo and no
/// recording gets through its first bytes without a control character or one beyond ASCII.
///
/// It opens nothing that was shut. What a page of another site may make a browser send unasked
/// (this type, text/plain, a form with files, or no type at all) was never kept out by its type:
/// two of these are taken anyway. The guard keeps it out (server/guard.h), before any of the body
/// is read: by `Origin`, which browsers send with every POST to another site, by `Sec-Fetch-Site`,
/// and by `Host` where a name was made to point here; from elsewhere than this machine a token is
/// needed besides, and its cookie is SameSite=Strict. And what a <form> of this type itself can
/// send is refused here, as it begins with the name of a field.
/// @return true for a form; bodies that say another type are none
bool is_form_without_file(const Request& request);

/// Puts what came with a request into a folder. Errors: Code::BadInput for no file, more than
/// `most_files`, a form that is none, one of more than `largest` bytes.
Result<Uploads> take_uploads(const Request& request, const std::filesystem::path& folder,
                             std::size_t most_files, std::uint64_t largest);

} // namespace spindle::server
