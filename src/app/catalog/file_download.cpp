// SPDX-License-Identifier: Apache-2.0
#include "app/catalog/file_download.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "io/file.h"
#include "io/file_source.h"
#include "io/output_file.h"
#include "io/sha256.h"

namespace spindle::app {
namespace {

constexpr std::size_t kPiece = 256UL * 1024;
constexpr std::uint64_t kMegabyte = 1'000'000;

/// An error that is not the server's, where both may come back.
tl::unexpected<io::HttpError> ours(Error error) {
    const auto kind =
        error.code == Code::Cancelled ? io::HttpFailure::Cancelled : io::HttpFailure::Caller;
    return tl::unexpected(io::HttpError{kind, std::move(error), {}});
}

std::string size_text(std::uint64_t bytes) {
    const auto value = static_cast<double>(bytes);
    return bytes >= 1000 * kMegabyte ? fmt::format("{:.1f} GB", value / 1e9)
                                     : fmt::format("{:.1f} MB", value / 1e6);
}

/// Tells how one pass over a file goes.
class Report {
public:
    Report(const ProgressSink& sink, std::string step, std::string name, std::uint64_t begin)
        : sink_(sink), begin_(begin) {
        progress_.step = std::move(step);
        progress_.item = "MB of " + std::move(name);
    }

    void at(std::uint64_t done, std::optional<std::uint64_t> total) {
        progress_.done = done / kMegabyte;
        progress_.total = total.value_or(0) / kMegabyte;
        if (total && *total > begin_ && done >= begin_) {
            // What was there before says nothing about the speed of the line.
            progress_.remaining = time_.estimate(std::chrono::steady_clock::now() - begun_,
                                                 static_cast<double>(done - begin_),
                                                 static_cast<double>(*total - begin_));
        }
        if (sink_) {
            sink_(progress_);
        }
    }

private:
    const ProgressSink& sink_;
    std::uint64_t begin_;
    Progress progress_;
    RemainingTime time_;
    std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

/// One download under way.
class Fetch {
public:
    Fetch(const FileToFetch& file, const ProgressSink& progress, const std::stop_token& stop)
        : file_(file), progress_(progress), stop_(stop), part_(file.path.string() + ".part"),
          name_(file.path.filename().string()) {}

    io::HttpResult<FetchedFile> run();

private:
    enum class Outcome { Whole, BeginAgain };

    Result<io::Sha256> sum_of(const std::filesystem::path& path);
    io::HttpResult<Outcome> transfer();
    io::HttpResult<Outcome> append(io::HttpSource& source, io::OutputFile& output);
    Result<void> check_space(std::uint64_t needed) const;
    Result<FetchedFile> finish();
    Error wrong_sum(const std::filesystem::path& path, std::string_view sum) const;

