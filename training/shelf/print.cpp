// SPDX-License-Identifier: Apache-2.0
#include "training/shelf/print.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

namespace spindle::made_shelf {
namespace {

using namespace std::string_view_literals;

enum class Letters : std::uint8_t { AsWritten, Capitals, Small };

/// ASCII and the accented letters of Latin-1, Greek and Cyrillic stay as written.
std::string with_letters(std::string text, Letters letters) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool after_c3 = i > 0 && static_cast<unsigned char>(text[i - 1]) == 0xC3;
        if (letters == Letters::Capitals &&
            ((byte >= 'a' && byte <= 'z') ||
             (after_c3 && byte >= 0xA0 && byte != 0xB7 && byte != 0xBF))) {
            text[i] = static_cast<char>(byte - 0x20);
        } else if (letters == Letters::Small && byte >= 'A' && byte <= 'Z') {
            text[i] = static_cast<char>(byte + 0x20);
        }
    }
    return text;
}

Letters draw_letters(Random& random) {
    const double which = random.unit();
    return which < 0.45 ? Letters::Capitals : which < 0.94 ? Letters::AsWritten : Letters::Small;
}

/// A voice in a design: all lines of one role in a series sound the same.
struct Voice {
    const Typeface* typeface = nullptr;
    Letters letters = Letters::AsWritten;
    double tracking = 0;
    double narrowed = 1;
    double slant = 0;
    double weight = 0;
    Colour ink;
    std::optional<Colour> second_ink;
};

Voice draw_voice(Random& random, const Fonts& fonts, std::string_view text, Colour ground) {
    Voice voice;
    voice.typeface = fonts.draw(random, text);
    voice.letters = draw_letters(random);
    voice.tracking = happens(random, 0.2) ? random.between(0.08, 0.7) : random.between(-0.02, 0.06);
    voice.narrowed = happens(random, 0.3) ? random.between(0.6, 0.92) : random.between(0.92, 1.15);
    voice.slant = happens(random, 0.07) ? random.between(0.12, 0.28) : 0;
    voice.weight = happens(random, 0.15) ? random.between(0.01, 0.06) : 0;
    voice.ink = draw_ink(random, ground);
    if (happens(random, 0.06)) {
        voice.second_ink = mixed(voice.ink, grey(voice.ink.luma() > 0.5 ? 0.35 : 0.8), 0.7);
    }
    return voice;
}

PrintedText speak(const Voice& voice, Role role, const std::string& text, double capital,
                  const Fonts& fonts, Random& random) {
    PrintedText printed;
    printed.role = role;
    const std::string written = with_letters(text, voice.letters);
    printed.typeface = voice.typeface != nullptr && voice.typeface->covers(written)
                           ? voice.typeface
                           : fonts.draw(random, written);
    if (printed.typeface == nullptr) {
        return printed;
    }
    printed.set = printed.typeface->set(written, voice.tracking);
    printed.capital = capital;
    printed.narrowed = voice.narrowed;
    printed.slant = voice.slant;
    printed.weight = voice.weight;
    printed.ink = voice.ink;
    printed.second_ink = voice.second_ink;
    return printed;
}

double width_of(const PrintedText& text) {
    return text.set.advance * text.capital * text.narrowed;
}

/// A run of texts side by side that must fit.
struct Line {
    std::vector<PrintedText> texts;
    std::vector<double> gaps; ///< before each, in mm; the first is the distance from the margin

    double width() const {
        double sum = 0;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            sum += width_of(texts[i]) + (i > 0 ? gaps[i] : 0);
        }
        return sum;
    }
    /// Narrows the letters a little, then makes all smaller.
    void fit(double room) {
        const double wanted = width();
        if (wanted <= room || wanted <= 0) {
            return;
        }
        const double narrower = std::max(room / wanted, 0.72);
        for (PrintedText& text : texts) {
            text.narrowed *= narrower;
        }
        const double smaller = std::min(1.0, room / width());
        for (PrintedText& text : texts) {
            text.capital *= smaller;
        }
        for (double& gap : gaps) {
            gap *= smaller;
        }
    }
    /// Gives each its place; `spread` is added to every gap.
    void place(double x, double middle, double spread, std::vector<PrintedText>& into) {
        for (std::size_t i = 0; i < texts.size(); ++i) {
            x += i > 0 ? gaps[i] + spread : 0;
            texts[i].x = x;
            texts[i].baseline = middle + texts[i].capital / 2;
            x += width_of(texts[i]);
            if (texts[i].typeface != nullptr) {
                into.push_back(std::move(texts[i]));
            }
        }
    }
};

