// SPDX-License-Identifier: Apache-2.0
// Which room may use which: docs/architecture.md in code.
#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "rules.h"

namespace spindle::structure {
namespace {

struct Room {
    std::string_view name;
    int floor; ///< a room uses rooms on lower floors only
    enum Kind { Foundation, Engine, Composer, Top } kind;
};

// Engines turn values into values and do not know each other; composers (turntable) may join them.
constexpr std::array kRooms{
    Room{"base", 0, Room::Foundation},
    Room{"dsp", 1, Room::Foundation},
    Room{"io", 2, Room::Foundation},
    Room{"image", 3, Room::Foundation},
    Room{"audio", 3, Room::Foundation},
    Room{"playlist", 3, Room::Foundation},
    Room{"inference", 3, Room::Foundation},
    Room{"shelf", 4, Room::Engine},
    Room{"catalog", 4, Room::Engine},
    Room{"market", 4, Room::Engine},
    Room{"fingerprint", 4, Room::Engine},
    Room{"grade", 4, Room::Engine},
    Room{"turntable", 5, Room::Composer},
    Room{"scrobble", 5, Room::Engine},
    Room{"store", 6, Room::Top},
    Room{"app", 7, Room::Top},
    Room{"document", 8, Room::Top},
    Room{"server", 9, Room::Top},
    Room{"cli", 10, Room::Top}, // starts the server
    Room{"main", 11, Room::Top},
};
constexpr std::string_view kTesting = "testing"; // stands outside: for tests, on the foundation

std::optional<Room> room_named(std::string_view name) {
    const auto* const found = std::find_if(kRooms.begin(), kRooms.end(),
                                           [name](const Room& room) { return room.name == name; });
    return found == kRooms.end() ? std::nullopt : std::optional(*found);
}

/// Why `file` may not include `target` of room `to`; nothing when it may.
std::optional<std::string> objection(const SourceTree& tree, const SourceFile& file,
                                     std::string_view to, std::string_view target) {
    const std::string_view from = file.room();
    if (from == to) {
        return std::nullopt;
    }
    if (to == kTesting) {
        return file.is_test() ? std::nullopt
                              : std::optional<std::string>("src/testing is for *_test.cpp only");
    }
    const auto used = room_named(to);
    if (!used) {
        return "no such room in tests/structure/rooms.cpp";
    }
    if (target.find("/detail/") != std::string_view::npos) {
        return "detail/ is for its own room only";
    }
    if (from == kTesting) {
        return used->kind == Room::Foundation
                   ? std::nullopt
                   : std::optional<std::string>("src/testing stands on the foundation rooms only");
    }
    const auto user = room_named(from);
    if (!user) {
        return "the including room is not in tests/structure/rooms.cpp";
    }
    if (used->floor >= user->floor) {
        return std::string(from) + " may not use " + std::string(to) +
               ": dependencies point down only";
    }
    if (user->kind == Room::Engine && used->kind == Room::Engine) {
        return "engines do not know each other; let the layer above pass values";
    }
    const auto declared = tree.declared_dependencies.find(from);
    if (from != "main" && declared != tree.declared_dependencies.end() &&
        std::find(declared->second.begin(), declared->second.end(), to) == declared->second.end()) {
        return "src/" + std::string(from) + "/CMakeLists.txt does not name " + std::string(to) +
               " among its DEPENDS";
    }
    return std::nullopt;
}

} // namespace

std::vector<Finding> wrong_directions(const SourceTree& tree) {
    std::vector<Finding> findings;
    for (const SourceFile& file : tree.files) {
        if (file.room().empty()) {
            continue; // tests, benchmarks and fuzzers stand above every room
        }
        for (const Include& include : file.includes) {
            if (!include.quoted) {
                continue;
            }
            const std::string_view target = include.target;
            const auto to = target.substr(0, target.find('/'));
            if (to == target || !tree.contains("src/" + include.target)) {
                findings.push_back({file.path, include.line,
                                    include.target + ": not a file of ours; write \"room/file.h\", "
                                                     "or <...> for a library"});
            } else if (auto reason = objection(tree, file, to, target)) {
                findings.push_back({file.path, include.line, include.target + ": " + *reason});
            }
        }
    }
    return findings;
}

} // namespace spindle::structure
