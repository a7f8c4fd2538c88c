// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace spindle::app {

/// What plays now, for other programs on this machine: a small document in shared memory, one for
/// each data folder, rewritten about once a second and gone when its writer ends. The disk is not
/// touched. Where there is no shared memory nothing is shown, and nothing else suffers.
class ListeningBoard {
public:
    explicit ListeningBoard(const std::filesystem::path& data_folder);
    ~ListeningBoard();
    ListeningBoard(const ListeningBoard&) = delete;
    ListeningBoard& operator=(const ListeningBoard&) = delete;

    /// @param document of at most kLargest bytes
    void show(std::string_view document);

    static constexpr std::size_t kLargest = 64U << 10U;

private:
    std::filesystem::path file_;
};

/// Where the board of a data folder is.
std::filesystem::path listening_board_of(const std::filesystem::path& data_folder);

/// What a board shows; nothing where nobody wrote in the last ten seconds, or what is there is
/// another user's.
std::optional<std::string> read_listening_board(const std::filesystem::path& board);

} // namespace spindle::app
