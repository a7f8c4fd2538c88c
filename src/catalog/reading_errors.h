// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace spindle::catalog {

/// What is compared: words in normal form (words_of), or number keys, in which the signs that look
/// alike are one already (number_key).
enum class Alphabet { Words, Numbers };

/// How unlikely it is that a reader sees `seen` where `truth` is printed, as a cost in nats
/// (-ln of the probability, without the share of signs read right): the cheapest sequence of
/// substitutions, lost and extra signs, and of pairs that melt ("rn" - "m", "cl" - "d").
/// Weighted Levenshtein distance by dynamic programming; signs are bytes.
/// @return more than `most` (not how much more) as soon as that is sure.
double reading_cost(std::string_view seen, std::string_view truth, Alphabet alphabet, double most);

/// Less than this reading_cost() never is for texts of this edit distance (edit_distance.h), which
/// is much faster to know. @param pairs signs of melting_pairs() in both texts.
double least_reading_cost(int distance, int pairs);

/// How many places of a word could be two signs seen as one ("rn", "cl", ...).
int melting_pairs(std::string_view word);

/// Calls `visit(truth, cost)` for everything from which `seen` differs by one reading error, but
/// not for `seen` itself: what must be looked up to find a word or number that was misread.
/// Knows the letters of the script `seen` is in (Latin, Greek, Cyrillic; for others only losses).
/// About 75 variants a sign. The text is valid during the call only.
void each_one_error_away(std::string_view seen, Alphabet alphabet,
                         const std::function<void(std::string_view truth, double cost)>& visit);

} // namespace spindle::catalog
