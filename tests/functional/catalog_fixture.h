// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "spindle_fixture.h"

namespace spindle::functional {

/// A word that no other number has: "sumo" for 1, "tapu" for 2, ...
inline std::string word_of(unsigned number) {
    constexpr std::string_view kConsonants = "bdfgklmnprstvz";
    constexpr std::string_view kVowels = "aeiou";
    unsigned rest = number * 7919 + 104'729; // so that neighbours share little
    std::string word;
    for (; rest > 0; rest /= 70) {
        word += kConsonants[rest % 14];
        word += kVowels[rest / 14 % 5];
    }
    return word;
}

/// One release as a dump has it, between `<release id=...>` and its end whatever a test puts there.
inline std::string record(unsigned id, std::string_view content) {
    return fmt::format("<release id=\"{}\" status=\"Accepted\">{}</release>\n", id, content);
}

/// What an ordinary release has, made from its number. Every third one is on vinyl, the others are
/// CDs; two in a row have one master.
inline std::string ordinary_content(unsigned id) {
    return fmt::format(
        "<artists><artist><id>{0}</id><name>{1} {2}</name></artist></artists>"
        "<title>{3} {4}</title><labels><label catno=\"{5} {0}\" id=\"1\" name=\"{6}\"/></labels>"
        "<formats><format name=\"{7}\" qty=\"1\" text=\"\"><descriptions><description>Album"
        "</description></descriptions></format></formats><country>Sweden</country>"
        "<released>1999-03-00</released><master_id is_main_release=\"true\">{8}</master_id>"
        "<tracklist><track><position>1</position><title>{4} {3}</title><duration>3:20</duration>"
        "</track></tracklist>",
        id, word_of(id), word_of(id + 100'000), word_of(id + 200'000), word_of(id + 300'000),
        word_of(id % 7).substr(0, 3), word_of(id % 7), id % 3 == 0 ? "Vinyl" : "CD", 1000 + id / 2);
}

/// A releases dump of records.
inline std::string dump_of(std::string_view records) {
    return fmt::format("<?xml version=\"1.0\"?>\n<releases>\n{}</releases>\n", records);
}

/// Ordinary releases `first` to `last`.
inline std::string records(unsigned first, unsigned last) {
    std::string all;
    for (unsigned id = first; id <= last; ++id) {
        all += record(id, ordinary_content(id));
    }
    return all;
}

inline std::string small_dump(unsigned first, unsigned last) {
    return dump_of(records(first, last));
}

/// The program, and dumps to feed it.
class CatalogTest : public SpindleTest {
protected:
    std::filesystem::path write(const std::string& name, std::string_view content) const {
        const auto path = folder_ / name;
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }

    std::vector<std::string> import_of(const std::string& source,
                                       std::vector<std::string> more = {}) const {
        std::vector<std::string> words{"catalog", "import", source};
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }

    /// Imports and gives the report.
    Json import(const std::string& source, std::vector<std::string> more = {},
                int expected_exit = 0) {
        const auto lines = run_json(import_of(source, std::move(more)), expected_exit);
        EXPECT_EQ(lines.size(), 1U);
        return lines.empty() ? Json() : lines[0];
    }

    /// The title a release has in the catalog; empty if it is not there.
    std::string title_of(unsigned id) {
        const auto ended = run({"catalog", "show", "--json", std::to_string(id)});
        const auto lines = lines_of(ended.out);
        return lines.empty() || !lines[0].contains("title") ? ""
                                                            : lines[0]["title"].get<std::string>();
    }
    static std::string ordinary_title(unsigned id) {
        return word_of(id + 200'000) + " " + word_of(id + 300'000);
    }

    Json show(unsigned id) { return run_json({"catalog", "show", std::to_string(id)}).at(0); }
    Json stats() { return run_json({"catalog", "stats"}).at(0); }

    std::filesystem::path catalog_folder() const { return data() / "catalog"; }
    std::filesystem::path catalog_file() const { return catalog_folder() / "discogs.catalog"; }

    /// What lies in the catalog's folder, the lock aside.
    std::set<std::string> left_in_folder() const {
        std::set<std::string> names;
        std::error_code error;
        for (std::filesystem::recursive_directory_iterator entry(catalog_folder(), error), end;
             !error && entry != end; entry.increment(error)) {
            names.insert(entry->path().filename().string());
        }
        names.erase("LOCK");
        return names;
    }

    /// The catalog of releases 1 to 20 answers, and nothing else lies beside it.
    void expect_old_catalog() {
        EXPECT_EQ(title_of(20), ordinary_title(20));
        EXPECT_EQ(title_of(21), "");
        EXPECT_EQ(stats()["releases"], 20);
        EXPECT_EQ(left_in_folder(), std::set<std::string>{"discogs.catalog"});
    }
    void import_old_catalog() { import(write("old.xml", small_dump(1, 20))); }
};

} // namespace spindle::functional
