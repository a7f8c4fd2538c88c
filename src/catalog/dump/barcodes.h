// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "catalog/dump/quirks.h"

namespace spindle::catalog {

/// Fills Release::barcodes: as printed, but no two with the same digits (many sleeves are entered
/// twice, as scanned and as printed), and none without a digit.
class BarcodeList {
public:
    BarcodeList(std::vector<std::string>& barcodes, Quirks& quirks);

    void add(std::string barcode);

private:
    std::vector<std::string>& barcodes_;
    std::vector<std::string> digits_; // of each of barcodes_
    Quirks& quirks_;
};

} // namespace spindle::catalog
