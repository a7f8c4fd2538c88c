// SPDX-License-Identifier: Apache-2.0
#include "grade/model/agreement.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "grade/model/ordinal_model.h"

namespace spindle::grade {
namespace {

std::size_t distance(std::size_t a, std::size_t b) {
    return a > b ? a - b : b - a;
}

double fraction(const Share& share) {
    return share.percent() / 100;
}

} // namespace

Agreement::Agreement(std::size_t classes) : classes_(classes), confusion_(classes * classes) {}

void Agreement::add(std::size_t truth, std::span<const double> probabilities) {
    const std::size_t said = median_class(probabilities);
    ++count_;
    ++confusion_[truth * classes_ + said];
    const double confidence = std::clamp(probabilities[said], 0.0, 1.0);
    const auto place = static_cast<std::size_t>(confidence * static_cast<double>(bins_.size()));
    Bin& bin = bins_[std::min(bins_.size() - 1, place)];
    bin.confidence += confidence;
    bin.variance += confidence * (1 - confidence);
    bin.right += said == truth ? 1 : 0;
    ++bin.total;
}

std::size_t Agreement::confusion(std::size_t truth, std::size_t said) const {
    return confusion_[truth * classes_ + said];
}

Share Agreement::exact() const {
    Share share{.hits = 0, .total = count_};
    for (std::size_t k = 0; k < classes_; ++k) {
        share.hits += confusion(k, k);
    }
    return share;
}

Share Agreement::within_one() const {
    Share share{.hits = 0, .total = count_};
    for (std::size_t truth = 0; truth < classes_; ++truth) {
        for (std::size_t said = 0; said < classes_; ++said) {
            share.hits += distance(truth, said) <= 1 ? confusion(truth, said) : 0;
        }
    }
    return share;
}

Share Agreement::recall(std::size_t klass) const {
    Share share{.hits = confusion(klass, klass), .total = 0};
    for (std::size_t said = 0; said < classes_; ++said) {
        share.total += confusion(klass, said);
    }
    return share;
}

Share Agreement::precision(std::size_t klass) const {
    Share share{.hits = confusion(klass, klass), .total = 0};
    for (std::size_t truth = 0; truth < classes_; ++truth) {
        share.total += confusion(truth, klass);
    }
    return share;
}

double Agreement::macro_recall() const {
    double sum = 0;
    double there = 0;
    for (std::size_t k = 0; k < classes_; ++k) {
        if (recall(k).total > 0) {
            sum += fraction(recall(k));
            there += 1;
        }
    }
    return there > 0 ? sum / there : 0;
}

double Agreement::macro_precision() const {
    double sum = 0;
    double there = 0;
    for (std::size_t k = 0; k < classes_; ++k) {
        if (recall(k).total > 0) {
            sum += fraction(precision(k));
            there += 1;
        }
    }
    return there > 0 ? sum / there : 0;
}

double Agreement::macro_f1() const {
    double sum = 0;
    double there = 0;
    for (std::size_t k = 0; k < classes_; ++k) {
        if (recall(k).total == 0) {
            continue;
        }
        const double r = fraction(recall(k));
        const double p = fraction(precision(k));
        sum += r + p > 0 ? 2 * r * p / (r + p) : 0;
        there += 1;
    }
    return there > 0 ? sum / there : 0;
}

double Agreement::mean_error() const {
    double sum = 0;
    for (std::size_t truth = 0; truth < classes_; ++truth) {
        for (std::size_t said = 0; said < classes_; ++said) {
            sum += static_cast<double>(distance(truth, said) * confusion(truth, said));
        }
    }
    return count_ > 0 ? sum / static_cast<double>(count_) : 0;
}

double Agreement::calibration_error() const {
    double sum = 0;
    for (const Bin& bin : bins_) {
        sum += std::abs(bin.confidence - static_cast<double>(bin.right));
    }
    return count_ > 0 ? sum / static_cast<double>(count_) : 0;
}

double Agreement::calibration_error_by_chance() const {
    double sum = 0;
    for (const Bin& bin : bins_) {
        sum += std::sqrt(2 / std::numbers::pi * bin.variance); // mean size of a normal deviation
    }
    return count_ > 0 ? sum / static_cast<double>(count_) : 0;
}

} // namespace spindle::grade
