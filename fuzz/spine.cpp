// SPDX-License-Identifier: Apache-2.0
// What a reader saw on a spine, against a small catalog. Blanks end a word, line feeds a line, 0x1D
// begins the reading in another direction, 0x1E an alternative of the word before; 0x1F takes the
// byte after it as the confidence of what comes.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>

#include "catalog/catalog.h"
#include "catalog/matcher.h"
#include "catalog/shelf_samples.h"
#include "catalog_folder.h"

namespace {
using namespace spindle;

void expect(bool holds) {
    if (!holds) {
        std::abort();
    }
}

class SpineParser {
public:
    catalog::SpineText parse(const std::uint8_t* data, std::size_t size) {
        new_reading();
        for (std::size_t i = 0; i < size; ++i) {
            switch (const std::uint8_t byte = data[i]) {
            case ' ':
                end_word();
                break;
            case '\n':
                end_word();
                spine_.readings.back().lines.emplace_back();
                break;
            case 0x1D:
                end_word();
                new_reading();
                break;
            case 0x1E:
                end_word();
                is_alternative_ = true;
                break;
            case 0x1F:
                confidence_ = i + 1 < size ? data[++i] / 200.0 : 1; // some are above 1
                break;
            default:
                word_.push_back(static_cast<char>(byte));
            }
        }
        end_word();
        return std::move(spine_);
    }

private:
    void new_reading() {
        spine_.readings.emplace_back();
        spine_.readings.back().lines.emplace_back();
    }
    void end_word() {
        auto& words = spine_.readings.back().lines.back().words;
        if (is_alternative_ && !words.empty()) {
            words.back().alternatives.push_back({std::exchange(word_, {}), confidence_});
        } else if (!word_.empty()) {
            words.push_back({std::exchange(word_, {}), confidence_, {}});
        }
        is_alternative_ = false;
    }

    catalog::SpineText spine_;
    std::string word_;
    double confidence_ = 1;
    bool is_alternative_ = false;
};

const catalog::Catalog& small_catalog() {
    static const fuzz::CatalogFolder kFolder;
    static const catalog::Catalog kCatalog = [] {
        auto releases = catalog::samples::shelf();
        const auto others = catalog::samples::strangers(100);
        releases.insert(releases.end(), others.begin(), others.end());
        kFolder.write(releases);
        return catalog::Catalog::open(kFolder.path()).value();
    }();
    return kCatalog;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 4096) {
        return 0;
    }
    const auto& catalog = small_catalog();
    const auto spine = SpineParser().parse(data, size);
    const auto result = catalog::Matcher(catalog).match(spine);
    expect(result.has_value() && result->reading < spine.readings.size());
    double sum = result->probability_of_none;
    for (const auto& group : result->groups) {
        expect(std::isfinite(group.probability) && !group.pressings.empty());
        expect(group.tied >= 1 && group.tied <= group.all_pressings);
        sum += group.probability;
    }
    expect(sum <= 1 + 1e-6 && std::isfinite(sum));
    expect(result->verdict != catalog::Verdict::Found || !result->groups.empty());
    return 0;
}
