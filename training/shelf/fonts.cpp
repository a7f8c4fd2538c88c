// SPDX-License-Identifier: Apache-2.0
#include "training/shelf/fonts.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <system_error>
#include <utility>

#include <cairo.h>
#include <hb-ot.h>
#include <hb.h>

namespace spindle::made_shelf {
namespace fs = std::filesystem;

struct Typeface::Loaded {
    std::string name;
    hb_font_t* font = nullptr;
    double capital = 1; ///< height of an H in the font's units

    Loaded() = default;
    ~Loaded() { hb_font_destroy(font); }
    Loaded(const Loaded&) = delete;
    Loaded& operator=(const Loaded&) = delete;
};

namespace {

std::vector<hb_codepoint_t> signs_of(std::string_view text) {
    hb_buffer_t* buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, text.data(), static_cast<int>(text.size()), 0, -1);
    unsigned count = 0;
    const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
    std::vector<hb_codepoint_t> signs(count);
    std::transform(infos, infos + count, signs.begin(),
                   [](const hb_glyph_info_t& info) { return info.codepoint; });
    hb_buffer_destroy(buffer);
    return signs;
}

bool has_all(hb_font_t* font, std::string_view text) {
    const auto signs = signs_of(text);
    return std::all_of(signs.begin(), signs.end(), [&](hb_codepoint_t sign) {
        hb_codepoint_t glyph = 0;
        return hb_font_get_nominal_glyph(font, sign, &glyph) != 0 && glyph != 0;
    });
}

/// Names of files that hold no letters to print a title with, or letters nobody can read.
bool is_unfit(std::string name) {
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    constexpr std::array unfit{"math",     "symbol",  "emoji",    "icon",    "dingbat",
                               "ornament", "initial", "keyboard", "outline", "vertical",
                               "barcode",  "braille", "pcr",      "swash",   "fallback"};
    return std::any_of(unfit.begin(), unfit.end(),
                       [&](const char* part) { return name.find(part) != std::string::npos; });
}

std::shared_ptr<const Typeface::Loaded> load_file(const fs::path& path) {
    hb_blob_t* blob = hb_blob_create_from_file_or_fail(path.c_str());
    if (blob == nullptr) {
        return nullptr;
    }
    hb_face_t* face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    auto loaded = std::make_shared<Typeface::Loaded>();
    loaded->name = path.filename().string();
    loaded->font = hb_font_create(face);
    hb_face_destroy(face);
    hb_glyph_extents_t extents{};
    hb_codepoint_t capital = 0;
    if (!has_all(loaded->font, "AEHOaehonst0123456789-. ") ||
        hb_font_get_nominal_glyph(loaded->font, 'H', &capital) == 0 ||
        hb_font_get_glyph_extents(loaded->font, capital, &extents) == 0 || extents.height > -100) {
        return nullptr;
    }
    loaded->capital = -extents.height;
    hb_font_make_immutable(loaded->font);
    return loaded;
}

hb_draw_funcs_t* pen() {
    static hb_draw_funcs_t* const funcs = [] {
        hb_draw_funcs_t* made = hb_draw_funcs_create();
        hb_draw_funcs_set_move_to_func(
            made,
            [](hb_draw_funcs_t*, void* cairo, hb_draw_state_t*, float x, float y, void*) {
                cairo_move_to(static_cast<cairo_t*>(cairo), x, y);
            },
            nullptr, nullptr);
        hb_draw_funcs_set_line_to_func(
            made,
            [](hb_draw_funcs_t*, void* cairo, hb_draw_state_t*, float x, float y, void*) {
                cairo_line_to(static_cast<cairo_t*>(cairo), x, y);
            },
            nullptr, nullptr);
        hb_draw_funcs_set_cubic_to_func(
            made,
            [](hb_draw_funcs_t*, void* cairo, hb_draw_state_t*, float ax, float ay, float bx,
               float by, float x, float y,
               void*) { cairo_curve_to(static_cast<cairo_t*>(cairo), ax, ay, bx, by, x, y); },
            nullptr, nullptr);
        hb_draw_funcs_set_close_path_func(
            made,
            [](hb_draw_funcs_t*, void* cairo, hb_draw_state_t*, void*) {
                cairo_close_path(static_cast<cairo_t*>(cairo));
            },
            nullptr, nullptr);
        hb_draw_funcs_make_immutable(made);
        return made;
    }();
    return funcs;
}

} // namespace

const std::string& Typeface::name() const {
    return loaded_->name;
}

bool Typeface::covers(std::string_view text) const {
    return has_all(loaded_->font, text);
}

