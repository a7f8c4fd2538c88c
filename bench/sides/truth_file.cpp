// SPDX-License-Identifier: Apache-2.0
#include "sides/truth_file.h"

#include "io/file.h"

namespace spindle::sides {

Result<void> write_truth(const std::filesystem::path& path, const Pool& pool,
                         const Session& session) {
    std::string text =
        "kind\tside\ttrack\tstart_s\taudible_start_s\taudible_end_s\tend_s\tplayed_s\t"
        "from_s\tto_s\tlength_s\tspeed\tskips\n";
    const auto letter = [](std::size_t side) { return static_cast<char>('A' + side); };
    for (const auto& play : session.truth.plays) {
        text += fmt::format(
            "play\t{}\t{}\t{:.4f}\t{:.4f}\t{:.4f}\t{:.4f}\t{:.4f}\t{:.4f}\t{:.4f}\t{:.4f}\t{:.8f}\t"
            "{}\n",
            letter(play.side), pool.names[play.track], play.start.count(),
            play.audible_start.count(), play.audible_end.count(), play.end.count(),
            play.played.count(), play.pieces.front().from.count(), play.pieces.back().to.count(),
            play.length.count(), play.speed, play.skips);
    }
    for (const auto& hearing : session.truth.hearings) {
        text +=
            fmt::format("hearing\t{}\t-\t{:.4f}\t{:.4f}\t{:.4f}\t{:.4f}\t-\t-\t-\t-\t{:.8f}\t-\n",
                        letter(hearing.side), hearing.down.count(), hearing.music_start.count(),
                        hearing.music_end.count(), hearing.up.count(),
                        session.performance.pressing.transport.speed);
    }
    return io::write_atomically(path, text);
}

} // namespace spindle::sides
