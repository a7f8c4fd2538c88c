// SPDX-License-Identifier: Apache-2.0
#include "accuracy/growth.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <type_traits>

#include <sys/wait.h>
#include <unistd.h>

#include "fingerprint/file_index.h"

namespace spindle::accuracy {
namespace {

using Clips = std::span<const std::vector<fingerprint::Landmark>>;

Asked ask(const fingerprint::Matcher& matcher, std::span<const fingerprint::Landmark> clip) {
    const Seconds wall_start = wall();
    const Seconds cpu_start = thread_cpu();
    const auto candidates = matcher.match(clip);
    Asked asked;
    asked.cpu = thread_cpu() - cpu_start;
    asked.wall = wall() - wall_start;
    if (!candidates.empty()) {
        asked.track = candidates.front().track;
        asked.offset = candidates.front().offset;
        asked.in_library = candidates.front().in_library;
    }
    return asked;
}

Result<Growth> measure_here(const std::filesystem::path& folder, Clips clips,
                            const fingerprint::MatchOptions& options) {
    Growth growth;
    const Seconds wall_start = wall();
    const Seconds cpu_start = thread_cpu();
    SPINDLE_TRY(const auto index, fingerprint::FileIndex::open(folder));
    growth.open_cpu = thread_cpu() - cpu_start;
    growth.open_wall = wall() - wall_start;
    const auto size = index.size();
    growth.tracks = size.tracks;
    growth.postings = size.postings;
    growth.bytes = size.bytes;
    growth.music = size.music;
    growth.before = memory();

    const fingerprint::Matcher matcher(index, options);
    for (const auto& clip : clips) {
        growth.asked.push_back(ask(matcher, clip));
    }
    growth.after = memory();

    const TimedIndex timed(index);
    const fingerprint::Matcher observed(timed, options);
    for (const auto& clip : clips) {
        growth.account_cpu += ask(observed, clip).cpu;
    }
    growth.account = timed.account();
    return growth;
}

template <typename Value>
bool put(std::FILE* pipe, const Value& value) {
    static_assert(std::is_trivially_copyable_v<Value>);
    return std::fwrite(&value, sizeof value, 1, pipe) == 1;
}

template <typename Value>
bool get(std::FILE* pipe, Value& value) {
    static_assert(std::is_trivially_copyable_v<Value>);
    return std::fread(&value, sizeof value, 1, pipe) == 1;
}

/// Calls `each` for every figure of fixed size.
template <typename Each>
bool for_each_figure(auto& growth, Each&& each) {
    return each(growth.tracks) && each(growth.postings) && each(growth.bytes) &&
           each(growth.music) && each(growth.open_wall) && each(growth.open_cpu) &&
           each(growth.before) && each(growth.after) && each(growth.account) &&
           each(growth.account_cpu);
}

bool send(std::FILE* pipe, const Growth& growth) {
    return for_each_figure(growth, [&](const auto& value) { return put(pipe, value); }) &&
           std::all_of(growth.asked.begin(), growth.asked.end(),
                       [&](const Asked& asked) { return put(pipe, asked); }) &&
           std::fflush(pipe) == 0;
}

} // namespace

Result<Growth> measure_growth(const std::filesystem::path& folder, Clips clips,
                              const fingerprint::MatchOptions& options) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) {
        return tl::unexpected(system_error("pipe", errno));
    }
    std::fflush(nullptr); // or the child would print what waits here once more
    const pid_t child = ::fork();
    if (child < 0) {
        return tl::unexpected(system_error("fork", errno));
    }
    if (child == 0) {
        ::close(ends[0]);
        const auto growth = measure_here(folder, clips, options);
        if (!growth) {
            fmt::print(stderr, "{}\n", growth.error().message);
        }
        std::FILE* pipe = ::fdopen(ends[1], "wb");
        const bool sent = growth && pipe != nullptr && send(pipe, *growth);
        ::_exit(sent ? 0 : 1);
    }
    ::close(ends[1]);
    std::FILE* pipe = ::fdopen(ends[0], "rb");
    Growth growth;
    growth.asked.resize(clips.size());
    const bool received = pipe != nullptr &&
                          for_each_figure(growth, [&](auto& value) { return get(pipe, value); }) &&
                          std::all_of(growth.asked.begin(), growth.asked.end(),
                                      [&](Asked& asked) { return get(pipe, asked); });
    if (pipe != nullptr) {
        std::fclose(pipe);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!received || status != 0) {
        return fail(Code::Failed, "{}: measuring it failed (status {})", folder.string(), status);
    }
    return growth;
}

} // namespace spindle::accuracy
