// SPDX-License-Identifier: Apache-2.0
#include "app/collection/copy_gaps.h"

namespace spindle::app {

store::Copy with_gaps_filled(store::Copy copy, const store::Copy& from) {
    using store::Copy;
    for (const auto text :
         {&Copy::folder, &Copy::artist, &Copy::title, &Copy::label, &Copy::number, &Copy::format,
          &Copy::added, &Copy::media, &Copy::sleeve, &Copy::notes}) {
        if ((copy.*text).empty()) {
            copy.*text = from.*text;
        }
    }
    for (const auto number : {&Copy::year, &Copy::rating}) {
        if (copy.*number == 0) {
            copy.*number = from.*number;
        }
    }
    return copy;
}

} // namespace spindle::app
