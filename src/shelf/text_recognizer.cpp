// SPDX-License-Identifier: Apache-2.0
#include "shelf/text_recognizer.h"

#include <utility>

#include "shelf/detail/network_input.h"

namespace spindle::shelf {
namespace {

constexpr detail::Normalisation kNormalisation{{0.5F, 0.5F, 0.5F}, {0.5F, 0.5F, 0.5F}};
// Widths are multiples of it: of the network's step of 8, and few enough different ones for its
// plans of memory to serve again (a tenth of the time).
constexpr int kStep = 16;

} // namespace

TextRecognizer::TextRecognizer(inference::Session session, SignTable signs, DecoderOptions options)
    : session_(std::move(session)), signs_(std::move(signs)), options_(options) {}

Result<TextRecognizer> TextRecognizer::open(const std::filesystem::path& model,
                                            DecoderOptions options) {
    auto dictionary = model;
    dictionary.replace_extension(".txt");
    SPINDLE_TRY(auto signs, SignTable::open(dictionary));
    SPINDLE_TRY(auto session, inference::Session::open(model));
    return TextRecognizer(std::move(session), std::move(signs), options);
}

Result<Decoded> TextRecognizer::read(const image::Picture& line) const {
    if (line.height != kHeight) {
        return fail(Code::BadInput, "a line to be read must be {} pixels high, not {}", kHeight,
                    line.height);
    }
    const auto input = detail::network_input(line, kStep, kNormalisation);
    SPINDLE_TRY(const auto output, session_.run(input));
    if (output.shape.size() != 3 || output.shape[0] != 1 ||
        output.shape[2] != static_cast<std::int64_t>(signs_.classes())) {
        return fail(Code::BadInput,
                    "the recognizer's model and its dictionary do not belong together");
    }
    return decode(output.values, static_cast<std::size_t>(output.shape[1]), signs_, options_);
}

} // namespace spindle::shelf
