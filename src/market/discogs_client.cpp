// SPDX-License-Identifier: Apache-2.0
#include "market/discogs_client.h"

#include <algorithm>

#include "base/text.h"
#include "io/web_text.h"
#include "market/detail/discogs_json.h"
#include "market/detail/discogs_transport.h"

namespace spindle::market {
namespace {

using detail::Call;
using io::percent_encoded;

/// Puts "Discogs, release 5: " in front of what could not be read.
template <typename T>
DiscogsResult<T> readable(Result<T> value, const Call& call) {
    if (!value) {
        return tl::unexpected(DiscogsError{
            DiscogsFailure::Nonsense, value.error().within(fmt::format("Discogs, {}", call.what))});
    }
    return std::move(*value);
}

std::string user_path(const std::string& user, std::string_view rest) {
    return fmt::format("/users/{}{}", percent_encoded(user), rest);
}

/// Is it https://host..., or http://127.0.0.1 with or without a port?
bool is_allowed(std::string_view url) {
    constexpr std::string_view kLoopback = "http://127.0.0.1";
    const bool plain = url.find_first_of("@?# \r\n\t\\") == std::string_view::npos;
    if (!plain) {
        return false;
    }
    if (url.starts_with(kLoopback)) {
        const std::string_view rest = url.substr(kLoopback.size());
        const std::string_view port = rest.substr(0, rest.find('/'));
        return port.empty() ||
               (port.front() == ':' && port.find_first_not_of("0123456789", 1) == port.npos);
    }
    constexpr std::string_view kSecure = "https://";
    return url.starts_with(kSecure) && url.size() > kSecure.size() && url[kSecure.size()] != '/';
}

} // namespace

bool looks_like_token(std::string_view text) {
    return text.size() >= 8 && text.size() <= 200 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

DiscogsClient::DiscogsClient(std::unique_ptr<detail::DiscogsTransport> transport)
    : transport_(std::move(transport)) {}
DiscogsClient::~DiscogsClient() = default;

Result<std::unique_ptr<DiscogsClient>> DiscogsClient::create(DiscogsOptions options) {
    while (options.url.ends_with('/')) {
        options.url.pop_back();
    }
    if (!is_allowed(options.url)) {
        return fail(Code::BadInput,
                    "{}: Discogs is reached by https:// (or, for tests, http://127.0.0.1)",
                    io::shown_url(options.url));
    }
    if (!options.token.empty() && !looks_like_token(options.token)) {
        return fail(Code::BadInput,
                    "that is no token of Discogs; make one at "
                    "https://www.discogs.com/settings/developers and run: spindle login discogs");
    }
    return std::unique_ptr<DiscogsClient>(
        new DiscogsClient(std::make_unique<detail::DiscogsTransport>(std::move(options))));
}

bool DiscogsClient::has_token() const {
    return transport_->has_token();
}

Seconds DiscogsClient::time_for(int requests) const {
    return transport_->time_for(requests);
}

DiscogsResult<Identity> DiscogsClient::identity(const std::stop_token& stop) const {
    const Call call{"who you are", "/oauth/identity"};
    SPINDLE_TRY(const auto body, transport_->send(call, stop));
    return readable(detail::read_identity(body), call);
}

DiscogsResult<MarketFigures> DiscogsClient::figures(ReleaseId release, const std::string& currency,
                                                    const std::stop_token& stop) const {
    const Call call{
        fmt::format("release {}", release.value),
        fmt::format("/releases/{}?curr_abbr={}", release.value, percent_encoded(currency))};
    SPINDLE_TRY(const auto body, transport_->send(call, stop));
    return readable(detail::read_release(body, release, currency), call);
}

DiscogsResult<PriceSuggestions> DiscogsClient::suggestions(ReleaseId release,
                                                           const std::stop_token& stop) const {
    const Call call{fmt::format("suggested prices of release {}", release.value),
                    fmt::format("/marketplace/price_suggestions/{}", release.value)};
    SPINDLE_TRY(const auto body, transport_->send(call, stop));
    return readable(detail::read_suggestions(body), call);
}

DiscogsResult<std::uint64_t> DiscogsClient::versions(MasterId master,
                                                     const std::stop_token& stop) const {
    const Call call{fmt::format("versions of master {}", master.value),
                    fmt::format("/masters/{}/versions?per_page=1", master.value)};
    SPINDLE_TRY(const auto body, transport_->send(call, stop));
    return readable(detail::read_total(body), call);
}

DiscogsResult<Page<SearchHit>> DiscogsClient::search(const SearchQuery& query,
                                                     const std::stop_token& stop) const {
    Call call{"search", "/database/search?type=release&per_page=50"};
    const auto add = [&call](std::string_view name, const std::string& value) {
        if (!value.empty()) {
            call.path += fmt::format("&{}={}", name, percent_encoded(value));
        }
    };
    add("format", query.format);
    add("q", query.words);
    add("artist", query.artist);
    add("release_title", query.title);
    add("catno", query.number);
    add("barcode", query.barcode);
    add("page", std::to_string(std::max(1, query.page)));
    SPINDLE_TRY(const auto body, transport_->send(call, stop));
    return readable(detail::read_search(body), call);
}

DiscogsResult<std::vector<CollectionFolder>>
DiscogsClient::folders(const std::string& user, const std::stop_token& stop) const {
    const Call call{"folders of the collection", user_path(user, "/collection/folders")};
    SPINDLE_TRY(const auto body, transport_->send(call, stop));
    return readable(detail::read_folders(body), call);
}

DiscogsResult<std::vector<CollectionField>>
DiscogsClient::fields(const std::string& user, const std::stop_token& stop) const {
    const Call call{"fields of the collection", user_path(user, "/collection/fields")};
    SPINDLE_TRY(const auto body, transport_->send(call, stop));
    return readable(detail::read_fields(body), call);
}

DiscogsResult<Page<CollectionItem>> DiscogsClient::collection(const std::string& user,
                                                              std::uint32_t folder, int page,
                                                              const std::stop_token& stop) const {
    const Call call{fmt::format("collection, page {}", page),
                    user_path(user, fmt::format("/collection/folders/{}/"
                                                "releases?per_page=100&page={}",
                                                folder, page))};
    SPINDLE_TRY(const auto body, transport_->send(call, stop));
    return readable(detail::read_collection(body), call);
}

DiscogsResult<std::uint64_t> DiscogsClient::add_to_collection(const std::string& user,
                                                              std::uint32_t folder,
                                                              ReleaseId release,
                                                              const std::stop_token& stop) const {
    const Call call{
        fmt::format("adding release {} to the collection", release.value),
        user_path(user, fmt::format("/collection/folders/{}/releases/{}", folder, release.value)),
        io::HttpMethod::Post};
    SPINDLE_TRY(const auto body, transport_->send(call, stop));
    return readable(detail::read_instance(body), call);
}

DiscogsResult<void> DiscogsClient::set_field(const std::string& user, const CollectionItem& copy,
                                             const FieldNote& note,
                                             const std::stop_token& stop) const {
    const Call call{fmt::format("a note on release {}", copy.release.value),
                    user_path(user, fmt::format("/collection/folders/{}/releases/{}/instances/{}/"
                                                "fields/{}?value={}",
                                                copy.folder, copy.release.value, copy.instance,
                                                note.field, percent_encoded(note.value))),
                    io::HttpMethod::Post};
    SPINDLE_TRY_VOID(transport_->send(call, stop));
    return {};
}

DiscogsResult<Page<Want>> DiscogsClient::wants(const std::string& user, int page,
                                               const std::stop_token& stop) const {
    const Call call{fmt::format("wants, page {}", page),
                    user_path(user, fmt::format("/wants?per_page=100&page={}", page))};
    SPINDLE_TRY(const auto body, transport_->send(call, stop));
    return readable(detail::read_wants(body), call);
}

DiscogsResult<void> DiscogsClient::add_want(const std::string& user, ReleaseId release,
                                            const std::stop_token& stop) const {
    const Call call{fmt::format("wanting release {}", release.value),
                    user_path(user, fmt::format("/wants/{}", release.value)), io::HttpMethod::Put};
    SPINDLE_TRY_VOID(transport_->send(call, stop));
    return {};
}

DiscogsResult<void> DiscogsClient::remove_want(const std::string& user, ReleaseId release,
                                               const std::stop_token& stop) const {
    const Call call{fmt::format("no longer wanting release {}", release.value),
                    user_path(user, fmt::format("/wants/{}", release.value)),
                    io::HttpMethod::Delete};
    SPINDLE_TRY_VOID(transport_->send(call, stop));
    return {};
}

} // namespace spindle::market
