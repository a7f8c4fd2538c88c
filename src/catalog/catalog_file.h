// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/release.h"
#include "catalog/term.h"

namespace spindle::catalog {

/// A release as a catalog file numbers it. Pressings of one recording group are neighbours.
using Document = std::uint32_t;

/// Documents [first, last): the pressings of one recording group.
struct DocumentRange {
    Document first = 0;
    Document last = 0;
};

/// A catalog file (FORMAT.md), mapped: opening reads its last page and its list of shards only, and
/// a look-up touches the pages it needs. Any number of threads and processes may read. The content
/// is not trusted: every number is bounded where it is used, blocks carry checksums.
///
/// Pages that were read stay mapped until there are about 200 MB of them, and are then given back,
/// so that a program that asks for days stays small.
class CatalogFile {
public:
    /// Code::NotFound without a file; Code::BadInput for a file that is none, of another version,
    /// cut short or damaged in its tables: the message says which, and what to do.
    static Result<CatalogFile> open(const std::filesystem::path& path);
    ~CatalogFile();
    CatalogFile(CatalogFile&&) noexcept;
    CatalogFile& operator=(CatalogFile&&) noexcept;

    std::uint32_t releases() const;
    std::uint32_t groups() const;
    /// One more than the greatest document. Not every number below it is in use.
    Document documents() const;
    /// Facts the import noted: name and value.
    std::map<std::string, std::string> about() const;
    std::uint64_t bytes() const;
    const std::filesystem::path& path() const;

    /// Reads the whole file and compares every checksum. Code::BadInput names the damaged section.
    Result<void> verify() const;

    std::optional<Document> find(ReleaseId id) const;
    DocumentRange group_of(Document document) const;
    /// Only where that group begins, which is quicker.
    Document group_start(Document document) const;

    /// Begins to fetch what count() will look at first: for asking about many terms in a row.
    void prefetch(TermHash term) const;
    /// How many releases a term has; 0 for most terms, which costs one cache line.
    std::uint32_t count(TermHash term) const;
    /// Appends the documents of a term, rising, if they are at most `most`. @return their number
    std::uint32_t read(TermHash term, std::uint32_t most, std::vector<Document>& out) const;
    /// Every release number with its document, by number.
    std::vector<ReleaseId> ids() const;

private:
    friend class CardReader;
    struct State;
    explicit CatalogFile(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Reads releases out of a catalog file; keeps the last few blocks it unpacked. One per thread; the
/// file must outlive it.
class CardReader {
public:
    explicit CardReader(const CatalogFile& file);
    ~CardReader();
    CardReader(CardReader&&) noexcept;
    CardReader& operator=(CardReader&&) noexcept;

    /// Everything but the tracklist. Valid until the next call. nullptr for a number that is not in
    /// use (between the parts of a file there are some). Code::BadInput for a damaged block.
    Result<const Release*> card(Document document);
    /// With the tracklist, if the catalog has one.
    Result<Release> release(Document document);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace spindle::catalog
