// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "training/shelf/casing.h"
#include "training/shelf/fonts.h"
#include "training/shelf/releases.h"
#include "training/shelf/view.h"

namespace spindle::made_shelf {

/// What an item turns to the camera.
enum class Facing : std::uint8_t { Spine, Back, Cover };

struct Item {
    Casing casing;
    Facing facing = Facing::Spine;
    Solid solid;
    std::uint32_t release = 0; ///< id in the made-up dump
    std::string artist;        ///< as printed; empty where it is not
    std::string title;
    std::string label;
    std::string number;
    double shade = 1;    ///< how much light reaches it
    double nearness = 0; ///< painted in rising order
};

/// A board, wall, tag or shadow: a flat thing that is no case.
struct Panel {
    enum class Look : std::uint8_t { Wood, Paint, Cloth, Paper, Tag, Shadow, Blob };
    Face face;
    Look look = Look::Wood;
    Colour colour;
    double shade = 1;
    std::uint64_t seed = 0;
    bool has_one_side = false; ///< not seen from behind
    double nearness = 0;       ///< painted in rising order, before items as near
};

/// Everything a photo is made from. Millimetres and pixels.
struct Scene {
    View view;
    std::vector<Panel> panels; ///< both sorted by nearness
    std::vector<Item> items;
    std::vector<Face> ceilings; ///< areas at z = 0 that lie in the shadow of a board above
    Vec light;                  ///< unit vector towards the lamp
    double ambient = 0.5;       ///< share of light that comes from everywhere
    Colour background;
};

enum class Family : std::uint8_t { Discs, Films, Records, Books, Mixed };

/// Thickness of a typical spine of the family, mm.
double usual_thickness(Family family);

struct SceneOptions {
    int width = 2048; ///< of the photo, in pixels
    int height = 1536;
    std::uint64_t catalog_size = 1'000'000; ///< releases the discs are drawn from
    /// Above 0: the same shelf once more, the camera moved as a hand moves it, with other noise.
    unsigned look = 0;
};

/// Sets up a shelf and a camera before it. The same seed gives the same scene.
Scene make_scene(std::uint64_t seed, const SceneOptions& options, const Fonts& fonts,
                 Releases& releases);

} // namespace spindle::made_shelf
