// SPDX-License-Identifier: Apache-2.0
#include "cli/grade_word.h"

namespace spindle::cli {

Result<Grade> grade_of_word(const std::string& option, const std::string& word) {
    const auto grade = grade_named(word);
    if (!grade) {
        return fail(Code::BadInput, "{}: {} is no grade; it is one of M, NM, VG+, VG, G+, G, F, P",
                    option, word);
    }
    return *grade;
}

} // namespace spindle::cli
