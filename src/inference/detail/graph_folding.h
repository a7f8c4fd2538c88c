// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace spindle::inference::onnx {

/// A model with fewer operations that computes the same, but for rounding.
///
/// PaddleOCR's networks scale and shift all values behind each convolution by one number for all
/// channels, and again behind the activation, and write hard swish in five parts. ONNX Runtime runs
/// these as they stand, each a walk through memory: a third of the time. Here scales and shifts
/// become part of the weights, and a hard swish one HardSigmoid and one product
/// (training/reader/fold.py does the same before training). What is not of this form stays as it
/// is; a file that is no model comes back unchanged. 20 ms for 10 MB.
std::string folded(const std::string& model);

} // namespace spindle::inference::onnx
