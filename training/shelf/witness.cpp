// SPDX-License-Identifier: Apache-2.0
#include "training/shelf/detail/witness.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include <opencv2/imgproc.hpp>

#include "base/text.h"

namespace spindle::made_shelf {
namespace {

// A spine hidden by more than this, or with less of it in the picture, is not asked for.
constexpr double kMostHidden = 0.30;
constexpr double kLeastInside = 0.60;
constexpr double kMostOfAWord = 0.9; // of its area inside the picture
// Below this much to be seen nobody would take it for a spine: not even ignored.
constexpr double kLeastSeen = 0.03;
// What makes a spine legible; see TrueSpine.
constexpr double kLeastCapital = 7;
constexpr double kLeastContrast = 0.1;
constexpr double kMostGlare = 0.6;

class Witness {
public:
    Witness(const Scene& scene, const Painted& painted)
        : scene_(scene), painted_(painted), seen_(scene.items.size() + 1) {
        for (int y = 0; y < painted.owners.rows; ++y) {
            const auto* row = painted.owners.ptr<std::uint16_t>(y);
            for (int x = 0; x < painted.owners.cols; ++x) {
                ++seen_[row[x]];
            }
        }
    }

    Truth tell() {
        truth_.width = scene_.view.width;
        truth_.height = scene_.view.height;
        for (std::size_t i = 0; i < scene_.items.size(); ++i) {
            tell_item(i);
        }
        std::array<int, kKinds> kinds{};
        for (const Item& item : scene_.items) {
            ++kinds[static_cast<std::size_t>(item.casing.kind)];
        }
        const auto most =
            static_cast<Kind>(std::max_element(kinds.begin(), kinds.end()) - kinds.begin());
        truth_.kind = most == Kind::Book                          ? "book"
                      : most == Kind::Lp                          ? "lp"
                      : most == Kind::Dvd || most == Kind::BluRay ? "dvd"
                                                                  : "cd";
        return std::move(truth_);
    }

private:
    /// The part of the face in the picture, in its own coordinates 0 to 1: as far as its middle
    /// lines are in it. So the ends stay square to the sides, and where the frame cuts at a slant a
    /// corner may lie outside of it.
    struct Inside {
        double u0 = 0, v0 = 0, u1 = 1, v1 = 1;
        double share = 1; ///< of the face's area, exactly
    };

    Inside inside_of(const image::Quad& quad) const {
        std::vector<cv::Point2f> corners;
        for (const image::Point corner : quad.corners) {
            corners.emplace_back(static_cast<float>(corner.x), static_cast<float>(corner.y));
        }
        const auto w = static_cast<float>(scene_.view.width);
        const auto h = static_cast<float>(scene_.view.height);
        const std::vector<cv::Point2f> frame{{0, 0}, {w, 0}, {w, h}, {0, h}};
        std::vector<cv::Point2f> common;
        const float area = cv::intersectConvexConvex(corners, frame, common);
        Inside inside;
        const double whole_area = image::area_of(quad);
        inside.share = whole_area > 0 ? static_cast<double>(area) / whole_area : 0;
        if (common.empty() || inside.share > 0.9995) {
            return inside;
        }
        const std::array<cv::Point2f, 4> unit{cv::Point2f(0, 0), cv::Point2f(1, 0),
                                              cv::Point2f(1, 1), cv::Point2f(0, 1)};
        const cv::Mat to_own = cv::getPerspectiveTransform(corners.data(), unit.data());
        std::vector<cv::Point2f> middles;
        cv::perspectiveTransform(std::vector<cv::Point2f>{{0, 0.5F}, {1, 0.5F}}, middles,
                                 to_own.inv());
        cut(middles, to_own, inside.u0, inside.u1, true);
        const auto middle = static_cast<float>((inside.u0 + inside.u1) / 2);
        cv::perspectiveTransform(std::vector<cv::Point2f>{{middle, 0}, {middle, 1}}, middles,
                                 to_own.inv());
        cut(middles, to_own, inside.v0, inside.v1, false);
        return inside;
    }

