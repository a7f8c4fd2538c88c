// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "testing/temp_folder.h"

namespace spindle::testing {

/// How a program ended and what it said.
struct Ended {
    int exit_code = -1; ///< -1 if a signal ended it
    int signal = 0;     ///< 0 if it exited
    std::string out, err;
};

/// A program under test as a child process, its output in files: no pipe can fill up or block it.
class Program {
public:
    struct Options {
        std::map<std::string, std::string> environment;
        std::string standard_output; ///< file to use instead of a collected one: "/dev/full"
        std::string standard_input = "/dev/null";
        std::string folder;                  ///< to start in; empty: where the test is
        bool close_output = false;           ///< starts with stdout closed
        rlim_t largest_file = RLIM_INFINITY; ///< bytes; stands in for a full disk
        bool unprivileged = false;           ///< as user nobody when the tests run as root
    };

    Program(const std::vector<std::string>& words, const Options& options) {
        // All allocation before fork(): the child of a threaded process may only make system calls.
        std::vector<std::string> arguments = words;
        std::vector<char*> pointers;
        pointers.reserve(arguments.size() + 1);
        for (std::string& word : arguments) {
            pointers.push_back(word.data());
        }
        pointers.push_back(nullptr);
        std::vector<std::string> variables;
        for (char** one = environ; *one != nullptr; ++one) {
            const std::string variable(*one);
            if (!options.environment.contains(variable.substr(0, variable.find('=')))) {
                variables.push_back(variable);
            }
        }
        for (const auto& [name, value] : options.environment) {
            variables.push_back(name);
            variables.back().append("=").append(value);
        }
        std::vector<char*> environment;
        environment.reserve(variables.size() + 1);
        for (std::string& variable : variables) {
            environment.push_back(variable.data());
        }
        environment.push_back(nullptr);
        const std::string out =
            options.standard_output.empty() ? (folder_ / "out").string() : options.standard_output;
        const std::string err = (folder_ / "err").string();
        child_ = ::fork();
        if (child_ == 0) {
            redirect(options.standard_input.c_str(), 0, O_RDONLY);
            redirect(err.c_str(), 2, O_WRONLY | O_CREAT);
            redirect(out.c_str(), 1, O_WRONLY | O_CREAT);
            if (options.close_output) {
                ::close(1);
            }
            const rlimit limit{options.largest_file, options.largest_file};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            if (!options.folder.empty() && ::chdir(options.folder.c_str()) != 0) {
                ::_exit(126);
            }
            // Opened while we still may: nobody cannot walk into a checkout below /root.
            const int program = ::open(pointers[0], O_PATH | O_CLOEXEC);
            constexpr uid_t kNobody = 65534;
            if (options.unprivileged && ::getuid() == 0 &&
                (::setgid(kNobody) != 0 || ::setuid(kNobody) != 0)) {
                ::_exit(125);
            }
            ::fexecve(program, pointers.data(), environment.data());
            ::_exit(127);
        }
        if (child_ < 0) {
            throw std::runtime_error("fork failed");
        }
    }

    ~Program() {
        if (child_ > 0) {
            ::kill(child_, SIGKILL);
            ::waitpid(child_, nullptr, 0);
        }
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    void send(int signal) const { ::kill(child_, signal); }

    /// Waits until `condition` holds; false if the program ended or 20 s passed first.
    bool wait_until(const std::function<bool()>& condition) const {
        for (int i = 0; i < 4000; ++i) {
            if (condition()) {
                return true;
            }
            siginfo_t info{};
            if (::waitid(P_PID, static_cast<id_t>(child_), &info, WEXITED | WNOHANG | WNOWAIT) ==
                    0 &&
                info.si_pid != 0) {
                return condition();
            }
            std::this_thread::sleep_for(std::chrono::milliseconds{5});
        }
        return false;
    }

    std::string output_so_far() const { return content(folder_ / "out"); }
    std::string words_so_far() const { return content(folder_ / "err"); }

    Ended wait() {
        int status = 0;
        while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
        }
        child_ = -1;
        Ended ended;
        ended.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        ended.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
        ended.out = content(folder_ / "out");
        ended.err = content(folder_ / "err");
        return ended;
    }

private:
    static void redirect(const char* path, int to, int flags) {
        const int file = ::open(path, flags, 0644); // NOLINT(android-cloexec-open): meant to stay
        if (file < 0) {
            ::_exit(126);
        }
        if (file != to) {
            ::dup2(file, to);
            ::close(file);
        }
    }

    static std::string content(const std::filesystem::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    TempFolder folder_;
    pid_t child_ = -1;
};

} // namespace spindle::testing
