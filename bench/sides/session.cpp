// SPDX-License-Identifier: Apache-2.0
#include "sides/session.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "sides/script.h"
#include "simulator/random.h"

namespace spindle::sides {
namespace {

using simulator::derive_seed;
using simulator::Random;
using Numbers = std::vector<std::size_t>;

constexpr Seconds kLongestSide{20 * 60};
constexpr Seconds kLongestOfTwo{12 * 60};
constexpr std::size_t kMostTracks = 6;
constexpr double kFortyFive = 45 / (100.0 / 3);

bool has_two_sides(Happening happening) {
    return happening == Happening::Flip || happening == Happening::BFirst ||
           happening == Happening::Radio;
}

void shuffle(Numbers& numbers, Random& random) {
    for (std::size_t i = numbers.size(); i > 1; --i) {
        std::swap(numbers[i - 1], numbers[random.below(i)]);
    }
}

/// The record of a track drawn from all that will do.
std::size_t draw_record(const Pool& pool, Happening happening, Random& random) {
    Numbers choices; // a record as often as it has tracks
    for (std::size_t i = 0; i < pool.records.size(); ++i) {
        const PoolRecord& record = pool.records[i];
        const bool fits = happening == Happening::Interlude
                              ? record.interlude.has_value()
                              : !has_two_sides(happening) || record.tracks.size() >= 4;
        if (fits) {
            choices.insert(choices.end(), record.tracks.size(), i);
        }
    }
    return choices.empty() ? 0 : choices[random.below(choices.size())];
}

/// Takes tracks off the front of `left`: 2 to 6, as many as fit, two in any case.
Numbers take_side(const Pool& pool, Numbers& left, Seconds longest, Random& random) {
    const std::size_t count = 2 + random.below(kMostTracks - 1);
    Numbers side;
    Seconds total{0};
    for (auto next = left.begin(); next != left.end() && side.size() < count;) {
        if (side.size() >= 2 && total + pool.durations[*next] > longest) {
            ++next;
            continue;
        }
        total += pool.durations[*next];
        side.push_back(*next);
        next = left.erase(next);
    }
    return side;
}

Result<simulator::Side> cut_side(TrackStore& store, const Numbers& tracks, Happening happening,
                                 Random& random) {
    std::vector<simulator::Following> order;
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        SPINDLE_TRY(const auto info, store.info(tracks[i]));
        Seconds gap(random.between(2, 4));
        if (i == 0) {
            gap = Seconds(random.between(2, 8));
        } else if (happening == Happening::Segues) {
            gap = Seconds(-random.between(0.02, 0.5));
        } else if (happening == Happening::Hidden && i + 1 == tracks.size()) {
            gap = Seconds(random.between(20, 45));
        }
        order.push_back({info, gap});
    }
    return simulator::make_side(order);
}

turntable::Side told_side(const Pool& pool, RecordId record, char letter, const Numbers& tracks) {
    turntable::Side side;
    side.record = record;
    side.letter = letter;
    for (const std::size_t number : tracks) {
        side.tracks.push_back({pool.ids[number], pool.durations[number]});
    }
    return side;
}

/// The sides a record's tracks make, five to a side, from a letter on.
void add_sides(const Pool& pool, RecordId record, const Numbers& tracks, char letter,
               std::vector<turntable::Side>& sides) {
    constexpr std::size_t on_a_side = 5;
    for (std::size_t i = 0; i < tracks.size(); i += on_a_side, ++letter) {
        const auto begin = tracks.begin() + static_cast<std::ptrdiff_t>(i);
        const auto end =
            begin + static_cast<std::ptrdiff_t>(std::min(on_a_side, tracks.size() - i));
        sides.push_back(told_side(pool, record, letter, Numbers(begin, end)));
    }
}

Told draw_told(Random random) {
    const double unit = random.unit();
    return unit < 0.1 ? Told::Nothing : unit < 0.3 ? Told::Disc : Told::Sides;
}

OtherSound draw_radio(const Pool& pool, TrackStore& store, Random random) {
    const bool speaks = random.unit() < 0.4 && !pool.speech.empty();
    OtherSound sound;
    if (speaks || pool.unknown.empty()) {
        sound.number = pool.speech.empty() ? 0 : pool.speech[random.below(pool.speech.size())];
    } else {
        const auto& package = pool.unknown[random.below(pool.unknown.size())];
        sound.number = package[random.below(package.size())];
    }
    if (const auto info = store.info(sound.number)) {
        sound.length = info->length;
    }
    return sound;
}

void finish(Session& session, const OtherSound& radio) {
    Random random(derive_seed(session.seed, "script"));
    auto& performance = session.performance;
    performance.path = write_script(session.happening, performance.sides,
                                    performance.pressing.transport, radio, random);
    session.truth = truth_of(performance.path, performance.sides, performance.pressing.transport);
}

} // namespace

