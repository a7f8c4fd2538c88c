// SPDX-License-Identifier: Apache-2.0
#include "cli/fingerprint.h"

#include <cmath>
#include <memory>

#include <nlohmann/json.hpp>

#include "app/identify/landmarks_of.h"
#include "app/identify/picture.h"
#include "document/json.h"

namespace spindle::cli {

Result<Exit> fingerprint(const FingerprintOptions& options, const Context& context) {
    const auto density =
        options.density == "query" ? fingerprint::Density::Query : fingerprint::Density::Reference;
    SPINDLE_TRY(const auto heard, app::landmarks_of(options.file, density,
                                                    context.terminal.progress(), context.stop));
    context.terminal.clear();
    if (context.format == Format::Text) {
        context.out.line("# seconds\tHz\tcontrast (nat)");
    }
    for (const fingerprint::Landmark& landmark : heard.landmarks) {
        const double seconds = (fingerprint::kTick * landmark.tick).count();
        const double hz = app::frequency_of(landmark);
        if (context.format == Format::Json) {
            context.out.line(document::to_text({{"time_s", std::round(seconds * 1000) / 1000},
                                                {"hz", std::round(hz * 10) / 10},
                                                {"tick", landmark.tick},
                                                {"pitch", landmark.pitch},
                                                {"contrast", landmark.contrast}}));
        } else {
            context.out.line(
                fmt::format("{:.3f}\t{:.1f}\t{:.2f}", seconds, hz, landmark.contrast / 256.0));
        }
    }
    if (!options.plot.empty()) {
        SPINDLE_TRY(auto plot,
                    app::picture_of(heard.samples, heard.landmarks,
                                    std::filesystem::path(options.file).filename().string()));
        plot.subtitle =
            fmt::format("{} landmarks in {}", heard.landmarks.size(), clock_text(heard.duration));
        if (heard.shown < heard.duration) {
            plot.subtitle += fmt::format(", the first {} shown", clock_text(heard.shown));
        }
        SPINDLE_TRY_VOID(image::write_png(plot, options.plot));
    }
    context.terminal.say(
        fmt::format("{} landmarks in {}", heard.landmarks.size(), clock_text(heard.duration)));
    return heard.landmarks.empty() ? Exit::Incomplete : Exit::Done;
}

const Command kFingerprintCommand{
    "fingerprint", "list the landmarks of a sound",
    "spindle fingerprint track.flac | head\n"
    "spindle fingerprint --density query --plot landmarks.png clip.wav",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<FingerprintOptions>();
        arguments.positional("FILE", &options->file, "audio file, or - for stdin", Need::Required,
                             Takes::File);
        arguments.choice("--density", "WHICH", options->density,
                         "reference: as tracks are stored; query: as clips are heard",
                         {"reference", "query"});
        arguments.option("--plot", "FILE.png", &options->plot, "draw them on a spectrogram",
                         Takes::File);
        return [options](const Context& context) { return fingerprint(*options, context); };
    }};

} // namespace spindle::cli
