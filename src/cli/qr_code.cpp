// SPDX-License-Identifier: Apache-2.0
#include "cli/qr_code.h"

#include <memory>
#include <vector>

#include <qrencode.h>

namespace spindle::cli {
namespace {

constexpr int kMargin = 2; // light modules around it; the standard wants 4, telephones are content

struct Free {
    void operator()(QRcode* code) const { ::QRcode_free(code); }
};

} // namespace

std::string qr_code(std::string_view text) {
    const std::vector<unsigned char> bytes(text.begin(), text.end());
    const std::unique_ptr<QRcode, Free> code(
        ::QRcode_encodeData(static_cast<int>(bytes.size()), bytes.data(), 0, QR_ECLEVEL_L));
    if (code == nullptr) {
        return {};
    }
    const auto is_light = [&](int x, int y) {
        const bool outside = x < 0 || y < 0 || x >= code->width || y >= code->width;
        return outside || (code->data[y * code->width + x] & 1U) == 0;
    };
    std::string drawn;
    for (int y = -kMargin; y < code->width + kMargin; y += 2) {
        for (int x = -kMargin; x < code->width + kMargin; ++x) {
            const bool upper = is_light(x, y);
            const bool lower = is_light(x, y + 1);
            drawn += upper && lower ? "\xE2\x96\x88"
                     : upper        ? "\xE2\x96\x80"
                     : lower        ? "\xE2\x96\x84"
                                    : " ";
        }
        drawn += '\n';
    }
    return drawn;
}

} // namespace spindle::cli