/// What can be said of a release on its spine.
struct Words {
    std::string artist;
    std::string title;
    std::string number;
    std::string label;
};

Words words_of(const catalog::Release& release) {
    Words words;
    words.artist = catalog::credit_line(release.artists);
    words.title = release.title;
    if (!release.labels.empty()) {
        words.number = release.labels.front().number;
        words.label = catalog::without_namesake_number(release.labels.front().label);
    }
    if (words.label.starts_with("Not On Label")) {
        words.label.clear();
    }
    return words;
}

class Designer {
public:
    Designer(const PrintStyle& style, const catalog::Release& release, const Fonts& fonts,
             Kind kind, double length, double thickness, Random& random)
        : style_(style.seed), random_(random), fonts_(fonts), kind_(kind),
          words_(words_of(release)) {
        print_.length = length;
        print_.thickness = thickness;
        print_.ground = draw_ground(style_);
        if (style.ground) {
            print_.ground = mixed(*style.ground, print_.ground, 0.06);
        }
    }

    Print design() {
        draw_grounds();
        const double share = style_.unit();
        const bool is_blank = kind_ == Kind::Slim      ? share < 0.3
                              : kind_ == Kind::Sleeve  ? share < 0.15
                              : kind_ == Kind::Digipak ? share < 0.04
                                                       : share < 0.025;
        if (!is_blank) {
            draw_voices();
            draw_texts();
            keep_readable();
        }
        if (happens(random_, 0.05)) {
            draw_sticker();
        }
        if (kind_ == Kind::Jewel && happens(random_, 0.03)) {
            draw_band();
        }
        return std::move(print_);
    }

private:
    void draw_grounds() {
        const double length = print_.length;
        const double thickness = print_.thickness;
        if (happens(style_, 0.10)) {
            print_.far_ground = mixed(draw_ground(style_), print_.ground, style_.between(0, 0.8));
        }
        if (happens(style_, 0.16)) {
            print_.picture = style_.between(0.1, 0.7);
            print_.picture_seed = style_.below(1U << 30U);
        }
        text_begin_ = 0;
        text_end_ = length;
        if (happens(style_, 0.2)) { // two tones
            const double at = style_.between(0.1, 0.9) * length;
            const Colour other = draw_ground(style_);
            if (at > length / 2) {
                print_.patches.push_back(
                    {Patch::Shape::Rectangle, at, 0, length - at, thickness, other, false});
                text_end_ = at;
            } else {
                print_.patches.push_back(
                    {Patch::Shape::Rectangle, 0, 0, at, thickness, other, false});
                text_begin_ = at;
            }
        }
        if (happens(style_, 0.07)) { // a stripe along an edge
            const double high = thickness * style_.between(0.06, 0.2);
            print_.patches.push_back({Patch::Shape::Rectangle, 0,
                                      happens(style_, 0.5) ? 0 : thickness - high, length, high,
                                      draw_ground(style_), false});
        }
        if (happens(style_, 0.05)) { // thin rules
            for (const double y : {0.1, 0.9}) {
                print_.patches.push_back({Patch::Shape::Rectangle, 0, y * thickness, length, 0.25,
                                          draw_ink(style_, print_.ground), false});
            }
        }
    }

    void draw_voices() {
        artist_ = draw_voice(style_, fonts_, words_.artist, print_.ground);
        title_ = draw_voice(style_, fonts_, words_.title, print_.ground);
        if (happens(style_, 0.55)) { // one typeface, perhaps one ink
            title_.typeface = artist_.typeface;
            title_.tracking = artist_.tracking;
            title_.narrowed = artist_.narrowed;
            title_.weight = artist_.weight;
        }
        if (happens(style_, 0.65)) {
            title_.ink = artist_.ink;
        }
        number_ = draw_voice(style_, fonts_, words_.number + "0", print_.ground);
        number_.letters = Letters::AsWritten;
        number_.tracking *= 0.4;
        if (happens(style_, 0.6)) {
            number_.ink = artist_.ink;
            number_.second_ink.reset();
        }
        label_ = number_;
        label_.letters = draw_letters(style_);
        if (happens(style_, 0.5)) {
            label_.typeface = fonts_.draw(style_, words_.label);
        }
    }

