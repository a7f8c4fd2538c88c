// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "testing/faulty_server.h"
#include "testing/trouble.h"

namespace spindle::testing {

/// Stands in for Last.fm's API 2.0 (XML, or JSON with format=json), for its page on which tokens
/// are approved, and for Maloja's likeness of it. Written from the documentation and from what
/// clients have met; pylast agrees with it (tests/scrobbling/pylast_test.cpp).
class LastfmServer : public FaultyServer {
public:
    static constexpr const char* kKey = "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk";
    static constexpr const char* kSecret = "ssssssssssssssssssssssssssssssss";
    static constexpr const char* kUser = "tester";
    static constexpr const char* kPassword = "aRightPassword";
    static constexpr const char* kSession = "aSessionOfTestsOnly"; ///< valid from the beginning

    /// What the service does with listens that are too old.
    enum class TooOld { Code3, Code1, AcceptedAndLost };
    /// As of whom it behaves.
    enum class Kind { Lastfm, Maloja, MultiScrobbler };

    struct Options {
        Kind kind = Kind::Lastfm;
        std::function<std::int64_t()> now; ///< seconds since 1970-01-01 UTC; nothing: the system's
        /// The real one takes the same listen once. Off, a test sees what was sent twice.
        bool deduplicates = true;
        std::string poison; ///< a title for which a whole request is refused: error 6
        TooOld too_old = TooOld::Code3;
        bool counts_as_text = false;    ///< "@attr" as it was met, too
        std::optional<int> daily_limit; ///< listens taken before code 5
        bool private_history = false;   ///< error 17 without a session
    };

    LastfmServer() : LastfmServer(Options{}) {}
    explicit LastfmServer(Options options);
    ~LastfmServer();

    std::string api() const;
    /// "track.scrobble" -> what goes wrong with the next calls of it, one each.
    void fail_next(const std::string& method, std::vector<Trouble> troubles);
    void fail_always(const std::string& method, std::optional<Trouble> trouble);
    /// The owner takes back all logins.
    void end_sessions();
    /// As if the owner had logged in once more.
    void begin_session(const std::string& key);
    void approve(const std::string& token);
    void lift_daily_limit();

    /// In the order they were stored.
    std::vector<Stored> stored() const;
    std::optional<Stored> playing() const;
    int calls(const std::string& method) const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace spindle::testing
