// SPDX-License-Identifier: Apache-2.0
#include "store/job.h"

#include <algorithm>
#include <array>
#include <utility>

namespace spindle::store {
namespace {

template <typename Value, std::size_t N>
using Names = std::array<std::pair<Value, std::string_view>, N>;

constexpr Names<JobKind, 4> kKinds{{{JobKind::Scan, "scan"},
                                    {JobKind::Grading, "grading"},
                                    {JobKind::Catalog, "catalog"},
                                    {JobKind::Library, "library"}}};
constexpr Names<JobState, 5> kStates{{{JobState::Queued, "queued"},
                                      {JobState::Running, "running"},
                                      {JobState::Done, "done"},
                                      {JobState::Failed, "failed"},
                                      {JobState::Cancelled, "cancelled"}}};

template <typename Value, std::size_t N>
std::string_view name_in(const Names<Value, N>& names, Value value) {
    return std::find_if(names.begin(), names.end(),
                        [value](const auto& one) { return one.first == value; })
        ->second;
}

template <typename Value, std::size_t N>
std::optional<Value> named_in(const Names<Value, N>& names, std::string_view name) {
    const auto found = std::find_if(names.begin(), names.end(),
                                    [name](const auto& one) { return one.second == name; });
    return found == names.end() ? std::nullopt : std::optional(found->first);
}

} // namespace

std::string_view name_of(JobKind kind) {
    return name_in(kKinds, kind);
}

std::optional<JobKind> job_kind_named(std::string_view name) {
    return named_in(kKinds, name);
}

std::string_view name_of(JobState state) {
    return name_in(kStates, state);
}

std::optional<JobState> job_state_named(std::string_view name) {
    return named_in(kStates, name);
}

} // namespace spindle::store
