// SPDX-License-Identifier: Apache-2.0
#include "app/catalog/import_source.h"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <system_error>

#include "app/catalog/dump_names.h"
#include "base/text.h"
#include "io/file.h"
#include "io/file_source.h"
#include "io/gzip.h"
#include "io/http_source.h"

namespace spindle::app {
namespace {

constexpr std::size_t kHeadBytes = 4096;
constexpr std::uint64_t kMostChecksumBytes = 64U << 10U;

/// The sum a checksum file beside `file` gives for it; empty if there is none.
std::string published_sum_of(const std::filesystem::path& file) {
    const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    const std::string name = file.filename().string();
    std::error_code error;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string other = entry->path().filename().string();
        if (other.find("CHECKSUM") == std::string::npos || !other.ends_with(".txt")) {
            continue;
        }
        const auto content = io::read_file(entry->path(), kMostChecksumBytes);
        if (const auto sum = content ? listed_sum(*content, name) : std::nullopt) {
            return *sum;
        }
    }
    return {};
}

} // namespace

bool ImportSource::looks_like_xml() const {
    std::string_view text = head;
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.remove_prefix(3);
    }
    return text::trimmed(text).starts_with('<');
}

Result<Checksum> ImportSource::check_sum() const {
    if (published_sum.empty()) {
        return Checksum::NotKnown;
    }
    if (sum->hex() != published_sum) {
        return fail(Code::BadInput,
                    "{}: its SHA-256 is not the one in the checksum file beside it: it was damaged "
                    "on the way, or is of another month. Fetch it again (spindle catalog "
                    "download). The catalog is as it was",
                    bytes->name());
    }
    return Checksum::Right;
}

std::string noted_name(std::string_view source) {
    std::string name(source.substr(source.find_last_of('/') + 1)); // npos + 1 = 0
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return name;
}

Result<std::size_t> read_source(io::ByteSource& source, std::span<std::byte> into) {
    auto got = source.read(into);
    if (!got && got.error().code == Code::BadInput) {
        got.error().message += ". Fetch it again; the catalog is as it was";
    }
    return got;
}

Result<ImportSource> open_import_source(const std::string& source, const std::string& user_agent,
                                        const std::stop_token& stop) {
    ImportSource opened;
    std::unique_ptr<io::ByteSource> raw;
    if (source == "-") {
        raw = io::open_stdin_source();
    } else if (source.starts_with("http://") || source.starts_with("https://")) {
        io::HttpRequest request;
        request.url = source;
        request.user_agent = user_agent;
        request.limits.largest_body = std::numeric_limits<std::uint64_t>::max();
        auto stream = io::HttpSource::open(std::move(request), {}, stop);
        if (!stream) {
            return tl::unexpected(stream.error().error);
        }
        raw = std::move(*stream);
    } else {
        SPINDLE_TRY(raw, io::open_file_source(source));
        opened.published_sum = published_sum_of(source);
    }
    if (!opened.published_sum.empty()) {
        opened.sum = std::make_unique<io::Sha256>();
        raw = io::hashing_source(std::move(raw), *opened.sum);
    }
    SPINDLE_TRY(opened.bytes, io::open_decoded(std::move(raw)));
    opened.head.resize(kHeadBytes);
    std::size_t got = 0;
    while (got < kHeadBytes) {
        SPINDLE_TRY(const std::size_t more,
                    read_source(*opened.bytes,
                                std::as_writable_bytes(std::span(opened.head)).subspan(got)));
        if (more == 0) {
            break;
        }
        got += more;
    }
    opened.head.resize(got);
    opened.packed = source.ends_with(".gz");
    if (got == 0) {
        return fail(Code::BadInput, "{}: empty; nothing to import", opened.bytes->name());
    }
    return opened;
}

} // namespace spindle::app
