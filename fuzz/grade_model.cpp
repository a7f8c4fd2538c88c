// SPDX-License-Identifier: Apache-2.0
// Models of grades that an owner was given, and sellers' words for a condition.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "grade/grader.h"
#include "grade/model/condition_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    static_cast<void>(spindle::grade::grade_in_words(text));
    if (const auto model = spindle::grade::OrdinalModel::from_json(text)) {
        const std::vector<double> figures(model->terms().size(), 0.5);
        static_cast<void>(model->probabilities(figures));
        static_cast<void>(model->to_json());
    }
    if (const auto models = spindle::grade::GradeModels::from_json(text)) {
        for (const auto evidence : spindle::grade::kEvidence) {
            if (const auto* const model = models->of(evidence)) {
                const auto& figures = spindle::grade::figures_for(evidence);
                static_cast<void>(model->probabilities(std::vector<double>(figures.size(), 0.5)));
            }
        }
        static_cast<void>(models->to_json());
    }
    return 0;
}
