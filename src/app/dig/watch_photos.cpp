// SPDX-License-Identifier: Apache-2.0
#include "app/dig/watch_photos.h"

#include <map>
#include <utility>

#include "app/dig/photo_inbox.h"
#include "app/dig/scan_document.h"
#include "app/dig/scan_folder.h"
#include "image/decode.h"
#include "io/file.h"
#include "io/file_watch.h"
#include "io/sha256.h"

namespace spindle::app {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kLargestResult = 128U << 20U; // of a picture or a document
constexpr std::chrono::milliseconds kPulse{200};      // while something waits to be still

class Watcher {
public:
    Watcher(const fs::path& data, const PhotoWatchOptions& options, const ScanPhoto& scan,
            const std::function<void(const WatchedPhoto&)>& sink, SeenPhotos seen,
            const std::stop_token& stop)
        : scratch_(data / "watch" / "scratch"), options_(options), scan_(scan), sink_(sink),
          seen_(std::move(seen)), stop_(stop) {}

    Result<void> look() {
        InboxFolders inbox{{options_.folder}, true};
        if (options_.below == SubFolders::Watched) {
            inbox = folders_below(options_.folder, options_.limits);
        }
        std::map<fs::path, StillFiles::Stamp> files;
        for (const fs::path& folder : inbox.folders) {
            const std::error_code error = look_into(folder, files);
            if (error && folder == options_.folder) { // others may go, or be closed to us
                return tl::unexpected(system_error(folder.string(), error.value()));
            }
        }
        if (!inbox.is_all && !std::exchange(told_too_many_, true)) {
            tell(options_.folder,
                 {Code::BadInput,
                  fmt::format("{}: only {} folders of it are watched, to a depth of {}; watch one "
                              "of those below it",
                              options_.folder.string(), inbox.folders.size(),
                              options_.limits.deepest)});
        }
        files_.look(files, std::chrono::steady_clock::now());
        return {};
    }

    /// Does what can be done now. Errors end the watching.
    Result<void> work() {
        for (const fs::path& photo :
             files_.still_for(options_.quiet, std::chrono::steady_clock::now())) {
            if (stop_.stop_requested()) {
                return {};
            }
            const auto again = retry_.find(photo);
            if (again != retry_.end() && std::chrono::steady_clock::now() < again->second) {
                continue;
            }
            SPINDLE_TRY_VOID(take(photo));
        }
        return {};
    }

    bool waits() const { return files_.waits(); }

private:
    static std::error_code look_into(const fs::path& folder,
                                     std::map<fs::path, StillFiles::Stamp>& files) {
        std::error_code error;
        for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
             entry.increment(error)) {
            std::error_code of_file;
            if (!is_inbox_photo(entry->path().filename().string()) ||
                !entry->is_regular_file(of_file)) {
                continue;
            }
            const StillFiles::Stamp stamp{entry->file_size(of_file),
                                          entry->last_write_time(of_file)};
            if (!of_file) {
                files.emplace(entry->path(), stamp);
            }
        }
        return error;
    }

    /// Where the results of a photo go.
    fs::path out_of(const fs::path& photo) const {
        const fs::path folder = photo.parent_path();
        return options_.out.empty()
                   ? folder
                   : (options_.out / folder.lexically_relative(options_.folder)).lexically_normal();
    }

    Result<void> take(const fs::path& photo) {
        const auto content = io::read_file(photo, image::DecodeLimits{}.max_bytes);
        if (!content && content.error().code == Code::NotFound) {
            return {}; // gone meanwhile
        }
        std::string hash;
        if (content && !content->empty()) { // empty ones are no photo that was seen: each is told
            io::Sha256 sum;
            sum.update(std::as_bytes(std::span(*content)));
            hash = sum.hex();
            if (seen_.contains(hash)) {
                files_.settle(photo);
                return {};
            }
        }
        const auto decoded = content
                                 ? image::decode(std::as_bytes(std::span(*content)), photo.string())
                                 : Result<image::Picture>(tl::unexpected(content.error()));
        if (!decoded) {
            if (!files_.is_still_for(photo, options_.patience, std::chrono::steady_clock::now())) {
                return {}; // the rest of it may be on its way
            }
            return settle_bad(photo, hash, decoded.error());
        }
        return scan(photo, hash);
    }

    Result<void> settle_bad(const fs::path& photo, const std::string& hash, const Error& error) {
        files_.settle(photo);
        if (!hash.empty()) {
            SPINDLE_TRY_VOID(seen_.add(hash, photo.filename().string(), error.message));
        }
        tell(photo, error);
        return {};
    }

