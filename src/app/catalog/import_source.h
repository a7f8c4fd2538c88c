// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "app/catalog/import_report.h"
#include "base/result.h"
#include "io/byte_source.h"
#include "io/sha256.h"

namespace spindle::app {

/// What is imported, unpacked, with its first bytes read to see what it is.
struct ImportSource {
    std::string head;                      ///< the first bytes, read already
    std::unique_ptr<io::ByteSource> bytes; ///< all after the head
    bool packed = false;                   ///< by gzip, going by its name
    std::string published_sum;             ///< SHA-256 from the checksum file beside it; or empty
    std::unique_ptr<io::Sha256> sum;       ///< of the bytes as they lie in the file

    bool looks_like_xml() const;

    /// After all has been read: compares the sums. Code::BadInput if they differ.
    Result<Checksum> check_sum() const;
};

/// What the catalog notes as its source: the last part of a name, in one line whatever it holds.
std::string noted_name(std::string_view source);

/// Reads on. Of packed bytes that are damaged or end early the error says what to do.
Result<std::size_t> read_source(io::ByteSource& source, std::span<std::byte> into);

/// Opens a file, an http(s) URL or "-" (standard input). A transfer that is cut is taken up again.
/// Beside a file, `*CHECKSUM*.txt` is looked for, which Discogs publishes with its dumps
/// (sha256sum's format); a line for the file's name in it will be compared.
Result<ImportSource> open_import_source(const std::string& source, const std::string& user_agent,
                                        const std::stop_token& stop);

} // namespace spindle::app
