// SPDX-License-Identifier: Apache-2.0
#include "app/catalog/dump_reading.h"

#include <chrono>
#include <mutex>
#include <thread>

#include "app/catalog/batch_queue.h"
#include "app/catalog/import_source.h"
#include "catalog/dump/master_xml.h"
#include "catalog/dump/release_xml.h"

namespace spindle::app {
namespace {

constexpr std::size_t kReadBytes = 1U << 20U;
constexpr std::size_t kBatchBytes = 1U << 20U;

/// Whole records, end to end.
struct RecordBatch {
    std::string bytes;
    std::vector<std::size_t> ends;
};

/// Tells how far a source is, with the time left.
class SourceProgress {
public:
    SourceProgress(std::string step, const io::ByteSource& source, const ProgressSink& sink)
        : step_(std::move(step)), source_(source), sink_(sink) {}

    void show() {
        constexpr std::uint64_t kMegabyte = 1'000'000;
        const auto total = source_.total();
        Progress progress{step_, "MB", source_.consumed() / kMegabyte,
                          total.value_or(0) / kMegabyte, std::nullopt};
        if (total && *total > 0) {
            const Seconds elapsed = std::chrono::steady_clock::now() - begun_;
            progress.remaining = remaining_.estimate(
                elapsed, static_cast<double>(source_.consumed()), static_cast<double>(*total));
        }
        sink_(progress);
    }

private:
    std::string step_;
    const io::ByteSource& source_;
    const ProgressSink& sink_;
    RemainingTime remaining_;
    std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

/// Feeds all of a source to a splitter. @param cut_by takes the error of packed data that ends
/// early or is damaged; nullptr = that is an error
Result<void> split_all(catalog::RecordSplitter& splitter, std::string_view head,
                       io::ByteSource& source, const catalog::RecordSplitter::Sink& sink,
                       SourceProgress& progress, std::uint64_t& bytes, std::string* cut_by,
                       const std::stop_token& stop) {
    std::vector<char> buffer(kReadBytes);
    bytes = head.size();
    if (const auto fed = splitter.feed(std::span(head.data(), head.size()), sink); !fed) {
        return tl::unexpected(fed.error().within(source.name()));
    }
    while (!stop.stop_requested()) {
        const auto room = std::as_writable_bytes(std::span(buffer));
        auto read = cut_by != nullptr ? source.read(room) : read_source(source, room);
        if (!read && cut_by != nullptr && read.error().code == Code::BadInput) {
            *cut_by = read.error().message;
            read = 0;
        }
        SPINDLE_TRY(const std::size_t got, std::move(read));
        if (got == 0) {
            const auto finished = splitter.finish();
            return finished ? Result<void>{}
                            : tl::unexpected(finished.error().within(source.name()));
        }
        bytes += got;
        if (const auto fed = splitter.feed(std::span(buffer).first(got), sink); !fed) {
            return tl::unexpected(fed.error().within(source.name()));
        }
        progress.show();
    }
    return fail(Code::Cancelled, "{}: stopped; the catalog is as it was", source.name());
}

/// The threads that read the records' XML, and what they share.
class RecordWorkers {
public:
    RecordWorkers(unsigned threads, const ReleaseSink& sink) : sink_(sink), queue_(2U * threads) {
        for (unsigned i = 0; i < threads; ++i) {
            threads_.emplace_back([this] { run(); });
        }
    }
    ~RecordWorkers() { queue_.close(); }
    RecordWorkers(const RecordWorkers&) = delete;
    RecordWorkers& operator=(const RecordWorkers&) = delete;

    void add(std::string_view record) {
        batch_.bytes += record;
        batch_.ends.push_back(batch_.bytes.size());
        if (batch_.bytes.size() >= kBatchBytes) {
            push();
        }
    }
    bool failed() {
        const std::scoped_lock lock(mutex_);
        return error_.has_value();
    }
    /// Waits until all is done. @return what was odd, or the first error of the sink
    Result<catalog::Quirks> finish() {
        push();
        queue_.end();
        threads_.clear(); // joins
        return error_ ? Result<catalog::Quirks>(tl::unexpected(*error_)) : quirks_;
    }

private:
    void push() {
        if (!batch_.ends.empty()) {
            queue_.push(std::exchange(batch_, {}));
        }
    }
    void run() {
        catalog::ReleaseReader reader;
        catalog::Quirks quirks;
        while (const auto batch = queue_.pop()) {
            std::vector<catalog::Release> releases;
            releases.reserve(batch->ends.size());
            std::size_t begin = 0;
            for (const std::size_t end : batch->ends) {
                const auto record = std::string_view(batch->bytes).substr(begin, end - begin);
                if (auto release = reader.read(record, quirks)) {
                    releases.push_back(std::move(*release));
                }
                begin = end;
            }
            if (const auto taken = sink_(std::move(releases)); !taken) {
                const std::scoped_lock lock(mutex_);
                error_ = error_ ? error_ : taken.error();
                queue_.close();
            }
        }
        const std::scoped_lock lock(mutex_);
        quirks_ += quirks;
    }

    const ReleaseSink& sink_;
    BatchQueue<RecordBatch> queue_;
    RecordBatch batch_;
    std::mutex mutex_;
    std::optional<Error> error_;
    catalog::Quirks quirks_;
    std::vector<std::jthread> threads_; // last: they use all of the above
};

} // namespace

Result<DumpCounts> read_releases_dump(std::string_view head, io::ByteSource& source,
                                      unsigned threads, CutDump cut, const ReleaseSink& sink,
                                      const ProgressSink& progress, const std::stop_token& stop) {
    catalog::RecordSplitter splitter("release");
    SourceProgress shown("reading releases", source, progress);
    DumpCounts counts;
    std::stop_source own_stop;
    const std::stop_callback forward(stop, [&] { own_stop.request_stop(); });
    RecordWorkers workers(threads, sink);
    const auto done = split_all(
        splitter, head, source,
        [&](std::string_view record) {
            workers.add(record);
            if (workers.failed()) {
                own_stop.request_stop(); // a full disk: no need to read on
            }
        },
        shown, counts.text_bytes, cut == CutDump::Accept ? &counts.cut_by : nullptr,
        own_stop.get_token());
    if (!done && !workers.failed()) {
        return tl::unexpected(done.error());
    }
    SPINDLE_TRY(counts.quirks, workers.finish());
    counts.split = splitter.counts();
    return counts;
}

Result<DumpCounts> read_masters_dump(std::string_view head, io::ByteSource& source,
                                     const std::function<void(MasterId, std::uint16_t year)>& sink,
                                     const ProgressSink& progress, const std::stop_token& stop) {
    catalog::RecordSplitter splitter("master");
    SourceProgress shown("reading masters", source, progress);
    DumpCounts counts;
    SPINDLE_TRY_VOID(split_all(
        splitter, head, source,
        [&](std::string_view record) {
            if (const auto master = catalog::read_master(record, counts.quirks)) {
                sink(master->id, master->year);
            }
        },
        shown, counts.text_bytes, nullptr, stop));
    counts.split = splitter.counts();
    return counts;
}

} // namespace spindle::app