    const FileToFetch& file_;
    const ProgressSink& progress_;
    const std::stop_token& stop_;
    std::filesystem::path part_;
    std::string name_;
    io::Sha256 sum_;
    std::uint64_t resumed_from_ = 0;
};

Result<io::Sha256> Fetch::sum_of(const std::filesystem::path& path) {
    SPINDLE_TRY(const auto source, io::open_file_source(path));
    io::Sha256 sum;
    Report report(progress_, "checking", path.filename().string(), 0);
    std::vector<std::byte> buffer(kPiece);
    for (;;) {
        if (stop_.stop_requested()) {
            return fail(Code::Cancelled, "stopped");
        }
        SPINDLE_TRY(const std::size_t got, source->read(buffer));
        if (got == 0) {
            return sum;
        }
        sum.update(std::span(buffer).first(got));
        report.at(source->consumed(), source->total());
    }
}

Result<void> Fetch::check_space(std::uint64_t needed) const {
    const auto folder = file_.path.parent_path();
    std::error_code error;
    const auto space = std::filesystem::space(folder, error);
    if (!error && space.available < needed) {
        return fail(Code::NoSpace,
                    "{}: {} more are needed, and {} are free; make room or choose another folder",
                    folder.string(), size_text(needed), size_text(space.available));
    }
    return {};
}

Error Fetch::wrong_sum(const std::filesystem::path& path, std::string_view sum) const {
    const std::filesystem::path bad = file_.path.string() + ".bad";
    std::error_code error;
    std::filesystem::rename(path, bad, error);
    return {
        Code::BadInput,
        fmt::format("its SHA-256 is {}, and should be {}; it is kept as {} and not used. Run the "
                    "same command again to fetch it anew, and delete the bad file",
                    sum, file_.sha256, error ? path.string() : bad.string())};
}

/// Fetches what PATH.part lacks, once.
io::HttpResult<Fetch::Outcome> Fetch::transfer() {
    auto output = io::OutputFile::append_to(part_);
    if (!output) {
        return ours(std::move(output.error()));
    }
    const std::uint64_t have = output->size();
    auto sum = have > 0 ? sum_of(part_) : Result<io::Sha256>(io::Sha256());
    if (!sum) {
        return ours(std::move(sum.error()));
    }
    sum_ = std::move(*sum);
    resumed_from_ = have;
    io::HttpRequest request = file_.request;
    request.first_byte = have;
    auto source = io::HttpSource::open(std::move(request), file_.patience, stop_);
    if (!source && have > 0 && source.error().head.status == 416) {
        const auto size = source.error().head.total();
        const bool whole = size ? *size == have : sum_.hex() == file_.sha256;
        return whole ? Outcome::Whole : Outcome::BeginAgain;
    }
    if (!source) {
        return tl::unexpected(std::move(source.error()));
    }
    return append(**source, *output);
}

io::HttpResult<Fetch::Outcome> Fetch::append(io::HttpSource& source, io::OutputFile& output) {
    const std::uint64_t have = output.size();
    const auto total = source.total();
    if (total && *total < have) {
        return Outcome::BeginAgain;
    }
    if (total) {
        if (auto space = check_space(*total - have); !space) {
            return ours(std::move(space.error()));
        }
    }
    Report report(progress_, "downloading", name_, have);
    std::vector<std::byte> buffer(kPiece);
    for (;;) {
        const auto got = source.read(buffer);
        if (!got) {
            return tl::unexpected(source.failure().value_or(io::HttpError{{}, got.error(), {}}));
        }
        if (*got == 0) {
            break;
        }
        const auto bytes = std::span(buffer).first(*got);
        if (auto written = output.append(bytes); !written) {
            return ours(std::move(written.error()));
        }
        sum_.update(bytes);
        report.at(source.consumed(), source.total());
    }
    if (auto synced = output.sync(); !synced) {
        return ours(std::move(synced.error()));
    }
    return Outcome::Whole;
}

Result<FetchedFile> Fetch::finish() {
    FetchedFile fetched{file_.path, 0, resumed_from_, sum_.hex(), false};
    if (fetched.sha256 != file_.sha256) {
        return tl::unexpected(wrong_sum(part_, fetched.sha256));
    }
    std::error_code error;
    fetched.bytes = std::filesystem::file_size(part_, error);
    std::filesystem::rename(part_, file_.path, error);
    if (error) {
        return tl::unexpected(system_error(file_.path.string(), error.value()));
    }
    SPINDLE_TRY_VOID(io::sync_folder(file_.path.parent_path()));
    return fetched;
}

io::HttpResult<FetchedFile> Fetch::run() {
    std::error_code error;
    if (std::filesystem::exists(file_.path, error)) {
        const auto sum = sum_of(file_.path);
        if (!sum) {
            return ours(sum.error());
        }
        if (sum->hex() != file_.sha256) {
            return ours(wrong_sum(file_.path, sum->hex()));
        }
        return FetchedFile{file_.path, std::filesystem::file_size(file_.path, error), 0,
                           file_.sha256, true};
    }
    auto outcome = transfer();
    if (outcome && *outcome == Outcome::BeginAgain) {
        std::filesystem::remove(part_, error);
        outcome = transfer();
    }
    if (!outcome) {
        return tl::unexpected(std::move(outcome.error()));
    }
    auto finished = finish();
    if (!finished) {
        return ours(std::move(finished.error()));
    }
    return std::move(*finished);
}

} // namespace

io::HttpResult<FetchedFile> fetch_file(const FileToFetch& file, const ProgressSink& progress,
                                       const std::stop_token& stop) {
    return Fetch(file, progress, stop).run();
}

} // namespace spindle::app
