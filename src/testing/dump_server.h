// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "io/sha256.h"
#include "testing/faulty_server.h"

namespace spindle::testing {

/// A server with pages like those of https://data.discogs.com/ and small made-up dumps. Needs
/// spindle_io.
class DumpServer : public FaultyServer {
public:
    /// Lists a file of a day ("20260701"), `kind` as in its name: "releases.xml.gz".
    void list(const std::string& date, const std::string& kind) {
        const std::string year = date.substr(0, 4);
        std::string& page = pages_[year];
        page += fmt::format("2026-07-01 08:50:20   1 MB  <a href=\"{}\">{}</a>\n",
                            target(date, kind).substr(1), name(date, kind));
        serve(index(year), "<html><body><pre>\n" + page + "</pre></body></html>\n");
    }

    /// Lists a file and has it.
    void put(const std::string& date, const std::string& kind, const std::string& content) {
        list(date, kind);
        serve(target(date, kind), content, "\"" + sum_of(content) + "\"");
        checksums_[date] += fmt::format("{} *{}\n", sum_of(content), name(date, kind));
    }

    /// A complete day: releases, masters and the checksum file.
    void put_day(const std::string& date, const std::string& releases) {
        put(date, "releases.xml.gz", releases);
        put(date, "masters.xml.gz", "masters of " + date);
        put_checksums(date, checksums_[date]);
    }

    void put_checksums(const std::string& date, const std::string& text) {
        list(date, "CHECKSUM.txt");
        serve(target(date, "CHECKSUM.txt"), text);
    }

    static std::string name(const std::string& date, const std::string& kind) {
        return "discogs_" + date + "_" + kind;
    }
    static std::string index(const std::string& year) { return "/?prefix=data%2F" + year + "%2F"; }
    static std::string target(const std::string& date, const std::string& kind) {
        return "/?download=data%2F" + date.substr(0, 4) + "%2F" + name(date, kind);
    }
    static std::string sum_of(const std::string& content) {
        io::Sha256 sum;
        sum.update(std::as_bytes(std::span(content)));
        return sum.hex();
    }

private:
    std::map<std::string, std::string> pages_, checksums_;
};

} // namespace spindle::testing
