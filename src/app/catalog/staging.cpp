// SPDX-License-Identifier: Apache-2.0
#include "app/catalog/staging.h"

#include <cerrno>
#include <system_error>

#include <unistd.h>

namespace spindle::app {
namespace {

constexpr std::string_view kScratchPrefix = "import-";

Result<void> make_folder(const std::filesystem::path& path) {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) {
        return tl::unexpected(system_error(path.string(), error.value()));
    }
    return {};
}

void remove_leftovers(const std::filesystem::path& folder) {
    std::error_code error;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        if (entry->path().filename().string().starts_with(kScratchPrefix)) {
            std::error_code ignored;
            std::filesystem::remove_all(entry->path(), ignored);
        }
    }
}

std::string gigabytes(std::uint64_t bytes) {
    return fmt::format("{:.1f} GB", static_cast<double>(bytes) / 1e9);
}

} // namespace

Staging::Staging(std::filesystem::path folder, std::filesystem::path scratch, io::FileLock lock)
    : folder_(std::move(folder)), scratch_(std::move(scratch)), lock_(std::move(lock)) {}

Result<Staging> Staging::begin(const std::filesystem::path& folder, std::uint64_t needed_bytes) {
    SPINDLE_TRY_VOID(make_folder(folder));
    SPINDLE_TRY(auto lock, io::FileLock::acquire(folder / "LOCK"));
    remove_leftovers(folder);
    std::error_code error;
    const auto space = std::filesystem::space(folder, error);
    if (!error && space.available < needed_bytes) {
        return fail(Code::NoSpace,
                    "{}: the new catalog needs about {} beside the old one, and {} are free; make "
                    "room, or import less (--formats CD, --no-tracks)",
                    folder.string(), gigabytes(needed_bytes), gigabytes(space.available));
    }
    auto scratch = folder / fmt::format("{}{}", kScratchPrefix, ::getpid());
    SPINDLE_TRY_VOID(make_folder(scratch));
    return Staging(folder, std::move(scratch), std::move(lock));
}

Staging::~Staging() {
    if (!scratch_.empty()) {
        std::error_code ignored;
        std::filesystem::remove_all(scratch_, ignored);
    }
}

Result<std::filesystem::path> Staging::put_in_place(std::string_view name) {
    auto target = folder_ / name;
    std::error_code error;
    std::filesystem::rename(new_file(), target, error);
    if (error) {
        return tl::unexpected(system_error(target.string(), error.value()));
    }
    SPINDLE_TRY_VOID(io::sync_folder(folder_));
    return target;
}

} // namespace spindle::app
