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

/// Stands in for ListenBrainz' API, and for Maloja's and Koito's likenesses of it. Written from its
/// documentation and source.
class ListenBrainzServer : public FaultyServer {
public:
    static constexpr const char* kToken = "00000000-1111-2222-3333-aaaaaaaaaaaa";
    static constexpr const char* kUser = "tester";
    static constexpr const char* kSubmit = "/1/submit-listens"; ///< for fail_next

    enum class Kind { ListenBrainz, Maloja, Koito };

    struct Options {
        Kind kind = Kind::ListenBrainz;
        std::function<std::int64_t()> now; ///< seconds since 1970-01-01 UTC; nothing: the system's
        /// The real one takes the same listen once. Off, a test sees what was sent twice.
        bool deduplicates = true;
        std::string poison; ///< a title for which a whole request is refused: 400
        /// Requests in a fixed window, told in headers; those beyond are 429.
        int requests = 1'000'000;
        std::int64_t window = 10; ///< seconds
    };

    ListenBrainzServer() : ListenBrainzServer(Options{}) {}
    explicit ListenBrainzServer(Options options);
    ~ListenBrainzServer();

    /// What a client is given as address: without "/1".
    std::string api() const;
    /// "/1/submit-listens" -> what goes wrong with the next requests for it, one each.
    void fail_next(const std::string& path, std::vector<Trouble> troubles);
    void fail_always(const std::string& path, std::optional<Trouble> trouble);
    void revoke_token();
    void accept_token();

    /// In the order they were stored.
    std::vector<Stored> stored() const;
    std::optional<Stored> playing() const;
    int calls(const std::string& path) const;
    int refused() const; ///< 429s by the limit

private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace spindle::testing
