// SPDX-License-Identifier: Apache-2.0
#include "app/library/side.h"

#include <charconv>
#include <map>

namespace spindle::app {

Result<SideRule> parse_side(std::string_view word) {
    SideRule rule;
    std::string_view rest = word;
    if (!rest.empty()) {
        rule.side = rest.front();
        rest.remove_prefix(1);
        if (rule.side >= 'a' && rule.side <= 'z') {
            rule.side = static_cast<char>(rule.side - 'a' + 'A');
        }
        if (rest.starts_with('=')) {
            rest.remove_prefix(1);
        }
    }
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), rule.track);
    if (rule.side < 'A' || rule.side > 'Z' || error != std::errc() ||
        end != rest.data() + rest.size() || rule.track == 0) {
        return fail(Code::BadInput, "{}: write B5 for: side B begins with track 5", word);
    }
    return rule;
}

Result<RecordView> set_sides(store::LibraryStore& store, const std::string& record,
                             const std::vector<SideRule>& rules, Earlier earlier) {
    SPINDLE_TRY(auto view, find_record(store, record));
    if (rules.empty() && earlier == Earlier::Keep) {
        return view;
    }
    std::map<char, std::size_t> begins; // side -> index of its first track
    const auto index_of = [&](TrackId track) {
        for (std::size_t i = 0; i < view.files.size(); ++i) {
            if (view.files[i].track == track) {
                return i;
            }
        }
        return view.files.size();
    };
    if (earlier == Earlier::Keep) {
        for (const store::SideStart& start : view.record.sides) {
            if (const auto index = index_of(start.first); index < view.files.size()) {
                begins[start.side] = index;
            }
        }
    }
    for (const SideRule& rule : rules) {
        if (rule.track > view.files.size()) {
            return fail(Code::BadInput, "{} has {} tracks; side {} cannot begin with track {}",
                        view.record.album, view.files.size(), rule.side, rule.track);
        }
        begins[rule.side] = rule.track - 1;
    }
    if (!begins.empty()) {
        begins.emplace('A', 0);
    }
    std::vector<store::SideStart> sides;
    std::size_t previous = 0;
    for (const auto& [side, first] : begins) {
        if (!sides.empty() && first <= previous) {
            return fail(Code::BadInput,
                        "side {} begins with track {}, but side {} only with track {}", side,
                        first + 1, sides.back().side, previous + 1);
        }
        sides.push_back({side, view.files[first].track});
        previous = first;
    }
    SPINDLE_TRY_VOID(store.set_sides(view.record.id, sides));
    view.record.sides = std::move(sides);
    view.sides = store::sides_of(view.record, view.files);
    return view;
}

} // namespace spindle::app