    PrintedText say(const Voice& voice, Role role, const std::string& text, double capital) {
        return speak(voice, role, text, capital, fonts_, random_);
    }

    /// The label's name, plainly or as a sign. Returns its width; nothing is placed yet.
    void place_label(PrintedText text, double x) {
        const double middle = print_.thickness / 2;
        text.x = x;
        text.baseline = middle + text.capital / 2;
        const double width = width_of(text);
        if (logo_ != 0) {
            const double pad = text.capital * 0.45;
            Patch sign{logo_ == 1   ? Patch::Shape::Rectangle
                       : logo_ == 2 ? Patch::Shape::Rounded
                                    : Patch::Shape::Ellipse,
                       x - pad,
                       middle - text.capital / 2 - pad,
                       width + 2 * pad,
                       text.capital + 2 * pad,
                       label_.ink,
                       logo_outline_};
            print_.patches.push_back(sign);
            if (!logo_outline_) {
                text.ink = std::abs(print_.ground.luma() - label_.ink.luma()) > 0.3
                               ? print_.ground
                               : grey(label_.ink.luma() > 0.5 ? 0.05 : 0.95);
            }
        }
        if (text.typeface != nullptr) {
            print_.texts.push_back(std::move(text));
        }
    }

    void draw_texts() {
        const double thickness = print_.thickness;
        // Thick spines are not filled with letters of their own height.
        const double useful = std::min(thickness, 6 + 0.45 * std::max(0.0, thickness - 6));
        const double small = useful * style_.between(0.2, 0.42);
        const double margin = style_.between(1.5, 8);
        double begin = margin;
        double end = print_.length - margin;
        avoid_edge_ = happens(style_, 0.7);
        logo_ = happens(style_, 0.3) ? 1 + static_cast<int>(style_.below(3)) : 0;
        logo_outline_ = happens(style_, 0.3);
        const bool number_first = happens(style_, 0.4);
        const bool has_number = !words_.number.empty() && happens(style_, 0.86);
        const bool has_label = !words_.label.empty() && words_.label.size() < 28 &&
                               happens(style_, kind_ == Kind::Book ? 0.9 : 0.62);
        const bool label_with_number = has_number && has_label && happens(style_, 0.3);
        const double gap = style_.between(2, 6);
        // Things at the ends.
        const auto at_begin = [&](PrintedText text, bool is_label) {
            const double width = width_of(text);
            if (is_label) {
                place_label(std::move(text), begin);
            } else if (text.typeface != nullptr) {
                text.x = begin;
                text.baseline = thickness / 2 + text.capital / 2;
                print_.texts.push_back(std::move(text));
            }
            begin += width + gap;
        };
        const auto at_end = [&](PrintedText text, bool is_label) {
            const double x = end - width_of(text);
            if (is_label) {
                place_label(std::move(text), x);
            } else if (text.typeface != nullptr) {
                text.x = x;
                text.baseline = thickness / 2 + text.capital / 2;
                print_.texts.push_back(std::move(text));
            }
            end = x - gap;
        };
        const auto limited = [&](PrintedText text) {
            const double most = 0.27 * print_.length;
            const double width = width_of(text);
            if (width > most) {
                text.narrowed *= std::max(0.7, most / width);
                text.capital *= std::min(1.0, most / width_of(text));
            }
            return text;
        };
        if (has_number) {
            PrintedText text = limited(say(number_, Role::Number, words_.number, small));
            number_first ? at_begin(std::move(text), false) : at_end(std::move(text), false);
        }
        if (has_label) {
            PrintedText text = limited(say(label_, Role::Label, words_.label, small * 1.1));
            const bool first = label_with_number ? number_first : !number_first;
            first ? at_begin(std::move(text), true) : at_end(std::move(text), true);
        }
        if (style_.unit() < 0.06) {
            PrintedText text =
                say(number_, Role::Other, std::string(one_of(style_, kExtras)), small * 0.8);
            at_begin(std::move(text), false);
        }
        draw_main(begin, end, useful);
    }

