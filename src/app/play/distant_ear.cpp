// SPDX-License-Identifier: Apache-2.0
#include "app/play/distant_ear.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include "app/play/captured_ear.h"
#include "app/play/heard_spool.h"
#include "io/file.h"

namespace spindle::app {
namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;

/// "00000012-" and 32 hexadecimal digits: in order of beginning whatever the clock, and one of its
/// kind in the world.
std::string new_stream(std::uint64_t number) {
    std::random_device random;
    std::string name = fmt::format("{:08}-", number);
    for (int i = 0; i < 4; ++i) {
        name += fmt::format("{:08x}", random());
    }
    return name;
}

std::vector<std::string> streams_in(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (auto entry = fs::directory_iterator(folder, error);
         !error && entry != fs::directory_iterator(); entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        constexpr std::size_t kLength = 8 + 1 + 32;
        if (entry->is_directory(error) && name.size() == kLength && name[8] == '-') {
            names.push_back(name);
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

bool passes(const Error& error) {
    return error.code == Code::Failed || error.code == Code::Busy;
}

/// What goes from the thread that hears to the one that sends.
class Pending {
public:
    /// Waits while far too much is pending: a file is read faster than it is sent.
    void add(HeardPiece piece) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return pieces_.size() < 2 * HeardBatch::kMostPieces; });
        pieces_.push_back(std::move(piece));
        if (pieces_.size() >= HeardBatch::kMostPieces) {
            changed_.notify_all();
        }
    }
    void end() {
        const std::lock_guard lock(mutex_);
        ended_ = true;
        changed_.notify_all();
    }
    /// What came since, after waiting `length`, or until the end.
    std::vector<HeardPiece> take(Seconds length) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, length,
                          [this] { return ended_ || pieces_.size() >= HeardBatch::kMostPieces; });
        const auto count = std::min(pieces_.size(), HeardBatch::kMostPieces);
        const auto end = pieces_.begin() + static_cast<std::ptrdiff_t>(count);
        std::vector<HeardPiece> taken(std::make_move_iterator(pieces_.begin()),
                                      std::make_move_iterator(end));
        pieces_.erase(pieces_.begin(), end);
        changed_.notify_all();
        return taken;
    }
    bool is_over() const {
        const std::lock_guard lock(mutex_);
        return ended_ && pieces_.empty();
    }
    /// Nobody takes what is pending any more: nothing more is to be added.
    void give_up() {
        const std::lock_guard lock(mutex_);
        given_up_ = true;
        pieces_.clear();
        changed_.notify_all();
    }
    bool is_given_up() const {
        const std::lock_guard lock(mutex_);
        return given_up_;
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<HeardPiece> pieces_;
    bool ended_ = false;
    bool given_up_ = false;
};

/// Sends what is pending, by way of the disk when the line is gone.
class Sender {
public:
    Sender(const EarLine& line, fs::path folder, std::string boot, const ClockSources& clocks,
           const DistantEarOptions& options, const EarNote& note)
        : line_(line), folder_(std::move(folder)), boot_(std::move(boot)), clocks_(clocks),
          options_(options), note_(note), wait_(options.first_wait) {}

    Result<void> begin() {
        older_ = streams_in(folder_);
        const auto number = older_.empty() ? 1 : std::stoull(older_.back().substr(0, 8)) + 1;
        stream_ = new_stream(number);
        SPINDLE_TRY(spool_, HeardSpool::open(folder_ / stream_));
        return {};
    }

    /// Until the source has ended and all is sent, or patience is at its end.
    Result<void> run(Pending& pending, const std::stop_token& stop) {
        std::optional<steady_clock::time_point> ended;
        for (;;) {
            const bool is_over = pending.is_over();
            if (is_over && !ended) {
                ended = steady_clock::now();
            }
            if (is_over &&
                (stop.stop_requested() || steady_clock::now() - *ended > options_.patience)) {
                return {};
            }
            auto pieces = is_over ? std::vector<HeardPiece>() : pending.take(options_.batch);
            if (!pieces.empty()) {
                SPINDLE_TRY_VOID(send(std::move(pieces), stop));
            }
            SPINDLE_TRY_VOID(send_waiting(stop));
            if (pending.is_over() && spool_->empty() && older_.empty()) {
                return end_stream(stop);
            }
            if (is_over) {
                std::this_thread::sleep_for(std::chrono::milliseconds(100));
            }
        }
    }

    std::uint64_t sent() const { return sent_; }
    std::size_t waiting() const { return spool_->size() + older_.size(); }
    std::size_t dropped() const { return dropped_; }

private:
    HeardBatch batch_of(std::vector<HeardPiece> pieces) {
        HeardBatch batch;
        batch.first = next_;
        batch.boot = boot_;
        batch.clock = read_clocks(clocks_);
        batch.pieces = std::move(pieces);
        next_ = batch.next();
        return batch;
    }

    Result<void> send(std::vector<HeardPiece> pieces, const std::stop_token& stop) {
        HeardBatch batch = batch_of(std::move(pieces));
        if (spool_->empty() && older_.empty() && is_due()) {
            const auto taken = line_.send(stream_, batch, stop);
            if (taken && *taken >= batch.next()) {
                sent_ += batch.pieces.size();
                tell_back();
                return {};
            }
            if (!taken) {
                if (const auto gone = tell_gone(taken.error()); !gone) {
                    SPINDLE_TRY_VOID(spool_->add(batch)); // for when the box is let in again
                    return gone;
                }
            }
        }
        SPINDLE_TRY(const auto dropped, spool_->add(batch));
        if (dropped > 0 && dropped_ == 0) {
            note_("the server was away for too long: the oldest of what was heard is dropped");
        }
        dropped_ += dropped;
        return {};
    }

