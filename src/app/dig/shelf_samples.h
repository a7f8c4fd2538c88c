// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>
#include <string>
#include <vector>

#include "app/dig/plane_map.h"
#include "shelf/spine.h"

// Made-up racks as values, for tests: what a finder and a reader would give for a photo of them.
namespace spindle::app::samples {

inline shelf::SpineReading reading_of(const std::vector<std::string>& words) {
    shelf::SpineReading reading{{{}}, 0.9};
    for (const std::string& word : words) {
        reading.lines.front().words.push_back({word, 0.9, {}, {}});
    }
    return reading;
}

/// A case standing upright, read downwards; its left edge and upper end in millimetres.
inline shelf::Spine standing(double left, double top, double thickness = 10, double length = 124) {
    shelf::Spine spine;
    spine.quad = {{{{left + thickness, top},
                    {left + thickness, top + length},
                    {left, top + length},
                    {left, top}}}};
    spine.confidence = 0.95;
    spine.direction = 0.5;
    return spine;
}

/// A word that hardly any other seed gives.
inline std::string made_up_word(std::mt19937& random) {
    static constexpr const char* kSyllables[] = {"ba", "tor", "mi", "lon", "ker", "sa",
                                                 "du", "vel", "ro", "nim", "gut", "fal"};
    std::string word;
    for (int i = 0; i < 3; ++i) {
        word += kSyllables[random() % std::size(kSyllables)];
    }
    return word;
}

/// Rows of discs, each with an artist, a title of two words and a number.
inline std::vector<shelf::ReadSpine> rack(int rows, int columns, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<shelf::ReadSpine> spines;
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            shelf::ReadSpine read;
            read.spine = standing(column * 11.0, row * 150.0);
            read.readings = {
                reading_of({made_up_word(random), made_up_word(random), made_up_word(random),
                            std::to_string(100'000 + random() % 900'000)})};
            spines.push_back(read);
        }
    }
    return spines;
}

/// What a photo from another place shows of them.
inline std::vector<shelf::ReadSpine> seen_through(const PlaneMap& map,
                                                  std::vector<shelf::ReadSpine> spines) {
    for (shelf::ReadSpine& read : spines) {
        read.spine.quad = map(read.spine.quad);
    }
    return spines;
}

/// Those whose left edge lies between two places on the rack.
inline std::vector<shelf::ReadSpine> between(const std::vector<shelf::ReadSpine>& spines,
                                             double left, double right) {
    std::vector<shelf::ReadSpine> kept;
    for (const shelf::ReadSpine& read : spines) {
        const double x = read.spine.quad.corners[3].x;
        if (x >= left && x < right) {
            kept.push_back(read);
        }
    }
    return kept;
}

/// Loses some words and mistakes signs, as readers do.
inline void misread(std::vector<shelf::ReadSpine>& spines, unsigned seed) {
    std::mt19937 random(seed);
    for (shelf::ReadSpine& read : spines) {
        for (shelf::SpineReading& reading : read.readings) {
            for (shelf::Line& line : reading.lines) {
                std::erase_if(line.words, [&](const auto&) { return random() % 8 == 0; });
                for (shelf::Word& word : line.words) {
                    if (random() % 3 == 0) {
                        word.text[random() % word.text.size()] = 'x';
                    }
                }
            }
        }
    }
}

} // namespace spindle::app::samples