    void draw_main(double begin, double end, double useful) {
        // Most text keeps to the larger of two tones.
        if (avoid_edge_ && std::min(end, text_end_) - std::max(begin, text_begin_) > 45) {
            begin = std::max(begin, text_begin_ + 2);
            end = std::min(end, text_end_ - 2);
        }
        const double thickness = print_.thickness;
        const double room = std::max(end - begin, 5.0);
        const double capital = useful * style_.between(0.3, 0.62);
        const bool has_artist = !words_.artist.empty() && happens(style_, 0.95);
        const bool has_title = !words_.title.empty() && (!has_artist || happens(style_, 0.96));
        const bool title_first = happens(style_, 0.15);
        const double where = style_.unit(); // left, centred, spread
        const double size_of_title = happens(style_, 0.6) ? 1 : style_.between(0.55, 1.35);
        const double two_lines = kind_ == Kind::Book || kind_ == Kind::Box ? 0.4 : 0.14;
        PrintedText artist = say(artist_, Role::Artist, words_.artist, capital);
        PrintedText title =
            say(title_, Role::Title, words_.title, std::min(capital * size_of_title, useful * 0.7));
        std::vector<PrintedText> order;
        if (has_artist) {
            order.push_back(std::move(artist));
        }
        if (has_title) {
            order.insert(title_first ? order.begin() : order.end(), std::move(title));
        }
        const bool is_long = [&] {
            double width = 0;
            for (const PrintedText& text : order) {
                width += width_of(text);
            }
            return width > 1.5 * room;
        }();
        if (order.size() == 2 && (happens(style_, two_lines) || is_long)) {
            const double high = std::min(useful * 0.36, capital);
            for (std::size_t i = 0; i < 2; ++i) {
                Line line;
                order[i].capital = std::min(order[i].capital, high);
                line.texts.push_back(std::move(order[i]));
                line.gaps.push_back(0);
                line.fit(room);
                const double offset = std::max(useful * 0.24, high * 0.72) * (i == 0 ? -1 : 1);
                const double x = where < 0.45 ? begin : begin + (room - line.width()) / 2;
                line.place(x, thickness / 2 + offset, 0, print_.texts);
            }
            return;
        }
        Line line;
        for (PrintedText& text : order) {
            if (!line.texts.empty() && happens(style_, 0.3)) {
                Voice voice = title_first ? artist_ : title_;
                voice.tracking = 0;
                line.texts.push_back(say(voice, Role::Other,
                                         std::string(one_of(style_, kSeparators)),
                                         line.texts.back().capital));
                line.gaps.push_back(capital * 0.7);
                line.texts.push_back(std::move(text));
                line.gaps.push_back(capital * 0.7);
            } else {
                line.texts.push_back(std::move(text));
                line.gaps.push_back(capital * style_.between(1, 3.5));
            }
        }
        line.fit(room);
        const double free = std::max(0.0, room - line.width());
        const auto gaps = static_cast<double>(line.texts.size()) - 1;
        if (where < 0.4) {
            line.place(begin + free * style_.between(0, 0.1), thickness / 2, 0, print_.texts);
        } else if (where < 0.75 || gaps < 1) {
            line.place(begin + free / 2, thickness / 2, 0, print_.texts);
        } else {
            const double spread = free / (gaps + 2);
            line.place(begin + spread, thickness / 2, spread, print_.texts);
        }
    }

    /// Nobody prints black on the black half of a spine, or hardly anybody.
    void keep_readable() {
        for (PrintedText& text : print_.texts) {
            const double middle = text.baseline - text.capital / 2;
            const double near = text.x + 0.1 * width_of(text);
            const double far = text.x + 0.9 * width_of(text);
            const Colour ground = ground_at(print_, (near + far) / 2, middle);
            const double least =
                std::min(std::abs(ground_at(print_, near, middle).luma() - text.ink.luma()),
                         std::abs(ground_at(print_, far, middle).luma() - text.ink.luma()));
            if (least < 0.12 || std::abs(ground.luma() - text.ink.luma()) < 0.12) {
                text.ink = draw_ink(style_, ground);
                text.second_ink.reset();
            }
        }
    }

