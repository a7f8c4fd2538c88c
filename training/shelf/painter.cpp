// SPDX-License-Identifier: Apache-2.0
#include "training/shelf/detail/painter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include <opencv2/imgproc.hpp>

#include "training/shelf/detail/face_art.h"
#include "training/shelf/detail/pattern.h"
#include "training/shelf/detail/sheet.h"

namespace spindle::made_shelf {
namespace {

constexpr int kLightStep = 16;
/// Textures have this many pixels for each of the photo: the print is sharper than the lens.
constexpr double kFiner = 1.2;

double distance(image::Point a, image::Point b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

class Painter {
public:
    Painter(const Scene& scene, const Fonts& fonts, std::uint64_t seed)
        : scene_(scene), fonts_(fonts), random_(derive_seed(seed, "paint")) {
        const View& view = scene.view;
        painted_.picture = cv::Mat(view.height, view.width, CV_8UC3, bytes(scene.background));
        painted_.owners = cv::Mat::zeros(view.height, view.width, CV_16U);
        painted_.glare.resize(scene.items.size());
    }

    Painted paint() {
        std::size_t panel = 0;
        for (std::size_t i = 0; i <= scene_.items.size(); ++i) {
            const double nearness = i < scene_.items.size()
                                        ? scene_.items[i].nearness
                                        : std::numeric_limits<double>::infinity();
            for (; panel < scene_.panels.size() && scene_.panels[panel].nearness <= nearness;
                 ++panel) {
                put_panel(scene_.panels[panel]);
            }
            if (i < scene_.items.size()) {
                put_item(i);
            }
        }
        put_light();
        return std::move(painted_);
    }

private:
    static cv::Scalar bytes(Colour colour) {
        return {colour.blue * 255, colour.green * 255, colour.red * 255};
    }

    /// Is any of it in the picture, and all of it before the camera?
    bool is_seen(const Face& face) const {
        if (!scene_.view.is_before(face)) {
            return false;
        }
        const image::Quad quad = scene_.view.project(face);
        double left = 1e9;
        double top = 1e9;
        double right = -1e9;
        double bottom = -1e9;
        for (const image::Point corner : quad.corners) {
            left = std::min(left, corner.x);
            right = std::max(right, corner.x);
            top = std::min(top, corner.y);
            bottom = std::max(bottom, corner.y);
        }
        return right > 0 && bottom > 0 && left < scene_.view.width && top < scene_.view.height &&
               right - left > 0.5 && bottom - top > 0.5;
    }

    /// Photo pixels per mm along the face's edges, at most.
    std::pair<double, double> scale_of(const Face& face) const {
        const image::Quad quad = scene_.view.project(face);
        const auto& c = quad.corners;
        const double across = std::max(distance(c[0], c[1]), distance(c[3], c[2]));
        const double down = std::max(distance(c[0], c[3]), distance(c[1], c[2]));
        return {kFiner * across / length(face.across), kFiner * down / length(face.down)};
    }

    double lambert(const Face& face) const {
        const double facing = std::max(0.0, dot(unit(face.normal()), scene_.light));
        const double front = std::max(0.05, -scene_.light.z);
        return scene_.ambient + (1 - scene_.ambient) * std::min(1.6, facing / front);
    }

    /// Warps pixels (CV_8UC4, multiplied by alpha) onto the face's place.
    void put(const cv::Mat& pixels, const Face& face, double shade, std::uint16_t owner) {
        const image::Quad quad = scene_.view.project(face);
        cv::Mat framed; // a transparent rim makes the edges soft
        cv::copyMakeBorder(pixels, framed, 1, 1, 1, 1, cv::BORDER_CONSTANT, cv::Scalar());
        const auto w = static_cast<float>(pixels.cols);
        const auto h = static_cast<float>(pixels.rows);
        // OpenCV counts from the centres of pixels.
        const std::array<cv::Point2f, 4> from{cv::Point2f(0.5F, 0.5F), cv::Point2f(w + 0.5F, 0.5F),
                                              cv::Point2f(w + 0.5F, h + 0.5F),
                                              cv::Point2f(0.5F, h + 0.5F)};
        std::array<cv::Point2f, 4> to;
        double left = 1e9;
        double top = 1e9;
        double right = -1e9;
        double bottom = -1e9;
        for (std::size_t i = 0; i < 4; ++i) {
            const image::Point corner = quad.corners[i];
            to[i] = {static_cast<float>(corner.x - 0.5), static_cast<float>(corner.y - 0.5)};
            left = std::min(left, corner.x);
            right = std::max(right, corner.x);
            top = std::min(top, corner.y);
            bottom = std::max(bottom, corner.y);
        }
        const auto inside = [](double value, int most) {
            return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(most)));
        };
        const cv::Size size = painted_.picture.size();
        const int x0 = inside(left - 2, size.width);
        const int y0 = inside(top - 2, size.height);
        const cv::Rect area(x0, y0, inside(right + 3, size.width) - x0,
                            inside(bottom + 3, size.height) - y0);
        if (area.empty()) {
            return;
        }
        for (cv::Point2f& corner : to) {
            corner.x -= static_cast<float>(x0);
            corner.y -= static_cast<float>(y0);
        }
        const cv::Mat warp = cv::getPerspectiveTransform(from.data(), to.data());
        cv::Mat placed;
        cv::warpPerspective(framed, placed, warp, area.size(), cv::INTER_LINEAR,
                            cv::BORDER_CONSTANT, cv::Scalar());
        blend(placed, area, shade, owner);
    }

