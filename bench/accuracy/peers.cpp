// SPDX-License-Identifier: Apache-2.0
#include "accuracy/peers.h"

#include <algorithm>
#include <array>

namespace spindle::accuracy {
namespace {

constexpr std::array<PeerShares, 21> kPeers{
    {
        {"clean", 100, 100, 100},      {"speed+0.5", 86.7, 98.3, 100},
        {"speed+1", 66.7, 95.0, 96.7}, {"speed+2", 51.7, 61.7, 68.3},
        {"speed-1", 68.3, 86.7, 93.3}, {"speed-3", 26.7, 36.7, 43.3},
        {"speed+4", 20.0, 23.3, 31.7}, {"wow", 98.3, 100, 100},
        {"eq", 96.7, 100, 100},        {"vin20", 95.0, 98.3, 98.3},
        {"vin10", 88.3, 95.0, 98.3},   {"vin5", 70.0, 86.7, 96.7},
        {"vin0", 48.3, 76.7, 86.7},    {"mp3_96", 95.0, 100, 100},
        {"aac_96", 98.3, 100, 100},    {"mono", 98.3, 98.3, 98.3},
        {"room", 65.0, 83.3, 90.0}, // audfprint at 5 s, Olaf at the others
        {"clip", 76.7, 96.7, 98.3},    {"worn", 40.0, 78.3, 86.7},
        {"wornhard", 5.0, 13.3, 15.0}, {"all", 69.5, 81.4, 85.1},
    }};
constexpr PeerShares kFalsePositives{"unknown", 1.7, 2.2, 4.4}; // audfprint; Olaf 8.3, 13.3, 23.3

std::optional<double> at(const PeerShares& shares, int length) {
    switch (length) {
    case 5:
        return shares.at_5;
    case 10:
        return shares.at_10;
    case 15:
        return shares.at_15;
    default:
        return std::nullopt;
    }
}

} // namespace

std::optional<double> best_peer(std::string_view condition, int length) {
    const auto found = std::find_if(kPeers.begin(), kPeers.end(), [&](const PeerShares& peer) {
        return peer.condition == condition;
    });
    return found == kPeers.end() ? std::nullopt : at(*found, length);
}

std::optional<double> best_peer_false_positives(int length) {
    return at(kFalsePositives, length);
}

} // namespace spindle::accuracy