std::string_view name_of(Told told) {
    constexpr std::array<std::string_view, 3> names{"sides", "disc", "nothing"};
    return names[static_cast<std::size_t>(told)];
}

std::uint64_t session_seed(std::uint64_t run_seed, std::size_t number) {
    return derive_seed(run_seed, fmt::format("session {}", number));
}

Result<Session> draw_session(const Pool& pool, TrackStore& store, Happening happening,
                             std::uint64_t seed, std::size_t beds) {
    if (pool.records.empty()) {
        return fail(Code::BadInput, "the corpus has no package with two known tracks of 30 s");
    }
    Random random(derive_seed(seed, "record"));
    Session session;
    session.seed = seed;
    session.happening = happening;
    session.record = draw_record(pool, happening, random);
    session.told = draw_told(Random(derive_seed(seed, "told")));
    const PoolRecord& record = pool.records[session.record];
    Numbers left = record.tracks;
    shuffle(left, random);
    std::vector<Numbers> sides;
    const std::size_t count = has_two_sides(happening) ? 2 : 1;
    for (std::size_t i = 0; i < count; ++i) {
        sides.push_back(take_side(pool, left, count == 2 ? kLongestOfTwo : kLongestSide, random));
    }
    if (happening == Happening::Interlude && record.interlude) {
        const auto place = 1 + random.below(sides[0].size() - 1);
        sides[0].insert(sides[0].begin() + static_cast<std::ptrdiff_t>(place), *record.interlude);
    } else if (record.interlude) {
        left.push_back(*record.interlude);
    }
    char letter = 'A';
    for (const Numbers& side : sides) {
        SPINDLE_TRY(auto cut, cut_side(store, side, happening, random));
        session.performance.sides.push_back(std::move(cut));
        session.sides.push_back(told_side(pool, record.record, letter++, side));
    }
    add_sides(pool, record.record, left, letter, session.sides);

    session.performance.pressing = simulator::draw_pressing(seed, beds);
    if (happening == Happening::WrongSpeed) {
        session.performance.pressing.transport.speed *= kFortyFive;
    }
    OtherSound radio;
    if (happening == Happening::Radio) {
        radio = draw_radio(pool, store, Random(derive_seed(seed, "radio")));
    }
    finish(session, radio);
    return session;
}

Result<Session> draw_unknown_session(const Pool& pool, TrackStore& store, std::uint64_t seed,
                                     std::size_t beds) {
    if (pool.unknown.empty()) {
        return fail(Code::BadInput, "the corpus has no unknown music");
    }
    Random random(derive_seed(seed, "record"));
    Session session;
    session.seed = seed;
    session.happening = random.unit() < 0.25 ? Happening::Segues : Happening::Plain;
    session.told = Told::Sides;
    Numbers choices; // a package as often as it has tracks
    for (std::size_t i = 0; i < pool.unknown.size(); ++i) {
        choices.insert(choices.end(), pool.unknown[i].size(), i);
    }
    Numbers left = pool.unknown[choices[random.below(choices.size())]];
    shuffle(left, random);
    const Numbers side = take_side(pool, left, kLongestSide, random);
    SPINDLE_TRY(auto cut, cut_side(store, side, session.happening, random));
    session.performance.sides.push_back(std::move(cut));
    session.performance.pressing = simulator::draw_pressing(seed, beds);
    finish(session, {});
    return session;
}

void play_again(Session& session, std::uint64_t take, std::size_t beds) {
    session.seed = derive_seed(session.seed, fmt::format("take {}", take));
    session.performance.pressing = simulator::draw_pressing(session.seed, beds);
    finish(session, {});
}

std::vector<turntable::Side> shelf_of(const Pool& pool, const Session& session) {
    std::vector<turntable::Side> shelf;
    if (session.told == Told::Nothing) {
        return shelf;
    }
    for (std::size_t i = 0; i < pool.records.size(); ++i) {
        const PoolRecord& record = pool.records[i];
        if (i == session.record && !session.sides.empty()) {
            shelf.insert(shelf.end(), session.sides.begin(), session.sides.end());
        } else {
            add_sides(pool, record.record, record.tracks, 'A', shelf);
        }
    }
    if (session.told == Told::Disc) { // all sides of a record become one
        std::vector<turntable::Side> discs;
        for (turntable::Side& side : shelf) {
            if (discs.empty() || discs.back().record != side.record) {
                discs.push_back({side.record, 0, {}});
            }
            discs.back().tracks.insert(discs.back().tracks.end(), side.tracks.begin(),
                                       side.tracks.end());
        }
        return discs;
    }
    return shelf;
}

simulator::Supply supply_from(TrackStore& store) {
    const auto samples = [&store](std::size_t number) { return store.samples(number); };
    return {samples, samples};
}

} // namespace spindle::sides
