// SPDX-License-Identifier: Apache-2.0
#include "io/child_process.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <string_view>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace spindle::io {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kLongestLine = 4096;
constexpr std::chrono::milliseconds kLook{100}; ///< how late a stop may be noticed
constexpr std::chrono::seconds kGrace{2};

/// What posix_spawn is told, freed with it.
struct Instructions {
    posix_spawn_file_actions_t files{};
    posix_spawnattr_t attributes{};

    explicit Instructions(int output) {
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&files, output, 1);
        posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
        posix_spawnattr_init(&attributes);
        // A group of its own: Ctrl-C is ours to pass on, and what it starts ends with it.
        posix_spawnattr_setpgroup(&attributes, 0);
        sigset_t none;
        sigemptyset(&none);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setflags(
            &attributes, static_cast<short>(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK));
    }
    ~Instructions() {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }
    Instructions(const Instructions&) = delete;
    Instructions& operator=(const Instructions&) = delete;
};

} // namespace

struct ChildProcess::State {
    pid_t child = -1;
    int output = -1;
    std::string unread;
    bool ended = false;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        if (output >= 0) {
            ::close(output);
        }
        if (child <= 0) {
            return;
        }
        ::kill(-child, SIGTERM);
        const auto deadline = Clock::now() + kGrace;
        while (::waitpid(child, nullptr, WNOHANG) == 0) {
            if (Clock::now() > deadline) {
                ::kill(-child, SIGKILL);
                ::waitpid(child, nullptr, 0);
                return;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds{20});
        }
    }

    std::optional<std::string> line() {
        const std::size_t end = unread.find('\n');
        if (end == std::string::npos && unread.size() < kLongestLine &&
            !(ended && !unread.empty())) {
            return std::nullopt;
        }
        std::string line = unread.substr(0, std::min(end, kLongestLine));
        unread.erase(0, end == std::string::npos ? line.size() : end + 1);
        return line;
    }
};

ChildProcess::ChildProcess(std::unique_ptr<State> state) : state_(std::move(state)) {}
ChildProcess::ChildProcess(ChildProcess&&) noexcept = default;
ChildProcess& ChildProcess::operator=(ChildProcess&&) noexcept = default;
ChildProcess::~ChildProcess() = default;

std::optional<std::filesystem::path> find_program(const std::string& name) {
    const char* places = std::getenv("PATH"); // NOLINT(concurrency-mt-unsafe): nobody sets it
    std::string_view rest = places == nullptr ? "" : places;
    while (!rest.empty()) {
        const std::size_t end = rest.find(':');
        const std::filesystem::path program = std::filesystem::path(rest.substr(0, end)) / name;
        std::error_code error;
        if (program.is_absolute() && std::filesystem::is_regular_file(program, error) &&
            ::access(program.c_str(), X_OK) == 0) {
            return program;
        }
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return std::nullopt;
}

Result<ChildProcess> ChildProcess::start(const std::filesystem::path& program,
                                         const std::vector<std::string>& arguments) {
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        return tl::unexpected(system_error(program.string(), errno));
    }
    auto state = std::make_unique<State>();
    state->output = ends[0];
    std::vector<std::string> words{program.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& word : words) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    const Instructions instructions(ends[1]);
    const int error = ::posix_spawn(&state->child, program.c_str(), &instructions.files,
                                    &instructions.attributes, pointers.data(), environ);
    ::close(ends[1]);
    if (error != 0) {
        state->child = -1;
        return tl::unexpected(system_error(program.string(), error));
    }
    return ChildProcess(std::move(state));
}

Result<std::optional<std::string>> ChildProcess::read_line(Seconds patience,
                                                           const std::stop_token& stop) {
    const auto deadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(patience);
    for (;;) {
        if (auto line = state_->line()) {
            return line;
        }
        if (state_->ended) {
            return std::nullopt;
        }
        if (stop.stop_requested()) {
            return fail(Code::Cancelled, "stopped while waiting for another program");
        }
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
        if (left.count() <= 0) {
            return fail(Code::Failed, "the other program said nothing for {:.0f} s",
                        patience.count());
        }
        pollfd wait{state_->output, POLLIN, 0};
        if (::poll(&wait, 1, static_cast<int>(std::min(left, kLook).count())) <= 0) {
            continue;
        }
        char bytes[1024];
        const ssize_t got = ::read(state_->output, bytes, sizeof bytes);
        if (got > 0) {
            state_->unread.append(bytes, static_cast<std::size_t>(got));
        } else if (got == 0 || errno != EINTR) {
            state_->ended = true;
        }
    }
}

} // namespace spindle::io