SetText Typeface::set(std::string_view text, double tracking) const {
    SetText result;
    hb_buffer_t* buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, text.data(), static_cast<int>(text.size()), 0, -1);
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(loaded_->font, buffer, nullptr, 0);
    unsigned count = 0;
    const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t* places = hb_buffer_get_glyph_positions(buffer, &count);
    const double scale = 1 / loaded_->capital;
    double pen_x = 0;
    SetText::Word word;
    std::size_t word_begin = 0;
    const auto finish_word = [&](std::size_t end) {
        word.text = std::string(text.substr(word_begin, end - word_begin));
        if (!word.text.empty() && word.right > word.left) {
            result.words.push_back(word);
        }
        word = {};
    };
    bool in_word = false;
    for (unsigned i = 0; i < count; ++i) {
        const std::size_t byte = infos[i].cluster;
        const bool is_space = byte < text.size() && text[byte] == ' ';
        if (is_space && in_word) {
            finish_word(byte);
            in_word = false;
        }
        if (!is_space) {
            const double x = pen_x + places[i].x_offset * scale;
            const double y = -places[i].y_offset * scale;
            result.glyphs.push_back({infos[i].codepoint, x, y});
            hb_glyph_extents_t ink{};
            hb_font_get_glyph_extents(loaded_->font, infos[i].codepoint, &ink);
            const double left = x + ink.x_bearing * scale;
            const double top = y - ink.y_bearing * scale;
            const double right = left + ink.width * scale;
            const double bottom = top - ink.height * scale;
            if (!in_word) {
                word_begin = byte;
                in_word = true;
                word = {{}, left, right, top, bottom};
            } else if (right > left) {
                word = {{},
                        std::min(word.left, left),
                        std::max(word.right, right),
                        std::min(word.top, top),
                        std::max(word.bottom, bottom)};
            }
        }
        pen_x += places[i].x_advance * scale + tracking;
    }
    if (in_word) {
        finish_word(text.size());
    }
    result.advance = pen_x - (count > 0 ? tracking : 0);
    hb_buffer_destroy(buffer);
    return result;
}

void Typeface::outline(const SetText& text, cairo_t* cairo) const {
    const double scale = 1 / loaded_->capital;
    for (const SetText::Glyph& glyph : text.glyphs) {
        cairo_save(cairo);
        cairo_translate(cairo, glyph.x, glyph.y);
        cairo_scale(cairo, scale, -scale);
        hb_font_get_glyph_shape(loaded_->font, glyph.id, pen(), cairo);
        cairo_restore(cairo);
    }
}

Result<Fonts> Fonts::load(const fs::path& folder) {
    const fs::path root = folder.empty() ? fs::path("/usr/share/fonts") : folder;
    std::error_code error;
    std::map<fs::path, std::vector<fs::path>> files; // sorted: the same on every machine
    for (fs::recursive_directory_iterator it(root, error), end; !error && it != end;
         it.increment(error)) {
        const std::string extension = it->path().extension().string();
        if ((extension == ".ttf" || extension == ".otf" || extension == ".ttc" ||
             extension == ".TTF" || extension == ".OTF") &&
            !is_unfit(it->path().filename().string())) {
            files[it->path().parent_path()].push_back(it->path());
        }
    }
    Fonts fonts;
    for (auto& [parent, paths] : files) {
        std::sort(paths.begin(), paths.end());
        std::vector<Typeface> package;
        for (const fs::path& path : paths) {
            if (auto loaded = load_file(path)) {
                package.emplace_back(std::move(loaded));
            }
        }
        if (!package.empty()) {
            fonts.weights_ += std::min(package.size(), kMostWeight);
            fonts.packages_.push_back(std::move(package));
        }
    }
    if (fonts.packages_.empty()) {
        return fail(Code::NotFound,
                    "{}: no usable font; name a folder with .ttf or .otf files "
                    "(training/shelf/fetch-fonts makes one)",
                    root.string());
    }
    return fonts;
}

const Typeface& Fonts::any(Random& random) const {
    std::size_t left = random.below(weights_);
    for (const auto& package : packages_) {
        const std::size_t weight = std::min(package.size(), kMostWeight);
        if (left < weight) {
            return one_of(random, package);
        }
        left -= weight;
    }
    return packages_.front().front();
}

const Typeface* Fonts::draw(Random& random, std::string_view text) const {
    for (int i = 0; i < 12; ++i) {
        const Typeface& face = any(random);
        if (face.covers(text)) {
            return &face;
        }
    }
    // A script few fonts have: all that have it are equally likely.
    std::vector<const Typeface*> fit;
    for (const auto& package : packages_) {
        for (const Typeface& face : package) {
            if (face.covers(text)) {
                fit.push_back(&face);
            }
        }
    }
    return fit.empty() ? nullptr : one_of(random, fit);
}

std::size_t Fonts::size() const {
    std::size_t count = 0;
    for (const auto& package : packages_) {
        count += package.size();
    }
    return count;
}

} // namespace spindle::made_shelf