    /// Where a middle line from 0 to 1 enters and leaves the picture.
    void cut(const std::vector<cv::Point2f>& line, const cv::Mat& to_own, double& from, double& to,
             bool is_across) const {
        image::Point a{static_cast<double>(line[0].x), static_cast<double>(line[0].y)};
        image::Point b{static_cast<double>(line[1].x), static_cast<double>(line[1].y)};
        if (!cut_at_frame(a, b)) {
            return;
        }
        std::vector<cv::Point2f> own;
        cv::perspectiveTransform(
            std::vector<cv::Point2f>{{static_cast<float>(a.x), static_cast<float>(a.y)},
                                     {static_cast<float>(b.x), static_cast<float>(b.y)}},
            own, to_own);
        from = std::clamp<double>(static_cast<double>(is_across ? own[0].x : own[0].y), 0, 1);
        to = std::clamp<double>(static_cast<double>(is_across ? own[1].x : own[1].y), 0, 1);
    }

    image::Quad place(const Face& face, double u0, double v0, double u1, double v1) const {
        const Face part{face.at(u0, v0), face.across * (u1 - u0), face.down * (v1 - v0)};
        return scene_.view.bent(scene_.view.project(part));
    }

    /// The part of a line from a to b that lies in the picture (Liang and Barsky 1984); false if
    /// none does.
    bool cut_at_frame(image::Point& a, image::Point& b) const {
        double from = 0;
        double to = 1;
        const double dx = b.x - a.x;
        const double dy = b.y - a.y;
        for (const auto& [p, q] : {std::pair(-dx, a.x), std::pair(dx, scene_.view.width - a.x),
                                   std::pair(-dy, a.y), std::pair(dy, scene_.view.height - a.y)}) {
            if (std::abs(p) < 1e-12) {
                if (q < 0) {
                    return false;
                }
            } else if (p < 0) {
                from = std::max(from, q / p);
            } else {
                to = std::min(to, q / p);
            }
        }
        if (from >= to) {
            return false;
        }
        const image::Point begin = a;
        a = {begin.x + dx * from, begin.y + dy * from};
        b = {begin.x + dx * to, begin.y + dy * to};
        return true;
    }

    void tell_item(std::size_t number) {
        const Item& item = scene_.items[number];
        const Face face = item.solid.spine();
        if (item.facing == Facing::Cover || !scene_.view.is_before(face) ||
            !scene_.view.faces(face)) {
            return;
        }
        const image::Quad straight = scene_.view.project(face);
        const Inside inside = inside_of(straight);
        const double in_picture = image::area_of(straight) * inside.share;
        const auto seen = static_cast<double>(seen_[number + 1]);
        if (in_picture < 20 || seen < kLeastSeen * in_picture) {
            return;
        }
        const image::Quad quad = place(face, inside.u0, inside.v0, inside.u1, inside.v1);
        if (item.facing == Facing::Back) {
            truth_.unprinted.push_back(quad);
            return;
        }
        if (seen < (1 - kMostHidden) * in_picture || inside.share < kLeastInside) {
            truth_.ignored.push_back(quad);
            return;
        }
        TrueSpine spine;
        spine.id = "S" + std::to_string(truth_.spines.size() + 1);
        spine.quad = quad;
        spine.is_cut = inside.share < 0.9995;
        spine.artist = item.artist;
        spine.title = item.title;
        spine.label = item.label;
        spine.number = item.number;
        spine.kind = name_of(item.casing.kind);
        spine.release = item.release;
        spine.glare = painted_.glare[number];
        spine.thickness = image::thickness_of(quad);
        tell_words(item, face, number, inside, spine);
        forget_unseen(spine);
        truth_.spines.push_back(std::move(spine));
    }

