// SPDX-License-Identifier: Apache-2.0
#include "catalog/dump/barcodes.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace spindle::catalog {
namespace {

std::string digits_of(std::string_view text) {
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
                 [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

} // namespace

BarcodeList::BarcodeList(std::vector<std::string>& barcodes, Quirks& quirks)
    : barcodes_(barcodes), quirks_(quirks) {
    for (const std::string& barcode : barcodes_) {
        digits_.push_back(digits_of(barcode));
    }
}

void BarcodeList::add(std::string barcode) {
    std::string digits = digits_of(barcode);
    if (digits.empty()) {
        quirks_.count(Quirk::BarcodeWithoutDigits, barcode.empty() ? 0 : 1);
        return;
    }
    if (std::find(digits_.begin(), digits_.end(), digits) != digits_.end()) {
        quirks_.count(Quirk::BarcodeRepeated);
        return;
    }
    digits_.push_back(std::move(digits));
    barcodes_.push_back(std::move(barcode));
}

} // namespace spindle::catalog