    Result<void> scan(const fs::path& photo, const std::string& hash) {
        const fs::path folder = scratch_ / hash;
        std::error_code error;
        fs::create_directories(folder, error);
        if (error) {
            return tl::unexpected(system_error(folder.string(), error.value()));
        }
        auto report = scan_(photo, folder, folder);
        if (!report && report.error().code == Code::Cancelled) {
            return {}; // the checkpoint stays
        }
        if (!report && report.error().code == Code::BadInput) {
            fs::remove_all(folder, error);
            return settle_bad(photo, hash, report.error());
        }
        WatchedPhoto watched;
        const auto placed = report ? place(photo, folder, *report, watched)
                                   : Result<void>(tl::unexpected(report.error()));
        if (!placed) { // no fault of the photo's: full disk, missing models
            tell(photo, placed.error());
            retry_[photo] = std::chrono::steady_clock::now() + options_.look_again;
            if (options_.once) {
                files_.settle(photo);
            }
            return {};
        }
        retry_.erase(photo);
        files_.settle(photo);
        SPINDLE_TRY_VOID(seen_.add(hash, photo.filename().string(), "scanned"));
        fs::remove_all(folder, error);
        watched.photo = photo;
        watched.report = std::move(*report);
        sink_(watched);
        return {};
    }

    /// Puts the results where they belong: the document last, so that it says all is there.
    Result<void> place(const fs::path& photo, const fs::path& folder, ScanReport& report,
                       WatchedPhoto& watched) {
        std::error_code error;
        const fs::path out = out_of(photo);
        fs::create_directories(out, error);
        if (error) {
            return tl::unexpected(system_error(out.string(), error.value()));
        }
        ResultNames names = result_names(photo);
        if (is_of_another(out / names.document, photo)) {
            names = result_names(photo, true);
        }
        report.folder = out;
        watched.picture = out / names.picture;
        watched.document = out / names.document;
        SPINDLE_TRY(const auto picture, io::read_file(folder / marked_file(0), kLargestResult));
        SPINDLE_TRY_VOID(io::write_atomically(watched.picture, picture));
        return io::write_atomically(watched.document, document_of(report) + "\n");
    }

    /// Does a document of this name belong to something else: rack.png's, while this is rack.jpg?
    static bool is_of_another(const fs::path& document, const fs::path& photo) {
        std::error_code error;
        const auto text = io::read_file(document, kLargestResult);
        if (!text) {
            return fs::exists(document, error);
        }
        const auto report = read_scan_document(*text);
        return !report || report->photos.empty() ||
               report->photos.front().path.filename() != photo.filename();
    }

    void tell(const fs::path& photo, const Error& error) const {
        WatchedPhoto watched;
        watched.photo = photo;
        watched.error = error;
        sink_(watched);
    }

    const fs::path scratch_;
    const PhotoWatchOptions& options_;
    const ScanPhoto& scan_;
    const std::function<void(const WatchedPhoto&)>& sink_;
    SeenPhotos seen_;
    StillFiles files_;
    bool told_too_many_ = false;
    std::map<fs::path, std::chrono::steady_clock::time_point> retry_;
    std::stop_token stop_;
};

} // namespace

Result<void> watch_photos(const fs::path& data_folder, const PhotoWatchOptions& options,
                          const ScanPhoto& scan,
                          const std::function<void(const WatchedPhoto&)>& sink,
                          const std::function<void()>& ready, const std::stop_token& stop) {
    std::error_code error;
    if (!fs::is_directory(options.folder, error)) {
        return fail(Code::NotFound, "{}: there is no such folder to watch",
                    options.folder.string());
    }
    const fs::path state = data_folder / "watch";
    fs::create_directories(state, error);
    if (error) {
        return tl::unexpected(system_error(state.string(), error.value()));
    }
    SPINDLE_TRY(const auto lock, io::FileLock::acquire(state / "lock"));
    SPINDLE_TRY(auto seen, SeenPhotos::open(state / "photos.jsonl"));
    SPINDLE_TRY(auto changes, io::FileWatch::create());
    SPINDLE_TRY_VOID(changes.add(options.folder));
    Watcher watcher(data_folder, options, scan, sink, std::move(seen), stop);
    SPINDLE_TRY_VOID(watcher.look());
    ready();
    while (!stop.stop_requested()) {
        SPINDLE_TRY_VOID(watcher.work());
        if (options.once && !watcher.waits()) {
            return {};
        }
        SPINDLE_TRY_VOID(changes.wait(watcher.waits() ? kPulse : options.look_again, stop));
        SPINDLE_TRY_VOID(watcher.look());
    }
    return {};
}

} // namespace spindle::app
