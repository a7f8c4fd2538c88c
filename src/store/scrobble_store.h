// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scrobble/outbox.h"
#include "store/library.h"

namespace spindle::store {

/// A moment by a clock that only counts since the machine was started.
struct BootMoment {
    std::string boot; ///< which start it was: /proc/sys/kernel/random/boot_id
    Seconds since{0}; ///< CLOCK_BOOTTIME
};

/// A listen to be queued.
struct NewListen {
    scrobble::Listen listen; ///< scrobble::cleaned()
    /// When the clock was not set as it began: its started_at is worked out later.
    std::optional<BootMoment> unset_clock;
};

/// How one listen stands with one service.
struct DeliveryState {
    std::string service;
    scrobble::Delivery delivery = scrobble::Delivery::Owed;
    int attempts = 0;
    Timestamp attempted_at = 0; ///< 0 = never
    std::string reason;
};

/// A listen with all its deliveries.
struct QueuedListen {
    std::int64_t id = 0;
    scrobble::Listen listen;
    bool waits_for_clock = false;
    std::vector<DeliveryState> deliveries; ///< by service
};

struct ServiceSummary {
    std::string service;
    scrobble::ServiceState state;
    std::int64_t owed = 0, attempted = 0, done = 0, dead = 0, expired = 0;
    std::optional<Timestamp> oldest_owed; ///< when the listen that waits longest began
};

/// The owner's listens on their way to services.
///
/// Every changing call is one transaction, and after it returns neither a kill nor a power cut
/// takes it back. One instance per thread; several processes may use one file. Errors as
/// LibraryStore's.
class ScrobbleStore : public scrobble::Outbox {
public:
    /// Where the database was moved that was found damaged when this one was opened, and replaced
    /// by a new one: to be said loudly.
    virtual const std::optional<std::filesystem::path>& set_aside() const = 0;

    /// Keeps a listen, owed to each of `services`, at the second it began or the next free one.
    /// The same listen (artist, title, time reported) is kept once, however often it is queued.
    /// @return its id
    virtual Result<std::int64_t> queue(const NewListen& listen,
                                       std::span<const std::string> services, Timestamp now) = 0;
    /// The listen that began last, of those queued.
    virtual Result<std::optional<scrobble::Listen>> last_listen() = 0;
    /// Gives the listens of that boot their times, now that `moment` is known to be `now`. Those of
    /// other boots will never have one: they become dead letters, to be given one by hand.
    /// @return how many got a time
    virtual Result<int> set_clock(const BootMoment& moment, Timestamp now) = 0;

    virtual Result<std::vector<ServiceSummary>> summaries() = 0;
    /// What is not done everywhere, oldest first, at most `most`.
    virtual Result<std::vector<QueuedListen>> open_listens(std::size_t most) = 0;
    virtual Result<std::optional<QueuedListen>> listen(std::int64_t id) = 0;

    /// What may be changed in a dead or expired letter. Code::BadInput for a listen that a service
    /// has or may have. The new time is moved to a free second.
    virtual Result<void> edit(std::int64_t id, const scrobble::Listen& listen) = 0;
    /// Dead and expired deliveries of these listens become owed again; all, if `listens` is empty.
    /// Also ends a halt and the pause of every service. @return how many deliveries
    virtual Result<int> retry(std::span<const std::int64_t> listens) = 0;
    /// Ends halt and pause of one service: the owner has logged in.
    virtual Result<void> resume(const std::string& service) = 0;
    /// Forgets what is owed for these listens to all services, or to one.
    /// @return how many deliveries
    virtual Result<int> drop(std::span<const std::int64_t> listens,
                             const std::optional<std::string>& service) = 0;
};

} // namespace spindle::store