    /// The paper band of Japanese editions, here as wide as a part of the spine.
    void draw_band() {
        const double width = random_.between(0.25, 0.6) * print_.length;
        const bool is_first = happens(random_, 0.5);
        const Colour paper = draw_ground(random_);
        const double x = is_first ? 0 : print_.length - width;
        print_.stickers.push_back(
            {Patch::Shape::Rectangle, x, 0, width, print_.thickness, paper, false});
        const Voice voice = draw_voice(random_, fonts_, "あ", paper);
        PrintedText text = say(voice, Role::Other, std::string(one_of(random_, kBandWords)),
                               print_.thickness * random_.between(0.35, 0.6));
        if (text.typeface != nullptr) {
            const double room = width * 0.85;
            text.narrowed *= std::min(1.0, room / std::max(0.1, width_of(text)));
            text.x = x + (width - width_of(text)) / 2;
            text.baseline = (print_.thickness + text.capital) / 2;
            print_.sticker_texts.push_back(std::move(text));
        }
    }

    void draw_sticker() {
        const double thickness = print_.thickness;
        const double width = random_.between(5, 18);
        const double x = random_.between(0, print_.length - width);
        const bool is_round = happens(random_, 0.3);
        const double high = thickness * random_.between(0.6, 1.0);
        Colour colour = happens(random_, 0.4) ? from_hsv(random_.between(0.09, 0.17), 0.9, 0.97)
                        : happens(random_, 0.5)
                            ? grey(0.95)
                            : from_hsv(random_.unit(), 0.8, random_.between(0.6, 1));
        const double wide = is_round ? std::min(width, thickness * 1.1) : width;
        print_.stickers.push_back({is_round ? Patch::Shape::Ellipse : Patch::Shape::Rounded, x,
                                   (thickness - high) / 2, wide, high, colour, false});
        Voice voice = draw_voice(random_, fonts_, "0123456789.", colour);
        voice.tracking = 0;
        const std::string price = std::to_string(whole(random_, 0, 29)) + "." +
                                  std::to_string(whole(random_, 0, 9)) + "9";
        PrintedText text = say(voice, Role::Other, price, high * 0.4);
        if (text.typeface != nullptr) {
            text.narrowed = std::min(1.0, wide * 0.85 / std::max(width_of(text), 0.1));
            text.x = x + (wide - width_of(text)) / 2;
            text.baseline = thickness / 2 + text.capital / 2;
            print_.sticker_texts.push_back(std::move(text));
        }
    }

    static constexpr std::array kSeparators{"-"sv, "/"sv, "·"sv, "|"sv, "*"sv, ":"sv};
    static constexpr std::array kBandWords{"限定盤"sv, "全曲 日本語解説付"sv,
                                           "ベスト・コレクション"sv, "2500円"sv, "名盤シリーズ"sv};
    static constexpr std::array kExtras{"STEREO"sv, "DIGITAL"sv,      "2 CD"sv,   "DDD"sv,
                                        "ADD"sv,    "COMPACT DISC"sv, "VOL. 1"sv, "LC 0110"sv};

    Random style_;   // what a series has in common
    Random& random_; // what is this spine's own
    const Fonts& fonts_;
    Kind kind_;
    Words words_;
    Print print_;
    Voice artist_, title_, number_, label_;
    double text_begin_ = 0;
    double text_end_ = 0;
    int logo_ = 0;
    bool logo_outline_ = false;
    bool avoid_edge_ = false;
};

} // namespace

std::string_view name_of(Role role) {
    constexpr std::array names{"artist"sv, "title"sv, "catno"sv, "label"sv, "other"sv};
    return names[static_cast<std::size_t>(role)];
}

Colour ground_at(const Print& print, double x, double y) {
    Colour colour = print.ground;
    if (print.far_ground) {
        colour = mixed(colour, *print.far_ground, std::clamp(x / print.length, 0.0, 1.0));
    }
    for (const Patch& patch : print.patches) {
        if (!patch.is_outline && x >= patch.x && x <= patch.x + patch.width && y >= patch.y &&
            y <= patch.y + patch.height) {
            colour = patch.colour;
        }
    }
    return colour;
}

Print design_print(const PrintStyle& style, const catalog::Release& release, const Fonts& fonts,
                   Kind kind, double length, double thickness, Random& random) {
    return Designer(style, release, fonts, kind, length, thickness, random).design();
}

} // namespace spindle::made_shelf