    void tell_words(const Item& item, const Face& face, std::size_t number, const Inside& inside,
                    TrueSpine& spine) {
        const Casing& casing = item.casing;
        std::vector<const PrintedText*> texts;
        for (const PrintedText& text : casing.print.texts) {
            texts.push_back(&text);
        }
        // Lines from the top, words from the left.
        std::stable_sort(texts.begin(), texts.end(), [&](const auto* a, const auto* b) {
            const double line = 0.4 * std::max(a->capital, b->capital);
            const double middle_a = a->baseline - a->capital / 2;
            const double middle_b = b->baseline - b->capital / 2;
            return middle_a < middle_b - line || (middle_a < middle_b + line && a->x < b->x);
        });
        bool is_clear = false;
        for (const PrintedText* text : texts) {
            const double wide = text->capital * text->narrowed;
            for (const SetText::Word& word : text->set.words) {
                const double lean_top = -word.top * text->slant * text->capital;
                const double lean_bottom = -word.bottom * text->slant * text->capital;
                const double x0 = casing.print_x + text->x + word.left * wide +
                                  std::min({lean_top, lean_bottom, 0.0});
                const double x1 = casing.print_x + text->x + word.right * wide +
                                  std::max({lean_top, lean_bottom, 0.0});
                const double y0 = casing.print_y + text->baseline + word.top * text->capital;
                const double y1 = casing.print_y + text->baseline + word.bottom * text->capital;
                const double whole = (x1 - x0) * (y1 - y0);
                const double u0 = std::clamp(x0 / casing.size.length, inside.u0, inside.u1);
                const double u1 = std::clamp(x1 / casing.size.length, inside.u0, inside.u1);
                const double v0 = std::clamp(y0 / casing.size.thickness, inside.v0, inside.v1);
                const double v1 = std::clamp(y1 / casing.size.thickness, inside.v0, inside.v1);
                const double shown =
                    (u1 - u0) * casing.size.length * (v1 - v0) * casing.size.thickness;
                // Half a word in the picture is not that word.
                if (shown < kMostOfAWord * whole || is_under_sticker(casing, x0, x1) ||
                    !is_visible(face, u0, v0, u1, v1, number)) {
                    continue;
                }
                spine.words.push_back(
                    {word.text, place(face, u0, v0, u1, v1), std::string(name_of(text->role))});
                spine.text += (spine.text.empty() ? "" : " ") + word.text;
            }
            if (text->role == Role::Label || text->role == Role::Other) {
                continue;
            }
            const double pixels =
                text->capital / casing.size.thickness * image::thickness_of(spine.quad);
            const double contrast = std::abs(
                text->ink.luma() - ground_at(casing.print, text->x + text->set.advance * wide / 2,
                                             text->baseline - text->capital / 2)
                                       .luma());
            is_clear = is_clear || (text->role != Role::Number && pixels >= kLeastCapital &&
                                    contrast >= kLeastContrast);
            const std::string role(name_of(text->role));
            if (std::ranges::find(spine.prints, role, &TruePrint::role) == spine.prints.end()) {
                spine.prints.push_back({role,
                                        text->typeface == nullptr ? "" : text->typeface->name(),
                                        pixels, contrast});
            }
        }
        spine.legible = is_clear && spine.glare < kMostGlare && !spine.words.empty();
    }

    /// What is printed, but outside the picture or hidden, nobody can be asked for: a number of
    /// which a sign is missing is none, an artist needs a word.
    static void forget_unseen(TrueSpine& spine) {
        const auto seen = [&](Role role) {
            std::string text;
            for (const TrueWord& word : spine.words) {
                text += word.role == name_of(role) ? word.text : "";
            }
            return text;
        };
        if (seen(Role::Number) != text::replaced(spine.number, " ", "")) {
            spine.number.clear();
        }
        if (seen(Role::Artist).empty()) {
            spine.artist.clear();
        }
        if (seen(Role::Title).empty()) {
            spine.title.clear();
        }
    }

    static bool is_under_sticker(const Casing& casing, double x0, double x1) {
        return std::any_of(
            casing.print.stickers.begin(), casing.print.stickers.end(), [&](const Patch& sticker) {
                const double left = casing.print_x + sticker.x;
                const double hidden = std::min(x1, left + sticker.width) - std::max(x0, left);
                return hidden > 0.25 * (x1 - x0);
            });
    }

    /// Looks at 15 places of a word.
    bool is_visible(const Face& face, double u0, double v0, double u1, double v1,
                    std::size_t number) const {
        int found = 0;
        for (const double v : {0.2, 0.5, 0.8}) {
            for (const double u : {0.1, 0.3, 0.5, 0.7, 0.9}) {
                const image::Point at =
                    scene_.view.project(face.at(u0 + (u1 - u0) * u, v0 + (v1 - v0) * v));
                const int x = static_cast<int>(std::floor(at.x));
                const int y = static_cast<int>(std::floor(at.y));
                if (x >= 0 && y >= 0 && x < scene_.view.width && y < scene_.view.height &&
                    painted_.owners.at<std::uint16_t>(y, x) == number + 1) {
                    ++found;
                }
            }
        }
        return found >= 11;
    }

    const Scene& scene_;
    const Painted& painted_;
    std::vector<std::int64_t> seen_;
    Truth truth_;
};

} // namespace

Truth witness(const Scene& scene, const Painted& painted) {
    return Witness(scene, painted).tell();
}

} // namespace spindle::made_shelf