    void blend(const cv::Mat& placed, cv::Rect area, double shade, std::uint16_t owner) {
        const int dim = static_cast<int>(std::clamp(shade, 0.0, 1.6) * 256);
        for (int y = 0; y < area.height; ++y) {
            const auto* from = placed.ptr<cv::Vec4b>(y);
            auto* to = painted_.picture.ptr<cv::Vec3b>(area.y + y) + area.x;
            auto* own = painted_.owners.ptr<std::uint16_t>(area.y + y) + area.x;
            for (int x = 0; x < area.width; ++x) {
                const int alpha = from[x][3];
                if (alpha == 0) {
                    continue;
                }
                for (int c = 0; c < 3; ++c) {
                    const int sum = ((from[x][c] * dim) >> 8) + to[x][c] * (255 - alpha) / 255;
                    to[x][c] = static_cast<std::uint8_t>(std::min(sum, 255));
                }
                if (alpha > 127) {
                    own[x] = owner;
                }
            }
        }
    }

    void put_item(std::size_t number) {
        const Item& item = scene_.items[number];
        const Solid& solid = item.solid;
        for (const auto& [faces, which] :
             {std::pair(solid.sides(), OtherFace::Side), std::pair(solid.ends(), OtherFace::End)}) {
            for (const Face& face : faces) {
                if (!scene_.view.faces(face) || !is_seen(face)) {
                    continue;
                }
                auto [across, down] = scale_of(face);
                const double most = 400; // these are seen at a slant, and little of them
                const double w = length(face.across);
                const double h = length(face.down);
                across = std::min(across, most / w);
                down = std::min(down, most / h);
                put(draw_other_face(item.casing, which, w, h, across, down), face,
                    item.shade * lambert(face) * 0.8, 0);
            }
        }
        const Face front = solid.spine();
        if (!scene_.view.faces(front) || !is_seen(front)) {
            return;
        }
        const auto [across, down] = scale_of(front);
        const double shade = item.shade * lambert(front);
        if (item.facing == Facing::Cover) {
            put(draw_cover(item.casing, fonts_, solid.length, solid.thickness, across, down), front,
                shade, 0);
            return;
        }
        const FaceArt art = draw_spine(item.casing, across, down);
        painted_.glare[number] = art.glare;
        put(art.pixels, front, shade, static_cast<std::uint16_t>(number + 1));
    }

    void put_panel(const Panel& panel) {
        if (panel.has_one_side && !scene_.view.faces(panel.face)) {
            return;
        }
        if (!is_seen(panel.face)) {
            // A wall or board that begins behind the camera is drawn in strips.
            if (panel.look != Panel::Look::Shadow && !scene_.view.is_before(panel.face)) {
                put_nearer_part(panel);
            }
            return;
        }
        put(panel_pixels(panel), panel.face, panel.shade, 0);
    }

    void put_nearer_part(const Panel& panel) {
        // Cut off what is behind the camera; boards run away from it along `down` or `across`.
        for (int i = 1; i < 12; ++i) {
            const double part = i / 12.0;
            for (const Face& face :
                 {Face{panel.face.corner, panel.face.across * (1 - part), panel.face.down},
                  Face{panel.face.at(part, 0), panel.face.across * (1 - part), panel.face.down},
                  Face{panel.face.corner, panel.face.across, panel.face.down * (1 - part)}}) {
                if (scene_.view.is_before(face) && is_seen(face)) {
                    put(panel_pixels(panel), face, panel.shade, 0);
                    return;
                }
            }
        }
    }

