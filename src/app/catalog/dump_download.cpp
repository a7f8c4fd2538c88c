// SPDX-License-Identifier: Apache-2.0
#include "app/catalog/dump_download.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "io/file.h"

namespace spindle::app {
namespace {

constexpr std::uint64_t kLargestIndex = 4ULL << 20U;      // a year's page has 10 KB
constexpr std::uint64_t kLargestChecksums = 64ULL << 10U; // 400 bytes
constexpr std::uint64_t kLargestDump = 1ULL << 40U;       // 10 GB in 2026

int this_year() {
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    return static_cast<int>(std::chrono::year_month_day(today).year());
}

/// The server, as a month's download needs it.
class DumpServer {
public:
    DumpServer(const DumpDownloadOptions& options, const std::stop_token& stop)
        : options_(options), stop_(stop) {}

    /// Dumps listed for a year; none for a year the server does not know.
    Result<std::vector<DumpDay>> listed(int year) const {
        auto page =
            io::http_page(request(fmt::format("?prefix=data%2F{}%2F", year), kLargestIndex), stop_);
        if (!page && page.error().head.status == 404) {
            return std::vector<DumpDay>{};
        }
        if (!page) {
            return tl::unexpected(explained(std::move(page.error())));
        }
        return listed_dumps(*page);
    }

    Result<std::string> checksums(const DumpDay& day) const {
        auto text =
            io::http_page(file_request(day, day.checksums_name(), kLargestChecksums), stop_);
        if (!text) {
            return tl::unexpected(explained(std::move(text.error())).within(day.checksums_name()));
        }
        return std::move(*text);
    }

    /// Its size, by asking for it and taking no more than the head of the answer.
    Result<std::optional<std::uint64_t>> size_of(const DumpDay& day) const {
        const auto stream =
            io::HttpStream::open(file_request(day, day.releases_name(), kLargestDump), stop_);
        if (!stream) {
            return tl::unexpected(explained(stream.error()).within(day.releases_name()));
        }
        if (stream->head().status != 200) {
            return tl::unexpected(explained(io::status_error(options_.from, stream->head()))
                                      .within(day.releases_name()));
        }
        return stream->head().total();
    }

    Result<FetchedFile> fetch(const DumpDay& day, const std::string& name,
                              const std::string& checksums, const ProgressSink& progress) const {
        const auto sum = listed_sum(checksums, name);
        if (!sum) {
            return fail(Code::BadInput, "{}: has no SHA-256 for {}; try again in some hours",
                        day.checksums_name(), name);
        }
        FileToFetch file{file_request(day, name, kLargestDump), options_.patience,
                         options_.folder / name, *sum};
        file.request.limits.whole_timeout = Seconds{0};
        auto fetched = fetch_file(file, progress, stop_);
        if (!fetched) {
            const bool again =
                fetched.error().passing() || fetched.error().kind == io::HttpFailure::Cancelled;
            Error error = explained(std::move(fetched.error())).within(name);
            if (again) {
                error.message += "; what came is kept, and the same command goes on from there";
            }
            return tl::unexpected(std::move(error));
        }
        return std::move(*fetched);
    }

private:
    io::HttpRequest request(const std::string& query, std::uint64_t largest) const {
        io::HttpRequest request;
        request.url = options_.from + query;
        request.user_agent = options_.user_agent;
        request.limits.stall_timeout = options_.stall_timeout;
        request.limits.whole_timeout = options_.page_timeout;
        request.limits.largest_body = largest;
        return request;
    }

    io::HttpRequest file_request(const DumpDay& day, const std::string& name,
                                 std::uint64_t largest) const {
        return request(fmt::format("?download=data%2F{}%2F{}", day.month().year, name), largest);
    }

    /// The error with what the owner can do about it.
    static Error explained(io::HttpError failure) {
        Error error = std::move(failure.error);
        if (failure.head.status == 403) {
            error.message += fmt::format(
                "; it refuses this computer's address, as it does with data centres and some "
                "VPNs. Download discogs_YYYYMMDD_releases.xml.gz in a browser from {} and run: "
                "spindle catalog import FILE",
                kDumpServer);
        }
        return error;
    }

    const DumpDownloadOptions& options_;
    const std::stop_token& stop_;
};

bool complete(const DumpDay& day, Masters masters) {
    return day.releases && day.checksums && (masters == Masters::Leave || day.masters);
}

/// The newest complete dump of the month, or of all there are.
Result<DumpDay> choose(const DumpServer& server, const DumpDownloadOptions& options) {
    const int year = options.month ? options.month->year : this_year();
    const int oldest = options.month ? year : year - 1;
    std::optional<Month> newest; // complete, but not the month asked for
    for (int one = year; one >= oldest; --one) {
        SPINDLE_TRY(const auto days, server.listed(one));
        for (const DumpDay& day : days) {
            if (!complete(day, options.masters)) {
                continue;
            }
            if (!options.month || day.month() == *options.month) {
                return day;
            }
            newest = std::max(newest.value_or(day.month()), day.month());
        }
    }
    if (!options.month) {
        return fail(Code::NotFound, "{}: lists no complete dump of {} or {}",
                    io::shown_url(options.from), year, oldest);
    }
    return fail(Code::NotFound, "{}: lists no complete dump of {}; {}", io::shown_url(options.from),
                to_string(*options.month),
                newest ? fmt::format("the newest of that year is {}", to_string(*newest))
                       : std::string("there is none of that year"));
}

} // namespace

Result<DumpOffer> offered_dump(const DumpDownloadOptions& options, const std::stop_token& stop) {
    const DumpServer server(options, stop);
    SPINDLE_TRY(const DumpDay day, choose(server, options));
    DumpOffer offer{day.month(), day.releases_name(), std::nullopt, 0};
    SPINDLE_TRY(offer.bytes, server.size_of(day));
    for (const char* const end : {"", ".part"}) {
        std::error_code error;
        const auto there =
            std::filesystem::file_size(options.folder / (offer.releases + end), error);
        offer.there = error ? offer.there : there;
    }
    return offer;
}

Result<DumpDownload> download_dump(const DumpDownloadOptions& options, const ProgressSink& progress,
                                   const std::stop_token& stop) {
    const DumpServer server(options, stop);
    std::error_code error;
    std::filesystem::create_directories(options.folder, error);
    if (error) {
        return tl::unexpected(system_error(options.folder.string(), error.value()));
    }
    SPINDLE_TRY(const auto lock, io::FileLock::acquire(options.folder / "download.lock"));
    SPINDLE_TRY(const DumpDay day, choose(server, options));
    SPINDLE_TRY(const std::string checksums, server.checksums(day));
    DumpDownload download;
    download.month = day.month();
    download.checksums = options.folder / day.checksums_name();
    // Before the dump: whoever fetches only half of it by hand later still has its sum.
    SPINDLE_TRY_VOID(io::write_atomically(download.checksums, checksums));
    SPINDLE_TRY(download.releases, server.fetch(day, day.releases_name(), checksums, progress));
    if (options.masters == Masters::Fetch) {
        SPINDLE_TRY(download.masters, server.fetch(day, day.masters_name(), checksums, progress));
    }
    return download;
}

} // namespace spindle::app
