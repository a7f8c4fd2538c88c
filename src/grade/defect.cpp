// SPDX-License-Identifier: Apache-2.0
#include "grade/defect.h"

namespace spindle::grade {

bool is_impulse(const Defect& defect) {
    return defect.kind == DefectKind::Click || defect.kind == DefectKind::Crackle ||
           defect.kind == DefectKind::Thump;
}

std::string_view name_of(DefectKind kind) {
    switch (kind) {
    case DefectKind::Click:
        return "click";
    case DefectKind::Crackle:
        return "crackle";
    case DefectKind::Thump:
        return "thump";
    case DefectKind::Skip:
        return "skip";
    case DefectKind::Repeat:
        return "repeat";
    case DefectKind::Dropout:
        return "dropout";
    }
    return "";
}

} // namespace spindle::grade
