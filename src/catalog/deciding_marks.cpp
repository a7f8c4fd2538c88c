// SPDX-License-Identifier: Apache-2.0
#include "catalog/deciding_marks.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "catalog/normal_form.h"

namespace spindle::catalog {
namespace {

constexpr std::array kMarks{Mark::CatalogNumber, Mark::Barcode, Mark::Format, Mark::Country,
                            Mark::Year,          Mark::Label,   Mark::Matrix};

/// What a mark says of a release, so that equal texts mean "not told apart by it".
std::string value_of(const Release& release, Mark mark) {
    std::vector<std::string> values;
    switch (mark) {
    case Mark::CatalogNumber:
        for (const LabelNumber& label : release.labels) {
            values.push_back(number_key(label.number));
        }
        break;
    case Mark::Barcode:
        for (const std::string& barcode : release.barcodes) {
            values.push_back(barcode_key(barcode));
        }
        break;
    case Mark::Format:
        return format_line(release.formats);
    case Mark::Country:
        return release.country;
    case Mark::Year:
        return release.year == 0 ? "" : std::to_string(release.year);
    case Mark::Label:
        for (const LabelNumber& label : release.labels) {
            values.push_back(folded(label.label));
        }
        break;
    case Mark::Matrix:
        for (const Matrix& matrix : release.matrices) {
            values.push_back(folded(matrix.value));
        }
        break;
    }
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    std::string joined;
    for (const std::string& value : values) {
        joined += joined.empty() || value.empty() ? value : "|" + value;
    }
    return joined;
}

} // namespace

std::vector<Mark> deciding_marks(std::span<const Release* const> releases) {
    // Classes of releases not yet told apart, refined mark by mark.
    std::vector<std::string> classes(releases.size());
    const auto count_classes = [](std::vector<std::string> all) {
        std::sort(all.begin(), all.end());
        return std::unique(all.begin(), all.end()) - all.begin();
    };
    std::vector<Mark> chosen;
    std::ptrdiff_t apart = releases.empty() ? 0 : 1;
    for (const bool complete : {true, false}) {
        for (const Mark mark : kMarks) {
            std::vector<std::string> refined = classes;
            bool all_have_it = true;
            for (std::size_t i = 0; i < releases.size(); ++i) {
                const std::string value = value_of(*releases[i], mark);
                all_have_it &= !value.empty();
                refined[i] += "\n" + value;
            }
            if (all_have_it != complete) {
                continue;
            }
            if (const auto finer = count_classes(refined); finer > apart) {
                chosen.push_back(mark);
                classes = std::move(refined);
                apart = finer;
            }
        }
    }
    return chosen;
}

} // namespace spindle::catalog
