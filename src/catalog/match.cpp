// SPDX-License-Identifier: Apache-2.0
#include "catalog/match.h"

namespace spindle::catalog {

std::string_view name_of(Mark mark) {
    switch (mark) {
    case Mark::CatalogNumber:
        return "catalog number";
    case Mark::Barcode:
        return "barcode";
    case Mark::Format:
        return "format";
    case Mark::Country:
        return "country";
    case Mark::Year:
        return "year";
    case Mark::Label:
        return "label";
    case Mark::Matrix:
        break;
    }
    return "matrix";
}

std::string_view name_of(Verdict verdict) {
    switch (verdict) {
    case Verdict::Found:
        return "found";
    case Verdict::Uncertain:
        return "uncertain";
    case Verdict::Nothing:
        break;
    }
    return "nothing";
}

} // namespace spindle::catalog
