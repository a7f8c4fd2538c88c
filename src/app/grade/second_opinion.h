// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/goldmine.h"
#include "base/result.h"
#include "inference/session.h"

namespace spindle::app {

/// What a network of the owner's thinks of a recording; never mixed into the grade.
struct SecondOpinion {
    struct Class {
        std::string name;           ///< as the network's maker calls it
        std::optional<Grade> grade; ///< which that means; nothing: none
        double share = 0;           ///< 0 to 1; all of them together 1
    };
    std::string model;          ///< file name
    std::vector<Class> classes; ///< in the network's order
    int windows = 0;            ///< so many stretches were listened to

    /// The grade that all the classes that mean it have most of; nothing where none means one.
    std::optional<Grade> grade() const;
    double share_of(Grade grade) const;
};

/// An audio classifier that somebody else trained, such as a fine-tuned wav2vec2, as an ONNX file:
/// in goes a waveform {1, 160000} (10 s of 16 kHz, mono, at mean 0 and variance 1, as wav2vec2's
/// feature extractor makes it), out come the classes' logits {1, classes}. The names of the classes
/// are read as sellers' words are (grade/model/condition_text.h).
class AudioClassifier {
public:
    /// @param labels where the names of the classes are; empty: beside the model (class_names.h).
    /// Errors as inference::Session::open and read_class_names; Code::BadInput when no name means a
    /// grade.
    static Result<AudioClassifier> open(const std::filesystem::path& model,
                                        const std::filesystem::path& labels);

    /// Listens to at most eight stretches, evenly spread, and takes the mean of their softmax;
    /// stretches that are silent are left out.
    /// Errors as audio::Decoder::open; Code::BadInput when the network does not take such a
    /// waveform, gives another number of classes than there are names, or no numbers; or when the
    /// recording is shorter than a stretch, or silent. Code::Unsupported for stdin, which cannot be
    /// heard again. Memory: 5 MB, and what the network needs.
    Result<SecondOpinion> hear(const std::filesystem::path& recording,
                               const std::stop_token& stop = {}) const;

private:
    AudioClassifier(std::string name, inference::Session session, std::vector<std::string> names)
        : name_(std::move(name)), session_(std::move(session)), names_(std::move(names)) {}

    /// Adds the softmax of what the network says of one stretch.
    Result<void> listen(std::vector<float> window, std::vector<double>& shares) const;

    std::string name_; ///< for messages
    inference::Session session_;
    std::vector<std::string> names_;
};

} // namespace spindle::app
