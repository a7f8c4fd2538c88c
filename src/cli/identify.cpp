// SPDX-License-Identifier: Apache-2.0
#include "cli/identify.h"

#include <chrono>
#include <cmath>
#include <memory>

#include <nlohmann/json.hpp>

#include "app/identify/identify.h"
#include "app/identify/picture.h"
#include "document/identify_document.h"
#include "document/json.h"

namespace spindle::cli {
namespace {

double rounded(double value, double steps) {
    return std::round(value * steps) / steps;
}

std::string as_line(const app::NamedCandidate& named) {
    std::string name = named.artist.empty() ? named.title : named.artist + " - " + named.title;
    if (!named.album.empty()) {
        name += " (" + named.album + ")";
    }
    const fingerprint::Candidate& c = named.candidate;
    return fmt::format("{}  at {}, speed {:+.2f} %, certain to {:.2f} %", name,
                       clock_text(std::max(Seconds{0}, c.offset)),
                       rounded((c.speed - 1) * 100, 100) + 0.0, c.confidence * 100);
}

std::string as_text(const std::string& clip, const app::Identification& found) {
    if (!found.matched) {
        return clip + ": not in the library";
    }
    std::string text = clip + ": " + as_line(found.candidates.front());
    for (std::size_t i = 1; i < found.candidates.size(); ++i) {
        // Only rivals that could be meant: the same music twice in the library.
        if (found.candidates[i].candidate.confidence > 0.01) {
            text += "\n    or: " + as_line(found.candidates[i]);
        }
    }
    return text;
}

} // namespace

Result<Exit> identify(const IdentifyOptions& options, const Context& context) {
    if (!options.plot.empty() && options.clips.size() != 1) {
        return misuse(context, "--plot draws one clip; give just one");
    }
    SPINDLE_TRY(auto store,
                context.backends.open_library(context.data_folder, store::Access::Read));
    SPINDLE_TRY(const auto index,
                fingerprint::FileIndex::open(app::index_folder(context.data_folder)));
    app::Identify use_case(index, *store);
    const auto show = context.terminal.progress();
    Exit exit = Exit::Done;
    for (std::size_t i = 0; i < options.clips.size(); ++i) {
        const std::string& clip = options.clips[i];
        show({"identifying", clip, i, options.clips.size(), std::nullopt});
        const auto begun = std::chrono::steady_clock::now();
        const auto found = use_case.clip(clip, static_cast<std::size_t>(options.top), context.stop);
        const Seconds elapsed = std::chrono::steady_clock::now() - begun;
        if (!found && found.error().code == Code::Cancelled) {
            return tl::unexpected(found.error());
        }
        if (!found) {
            context.terminal.warn(found.error().message);
        }
        if (context.format == Format::Json) {
            context.out.line(document::to_text(document::to_json(clip, found, elapsed)));
        } else if (found) {
            context.out.line(as_text(clip, *found));
        }
        context.out.flush(); // one clip may follow another slowly: somebody reads along
        exit = found && found->matched ? exit : Exit::Incomplete;
        if (found && !options.plot.empty()) {
            SPINDLE_TRY(const auto plot, app::picture_of(*found, clip));
            SPINDLE_TRY_VOID(image::write_png(plot, options.plot));
        }
    }
    context.terminal.clear();
    return exit;
}

const Command kIdentifyCommand{
    "identify", "name the track that a clip is from",
    "spindle identify clip.wav\n"
    "arecord -q -f cd -d 8 | spindle identify --json -\n"
    "spindle identify --plot why.png clip.wav",
    [](Arguments& arguments) -> Run {
        auto options = std::make_shared<IdentifyOptions>();
        arguments.positional("CLIP", &options->clips, "audio file, or - for stdin", Need::Required,
                             Takes::File);
        arguments.number("--top", "N", &options->top, "candidates to name at most", 1, 100);
        arguments.option("--plot", "FILE.png", &options->plot,
                         "draw what was heard and where the track has it", Takes::File);
        return [options](const Context& context) { return identify(*options, context); };
    }};

} // namespace spindle::cli