    bool is_due() const { return steady_clock::now() >= not_before_; }

    /// The line failed: later again. An error that does not pass is given back.
    Result<void> tell_gone(const Error& error) {
        if (!passes(error)) {
            return tl::unexpected(error);
        }
        if (!is_gone_) {
            note_("the server cannot be reached, what is heard is kept: " + error.message);
        }
        is_gone_ = true;
        not_before_ =
            steady_clock::now() + std::chrono::duration_cast<steady_clock::duration>(wait_);
        wait_ = std::min(options_.longest_wait, 2 * wait_);
        return {};
    }

    void tell_back() {
        if (std::exchange(is_gone_, false)) {
            note_("the server is back");
        }
        wait_ = options_.first_wait;
    }

    /// What is on the disk, oldest stream first, until all is gone or the line is.
    Result<void> send_waiting(const std::stop_token& stop) {
        while (!older_.empty() && is_due() && !stop.stop_requested()) {
            SPINDLE_TRY(auto spool, HeardSpool::open(folder_ / older_.front()));
            SPINDLE_TRY(const bool empty, empty_out(spool, older_.front(), stop));
            if (!empty) {
                return {};
            }
            if (const auto ended = line_.end(older_.front(), stop); !ended) {
                return tell_gone(ended.error());
            }
            forget(older_.front());
            older_.erase(older_.begin());
        }
        if (older_.empty()) {
            SPINDLE_TRY_VOID(empty_out(*spool_, stream_, stop));
        }
        return {};
    }

    /// @return whether all of it is safe there.
    Result<bool> empty_out(HeardSpool& spool, const std::string& stream,
                           const std::stop_token& stop) {
        std::uint64_t wanted = 0;
        while (!spool.empty()) {
            if (!is_due() || stop.stop_requested()) {
                return false;
            }
            auto batch = spool.from(wanted);
            if (!batch && batch.error().code == Code::NotFound) {
                batch = spool.oldest(); // it begins before what is wanted, and reaches beyond it
            }
            if (!batch) {
                note_("of what waited, a part is lost: " + batch.error().message);
                continue;
            }
            if (batch->boot == boot_) {
                batch->clock = read_clocks(clocks_); // by now it may have been set
            }
            const auto taken = line_.send(stream, *batch, stop);
            if (!taken) {
                SPINDLE_TRY_VOID(tell_gone(taken.error()));
                return false;
            }
            tell_back();
            if (*taken < batch->next()) {
                return fail(Code::BadInput, "the server does not take what it is sent");
            }
            sent_ += batch->pieces.size();
            SPINDLE_TRY_VOID(spool.drop_before(*taken));
            wanted = *taken;
        }
        return true;
    }

    Result<void> end_stream(const std::stop_token& stop) {
        if (next_ > 0) {
            if (const auto ended = line_.end(stream_, stop); !ended) {
                return tell_gone(ended.error()); // its empty folder says so the next time
            }
        }
        forget(stream_);
        return {};
    }

    void forget(const std::string& stream) const {
        std::error_code error; // an empty folder that stays is ended once more, no harm done
        fs::remove(folder_ / stream, error);
    }

    const EarLine& line_;
    fs::path folder_;
    std::string boot_;
    const ClockSources& clocks_;
    DistantEarOptions options_;
    const EarNote& note_;
    std::vector<std::string> older_; ///< streams of earlier runs that are not sent yet
    std::string stream_;
    std::optional<HeardSpool> spool_;
    std::uint64_t next_ = 0; ///< number of the next piece
    std::uint64_t sent_ = 0;
    std::size_t dropped_ = 0;
    bool is_gone_ = false;
    Seconds wait_;
    steady_clock::time_point not_before_{};
};

} // namespace

Result<DistantEarReport> hear_for(const EarLine& line, const fs::path& folder,
                                  audio::Capture& capture, const ClockSources& clocks,
                                  const DistantEarOptions& options, const EarNote& note) {
    std::error_code error;
    fs::create_directories(folder, error);
    SPINDLE_TRY(const auto lock, io::FileLock::acquire(folder / "lock"));
    SPINDLE_TRY(auto boot, boot_id());
    std::mutex telling;
    const EarNote tell = [&](const std::string& text) {
        const std::lock_guard one(telling);
        note(text);
    };
    Sender sender(line, folder, std::move(boot), clocks, options, tell);
    SPINDLE_TRY_VOID(sender.begin());
    Pending pending;
    Result<void> sent;
    std::jthread sending([&](const std::stop_token& stop) {
        sent = sender.run(pending, stop);
        pending.give_up();
    });
    const CapturedEar::Sink sink = [&](const turntable::Heard& heard, BootTime end) {
        pending.add({heard, end});
    };
    DistantEarReport report;
    CapturedEar ear;
    Result<void> failed;
    while (failed && !pending.is_given_up()) {
        const auto block = capture.next();
        if (!block) {
            report.interrupted = block.error().code == Code::Cancelled;
            if (!report.interrupted) {
                failed = tl::unexpected(block.error());
            }
            break;
        }
        if (block->event == audio::CaptureEvent::End) {
            break;
        }
        if (block->event == audio::CaptureEvent::Sound) {
            failed = ear.feed(*block, sink);
            report.heard += Seconds{static_cast<double>(block->frames()) / block->rate.hz};
        } else if (block->event != audio::CaptureEvent::Waiting) {
            tell(block->note);
        }
    }
    if (!pending.is_given_up()) {
        ear.finish(sink);
    }
    pending.end();
    sending.join();
    report.sent = sender.sent();
    report.waiting = sender.waiting();
    report.dropped = sender.dropped();
    SPINDLE_TRY_VOID(sent);
    SPINDLE_TRY_VOID(failed);
    return report;
}

} // namespace spindle::app
