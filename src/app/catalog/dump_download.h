// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "app/catalog/dump_names.h"
#include "app/catalog/file_download.h"

namespace spindle::app {

/// Where Discogs publishes its data, under CC0, once a month.
inline constexpr const char* kDumpServer = "https://data.discogs.com/";

enum class Masters { Leave, Fetch };

struct DumpDownloadOptions {
    std::optional<Month> month;     ///< nothing = the newest that is complete
    std::string from = kDumpServer; ///< a server with the same pages
    std::filesystem::path folder;   ///< made if it is missing
    Masters masters = Masters::Leave;
    std::string user_agent;    ///< io::user_agent()
    Seconds stall_timeout{60}; ///< silence after which the connection is made anew
    Seconds page_timeout{120}; ///< for a page that lists files
    io::HttpPatience patience{};
};

struct DumpDownload {
    Month month;
    FetchedFile releases;
    std::optional<FetchedFile> masters;
    std::filesystem::path checksums; ///< the list of sums beside them, as published
};

/// What a download would fetch.
struct DumpOffer {
    Month month;
    std::string releases;               ///< the name of its file
    std::optional<std::uint64_t> bytes; ///< of it, where the server says so
    std::uint64_t there = 0;            ///< of these, fetched before
};

/// Asks which month it would be, and how large. Changes nothing. Errors as download_dump(), but for
/// those of the disk.
Result<DumpOffer> offered_dump(const DumpDownloadOptions& options, const std::stop_token& stop);

/// Fetches a monthly dump of Discogs' releases with its checksum file: the month asked for, else
/// the newest of this year or last for which both are listed. See fetch_file() for how.
///
/// Errors: Code::NotFound if no such month is listed; Code::NoAccess when the server refuses, with
/// the way through a browser; Code::Busy while another process fetches into the folder;
/// Code::NoSpace; Code::BadInput for a wrong sum; Code::Failed for what the network does;
/// Code::Cancelled, which keeps what was fetched.
Result<DumpDownload> download_dump(const DumpDownloadOptions& options, const ProgressSink& progress,
                                   const std::stop_token& stop);

} // namespace spindle::app
