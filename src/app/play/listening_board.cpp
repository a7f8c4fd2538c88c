// SPDX-License-Identifier: Apache-2.0
#include "app/play/listening_board.h"

#include <array>
#include <cstddef>
#include <ctime>
#include <span>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/file.h"
#include "io/sha256.h"

namespace spindle::app {
namespace {

namespace fs = std::filesystem;

constexpr std::time_t kFresh = 10; // seconds

} // namespace

fs::path listening_board_of(const fs::path& data_folder) {
    constexpr std::size_t kDigits = 16;
    std::error_code error;
    const std::string place = fs::weakly_canonical(data_folder, error).string();
    io::Sha256 sum;
    sum.update(std::as_bytes(std::span(place)));
    return fmt::format("/dev/shm/spindle-listening-{}-{}", ::geteuid(),
                       sum.hex().substr(0, kDigits));
}

ListeningBoard::ListeningBoard(const fs::path& data_folder)
    : file_(listening_board_of(data_folder)) {}

ListeningBoard::~ListeningBoard() {
    std::error_code error;
    fs::remove(file_, error);
}

void ListeningBoard::show(std::string_view document) {
    if (document.size() <= kLargest) {
        constexpr unsigned kOwnerOnly = 0600;
        (void)io::write_atomically(file_, document, kOwnerOnly);
    }
}

std::optional<std::string> read_listening_board(const fs::path& board) {
    struct stat found {};
    if (::lstat(board.c_str(), &found) != 0 || !S_ISREG(found.st_mode) ||
        found.st_uid != ::geteuid() || std::time(nullptr) - found.st_mtime > kFresh) {
        return std::nullopt;
    }
    auto text = io::read_file(board, ListeningBoard::kLargest);
    return text ? std::optional(*std::move(text)) : std::nullopt;
}

} // namespace spindle::app
