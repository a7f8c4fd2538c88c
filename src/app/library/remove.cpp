// SPDX-License-Identifier: Apache-2.0
#include "app/library/remove.h"

#include <algorithm>
#include <set>

#include "app/library/library_writer.h"
#include "app/library/query.h"
#include "app/library/walk.h"

namespace spindle::app {
namespace {

/// Collects what is to go, by name.
class Selection {
public:
    Selection(store::LibraryStore& store, std::vector<store::KnownFile> known, RemoveReport& report)
        : store_(store), known_(std::move(known)), report_(report) {}

    void add_missing() {
        for (const store::KnownFile& file : known_) {
            if (file.missing) {
                take(file);
            }
        }
    }

    Result<void> add(const std::string& name) {
        if (const auto id = track_id_of(name);
            id && add_if([&](const auto& file) { return file.track == *id; })) {
            return {};
        }
        if (const auto id = record_id_of(name)) {
            SPINDLE_TRY(const auto files, store_.files_of(*id));
            std::set<store::FileId> ids;
            for (const store::TrackFile& file : files) {
                ids.insert(file.id);
            }
            if (add_if([&](const auto& file) { return ids.contains(file.id); })) {
                return {};
            }
        }
        return add_path(name);
    }

    const std::set<store::FileId>& files() const { return files_; }

private:
    template <typename Predicate>
    bool add_if(Predicate wanted) {
        bool any = false;
        for (const store::KnownFile& file : known_) {
            if (wanted(file)) {
                take(file);
                any = true;
            }
        }
        return any;
    }

    /// A file, or a folder with all that is in it.
    Result<void> add_path(const std::string& name) {
        if (store::is_on_vinyl(name)) {
            if (!add_if([&](const auto& file) { return is_within(file.path, name); })) {
                report_.not_found.push_back(name);
            }
            return {};
        }
        std::error_code error;
        const auto absolute = std::filesystem::absolute(name, error).lexically_normal();
        auto canonical = std::filesystem::weakly_canonical(absolute, error).string();
        if (canonical.size() > 1 && canonical.ends_with('/')) {
            canonical.pop_back();
        }
        // Where a link lies now that was a folder when it was added, it is known as it was then.
        const auto named = [&](const std::string& path) {
            return is_within(path, canonical) || is_within(path, absolute.string());
        };
        bool any = add_if([&](const auto& file) { return named(file.path); });
        SPINDLE_TRY(const auto roots, store_.roots());
        for (const std::string& root : roots) {
            if (named(root)) {
                SPINDLE_TRY_VOID(store_.remove_root(root));
                report_.roots.push_back(root);
                any = true;
            }
        }
        SPINDLE_TRY(const auto problems, store_.problems());
        for (const store::Problem& problem : problems) {
            if (named(problem.path)) {
                SPINDLE_TRY_VOID(store_.remove_problem(problem.path));
                any = true;
            }
        }
        if (!any) {
            report_.not_found.push_back(name);
        }
        return {};
    }

    void take(const store::KnownFile& file) {
        if (files_.insert(file.id).second) {
            auto& of_kind = store::is_on_vinyl(file.path) ? report_.vinyl : report_.files;
            of_kind.push_back(file.path);
        }
    }

    store::LibraryStore& store_;
    std::vector<store::KnownFile> known_;
    RemoveReport& report_;
    std::set<store::FileId> files_;
};

/// Files that the next look at their folder will find again.
void warn_of_return(const std::vector<std::string>& roots, RemoveReport& report) {
    const auto returning =
        std::count_if(report.files.begin(), report.files.end(), [&](const std::string& path) {
            std::error_code error;
            return std::any_of(roots.begin(), roots.end(),
                               [&](const auto& root) { return is_within(path, root); }) &&
                   std::filesystem::exists(path, error);
        });
    if (returning > 0) {
        report.warnings.push_back(fmt::format(
            "{} of these files are still in a folder of the library and come back when it is added "
            "again; move them elsewhere to keep them out",
            returning));
    }
}

} // namespace

Result<RemoveReport> remove_from_library(const Backends& backends,
                                         const std::filesystem::path& data_folder,
                                         const RemoveOptions& options,
                                         const ProgressSink& progress) {
    SPINDLE_TRY_VOID(backends.open_library(data_folder, store::Access::Read)); // NotFound if none
    SPINDLE_TRY(auto writer, LibraryWriter::open(backends, data_folder));
    RemoveReport report;
    std::vector<store::FileId> files;
    const auto chosen = writer->with_store([&](store::LibraryStore& store) -> Result<void> {
        SPINDLE_TRY(auto known, store.known_files());
        Selection selection(store, std::move(known), report);
        if (options.missing) {
            selection.add_missing();
        }
        for (const std::string& name : options.names) {
            SPINDLE_TRY_VOID(selection.add(name));
        }
        files.assign(selection.files().begin(), selection.files().end());
        SPINDLE_TRY(const auto roots, store.roots());
        warn_of_return(roots, report);
        return {};
    });
    if (!chosen) {
        return tl::unexpected(chosen.error());
    }
    if (!files.empty()) {
        SPINDLE_TRY(report.tracks, writer->remove_files(files));
        SPINDLE_TRY_VOID(writer->finish(progress));
        if (!report.vinyl.empty()) {
            report.warnings.push_back(fmt::format(
                "{} of the tracks were on vinyl only: to know them again, play them with spindle "
                "library enrol",
                report.vinyl.size()));
        }
    }
    return report;
}

} // namespace spindle::app
