// SPDX-License-Identifier: Apache-2.0
// Models of grades that an owner was given, and sellers' words for a condition.
#include <cstddef>
#include <cstdint>
#include <string_view>

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
    static_cast<void>(spindle::grade::GradeModels::from_json(text));
    return 0;
}
