// SPDX-License-Identifier: Apache-2.0
#include "app/library/plan.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace spindle::app {
namespace {

bool within_any(std::string_view path, const std::vector<std::string>& folders) {
    return std::any_of(folders.begin(), folders.end(),
                       [&](const std::string& folder) { return is_within(path, folder); });
}

} // namespace

bool may_pass(const store::Problem& problem) {
    return problem.code != Code::BadInput && problem.code != Code::Unsupported;
}

Plan make_plan(std::span<const FoundFile> found, std::span<const store::KnownFile> known,
               std::span<const store::Problem> problems, const Scope& scope, Retry retry) {
    std::unordered_map<std::string_view, const store::KnownFile*> known_at;
    for (const store::KnownFile& file : known) {
        known_at.emplace(file.path, &file);
    }
    std::unordered_map<std::string_view, const store::Problem*> problem_at;
    for (const store::Problem& problem : problems) {
        problem_at.emplace(problem.path, &problem);
    }
    std::unordered_set<std::string_view> found_paths;
    Plan plan;
    for (const FoundFile& file : found) {
        found_paths.insert(file.path);
        const auto trouble = problem_at.find(file.path);
        if (trouble != problem_at.end() && trouble->second->stamp == file.stamp &&
            !may_pass(*trouble->second) && retry == Retry::Changed) {
            plan.known_problems.push_back(*trouble->second);
            continue;
        }
        const auto same = known_at.find(file.path);
        if (same == known_at.end()) {
            plan.fresh.push_back(file);
            continue;
        }
        if (same->second->stamp != file.stamp) {
            plan.changed.push_back(file);
            continue;
        }
        if (same->second->missing) {
            plan.returned.push_back(*same->second);
        }
        if (same->second->state == store::IndexState::Pending) {
            plan.unfinished.push_back(file);
        } else if (!same->second->missing) {
            ++plan.unchanged;
        }
    }
    const std::unordered_set<std::string_view> listed(scope.listed.begin(), scope.listed.end());
    const auto is_gone = [&](const std::string& path) {
        return (listed.contains(path) || within_any(path, scope.roots)) &&
               !found_paths.contains(path) && !within_any(path, scope.unknown);
    };
    std::copy_if(known.begin(), known.end(), std::back_inserter(plan.missing),
                 [&](const store::KnownFile& file) { return is_gone(file.path); });
    for (const store::Problem& problem : problems) {
        if (is_gone(problem.path)) {
            plan.solved_problems.push_back(problem.path);
        }
    }
    return plan;
}

} // namespace spindle::app