    cv::Mat panel_pixels(const Panel& panel) {
        Random random(panel.seed);
        const double w = length(panel.face.across);
        const double h = length(panel.face.down);
        switch (panel.look) {
        case Panel::Look::Shadow: {
            const double alpha = 0.86;
            return cv::Mat(8, 8, CV_8UC4,
                           cv::Scalar(panel.colour.blue * 255 * alpha,
                                      panel.colour.green * 255 * alpha,
                                      panel.colour.red * 255 * alpha, 255 * alpha));
        }
        case Panel::Look::Tag: {
            Sheet sheet(w, h, 400 / w, std::max(60.0, 400 * h / w) / h);
            sheet.box(0, 0, w, h);
            sheet.paint(panel.colour);
            double y = h * 0.2;
            while (y < h * 0.9) {
                const std::string text =
                    std::to_string(whole(random, 1, 99)) + " " +
                    one_of(random, std::array<std::string, 6>{"ROCK", "Jazz & Blues", "SALE",
                                                              "A - C", "Classical", "NEW"});
                const Typeface* face = fonts_.draw(random, text);
                if (face != nullptr) {
                    const SetText set = face->set(text, 0);
                    cairo_t* cairo = sheet.cairo();
                    cairo_save(cairo);
                    const double high = std::min(random.between(0.1, 0.4) * h,
                                                 w * 0.9 / std::max(0.1, set.advance));
                    cairo_translate(cairo, w * 0.05, y + high);
                    cairo_scale(cairo, high, high);
                    face->outline(set, cairo);
                    sheet.set(draw_ink(random, panel.colour));
                    cairo_fill(cairo);
                    cairo_restore(cairo);
                    y += high * 1.6;
                } else {
                    break;
                }
            }
            return sheet.pixels().clone();
        }
        case Panel::Look::Blob: {
            Sheet sheet(w, h, 200 / w, 200 / h);
            for (int i = 0; i < 5; ++i) {
                sheet.rounded(random.between(0, 0.4) * w, random.between(0, 0.4) * h,
                              random.between(0.2, 0.6) * w, random.between(0.2, 0.6) * h,
                              std::min(w, h) * 0.3);
                sheet.paint(mixed(panel.colour, grey(0.1), random.between(0, 0.2)));
            }
            cv::Mat soft;
            cv::GaussianBlur(sheet.pixels(), soft, {}, 3);
            return soft;
        }
        default:
            break;
        }
        const Material which = panel.look == Panel::Look::Wood    ? Material::Wood
                               : panel.look == Panel::Look::Paint ? Material::Paint
                               : panel.look == Panel::Look::Cloth ? Material::Cloth
                                                                  : Material::Paper;
        const bool is_steep = h > w;
        cv::Mat pixels =
            material(random, which, 512,
                     std::clamp(static_cast<int>(512 * std::min(w, h) / std::max(w, h)), 48, 512),
                     panel.colour);
        if (is_steep) {
            cv::rotate(pixels, pixels, cv::ROTATE_90_CLOCKWISE);
        }
        return pixels;
    }

    /// Brightness over the picture: a gradient, a brighter place, the shadow under boards.
    void put_light() {
        const int w = scene_.view.width / kLightStep + 1;
        const int h = scene_.view.height / kLightStep + 1;
        cv::Mat light(h, w, CV_32F);
        const double slope_x = around(random_, 0, 0.18);
        const double slope_y = around(random_, -0.08, 0.18);
        const double spot = happens(random_, 0.4) ? random_.between(0.1, 0.7) : 0;
        const double spot_x = random_.between(-0.2, 1.2) * w;
        const double spot_y = random_.between(-0.2, 1.2) * h;
        const double spot_size = random_.between(0.15, 0.6) * w;
        const double corner = random_.between(0, 0.35);
        for (int y = 0; y < h; ++y) {
            for (int x = 0; x < w; ++x) {
                const double u = static_cast<double>(x) / w - 0.5;
                const double v = static_cast<double>(y) / h - 0.5;
                const double far = std::hypot(x - spot_x, y - spot_y) / spot_size;
                light.at<float>(y, x) = static_cast<float>(
                    (1 + slope_x * u * 2 + slope_y * v * 2 + spot * std::exp(-far * far)) *
                    (1 - corner * (u * u + v * v) * 2));
            }
        }
        const double depth = random_.between(0, 0.75);
        for (const Face& ceiling : scene_.ceilings) {
            if (!scene_.view.is_before(ceiling)) {
                continue;
            }
            const image::Quad quad = scene_.view.project(ceiling);
            std::vector<cv::Point> points;
            for (const image::Point corner_point : quad.corners) {
                points.emplace_back(
                    static_cast<int>(std::clamp(corner_point.x / kLightStep, -4e3, 4e3)),
                    static_cast<int>(std::clamp(corner_point.y / kLightStep, -4e3, 4e3)));
            }
            cv::Mat mask = cv::Mat::zeros(h, w, CV_32F);
            cv::fillConvexPoly(mask, points, cv::Scalar(1));
            const double soft = 1 + distance(quad.corners[0], quad.corners[3]) / kLightStep * 0.3;
            cv::GaussianBlur(mask, mask, {}, std::min(soft, 20.0));
            light = light.mul(1 - mask * depth * 0.7);
        }
        painted_.light = light;
    }

    const Scene& scene_;
    const Fonts& fonts_;
    Random random_;
    Painted painted_;
};

} // namespace

Painted paint(const Scene& scene, const Fonts& fonts, std::uint64_t seed) {
    return Painter(scene, fonts, seed).paint();
}

} // namespace spindle::made_shelf
