// SPDX-License-Identifier: Apache-2.0
#include "app/grade/second_opinion.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "app/grade/class_names.h"
#include "audio/decoder.h"
#include "grade/model/condition_text.h"

namespace spindle::app {
namespace {

constexpr SampleRate kClassifierRate{16000};
constexpr Seconds kWindow{10};
constexpr std::size_t kWindowSize = 160000;
constexpr std::size_t kMostWindows = 8; // of wav2vec2's base size about a second each
constexpr Seconds kSpacing{60};         // where nobody says how long the recording is
constexpr double kSilence = 1e-5;       // RMS: -100 dBFS

/// Where the windows begin.
std::vector<Seconds> starts_in(Seconds length) {
    if (length <= Seconds{0}) {
        std::vector<Seconds> starts;
        for (std::size_t i = 0; i < kMostWindows; ++i) {
            starts.push_back(kSpacing * static_cast<double>(i));
        }
        return starts;
    }
    const double room = std::max(0.0, (length - kWindow).count());
    const auto count =
        std::clamp<std::size_t>(static_cast<std::size_t>(length / kWindow), 1, kMostWindows);
    std::vector<Seconds> starts;
    for (std::size_t i = 0; i < count; ++i) {
        starts.emplace_back(
            count == 1 ? 0 : room * static_cast<double>(i) / static_cast<double>(count - 1));
    }
    return starts;
}

/// To mean 0 and variance 1; false for silence.
bool normalise(std::vector<float>& window) {
    const auto count = static_cast<double>(window.size());
    const double mean = std::accumulate(window.begin(), window.end(), 0.0) / count;
    double squares = 0;
    for (const double sample : window) {
        squares += (sample - mean) * (sample - mean);
    }
    const double deviation = std::sqrt(squares / count);
    if (deviation < kSilence) {
        return false;
    }
    for (float& sample : window) {
        sample = static_cast<float>((static_cast<double>(sample) - mean) / deviation);
    }
    return true;
}

/// The stretch from the decoder's start on; shorter at the end of the file.
Result<std::vector<float>> stretch_of(audio::Decoder& decoder) {
    std::vector<float> window;
    while (window.size() < kWindowSize) {
        SPINDLE_TRY(const auto block, decoder.next());
        if (block.empty()) {
            break;
        }
        const std::size_t count = std::min(block.size(), kWindowSize - window.size());
        window.insert(window.end(), block.begin(),
                      block.begin() + static_cast<std::ptrdiff_t>(count));
    }
    return window;
}

} // namespace

double SecondOpinion::share_of(Grade grade) const {
    double share = 0;
    for (const Class& one : classes) {
        share += one.grade == grade ? one.share : 0;
    }
    return share;
}

std::optional<Grade> SecondOpinion::grade() const {
    const auto best =
        std::ranges::max_element(kGrades, {}, [this](Grade grade) { return share_of(grade); });
    return share_of(*best) > 0 ? std::optional(*best) : std::nullopt;
}

Result<AudioClassifier> AudioClassifier::open(const std::filesystem::path& model,
                                              const std::filesystem::path& labels) {
    auto session = inference::Session::open(model);
    if (!session) {
        std::error_code error;
        return std::filesystem::exists(model, error)
                   ? tl::unexpected(std::move(session.error()))
                   : fail(Code::NotFound, "{}: no such model", model.string());
    }
    std::filesystem::path file = labels;
    if (file.empty()) {
        SPINDLE_TRY(file, class_names_beside(model));
    }
    SPINDLE_TRY(auto names, read_class_names(file));
    const bool any = std::ranges::any_of(
        names, [](const std::string& name) { return grade::grade_in_words(name).has_value(); });
    if (!any) {
        return fail(Code::BadInput, "{}: none of its classes ({}, ...) names a grade",
                    file.string(), names.front());
    }
    return AudioClassifier(model.filename().string(), std::move(*session), std::move(names));
}

Result<void> AudioClassifier::listen(std::vector<float> window, std::vector<double>& shares) const {
    const inference::Tensor in{{1, static_cast<std::int64_t>(kWindowSize)}, std::move(window)};
    auto out = session_.run(in);
    if (!out) {
        return fail(
            Code::BadInput,
            "{}: takes no waveform of shape [1, {}], 10 s at 16 kHz; export it with the raw "
            "waveform as its one input: {}",
            name_, kWindowSize, out.error().message);
    }
    const auto& shape = out->shape;
    if (shape.size() != 2 || shape[0] != 1) {
        return fail(Code::BadInput, "{}: should give logits of shape [1, classes]", name_);
    }
    if (out->values.size() != names_.size()) {
        return fail(Code::BadInput, "{}: gives {} classes, but {} are named", name_,
                    out->values.size(), names_.size());
    }
    const std::vector<double> logits(out->values.begin(), out->values.end());
    if (!std::ranges::all_of(logits, [](double logit) { return std::isfinite(logit); })) {
        return fail(Code::BadInput, "{}: gives what are no numbers", name_);
    }
    const double most = *std::ranges::max_element(logits);
    double sum = 0;
    for (const double logit : logits) {
        sum += std::exp(logit - most);
    }
    for (std::size_t i = 0; i < logits.size(); ++i) {
        shares[i] += std::exp(logits[i] - most) / sum;
    }
    return {};
}

Result<SecondOpinion> AudioClassifier::hear(const std::filesystem::path& recording,
                                            const std::stop_token& stop) const {
    if (recording == "-") {
        return fail(Code::Unsupported,
                    "a second opinion needs a file: what comes through a pipe is heard once");
    }
    audio::DecodeOptions options{.rate = kClassifierRate,
                                 .length = kWindow,
                                 .resampling = audio::Resampling::High,
                                 .stop = stop};
    std::vector<double> shares(names_.size());
    SecondOpinion opinion;
    opinion.model = name_;
    std::vector<Seconds> starts{Seconds{0}};
    for (std::size_t i = 0; i < starts.size(); ++i) {
        options.start = starts[i];
        auto decoder = audio::Decoder::open(recording, options);
        if (!decoder && i > 0) {
            break; // shorter than it says
        }
        if (!decoder) {
            return tl::unexpected(std::move(decoder.error()));
        }
        if (i == 0) {
            starts = starts_in(decoder->info().duration);
        }
        SPINDLE_TRY(auto window, stretch_of(*decoder));
        if (window.size() < kWindowSize || !normalise(window)) {
            continue;
        }
        SPINDLE_TRY_VOID(listen(std::move(window), shares));
        ++opinion.windows;
    }
    if (opinion.windows == 0) {
        return fail(Code::BadInput, "{}: shorter than the 10 s a second opinion needs, or silent",
                    recording.string());
    }
    for (std::size_t i = 0; i < names_.size(); ++i) {
        opinion.classes.push_back(
            {names_[i], grade::grade_in_words(names_[i]), shares[i] / opinion.windows});
    }
    return opinion;
}

} // namespace spindle::app
