// SPDX-License-Identifier: Apache-2.0
#include "accuracy/verdict.h"

#include "accuracy/same_music.h"

namespace spindle::accuracy {

Result<Verdict> judge(const ReferenceLibrary& library, const material::Query& query, TrackId track,
                      Seconds offset) {
    const auto truth = library.by_path.find(query.track);
    if (truth == library.by_path.end()) {
        return fail(Code::BadInput, "{}: its track {} is not among the manifest's known tracks",
                    query.file, query.track);
    }
    Verdict verdict;
    if (track == truth->second && abs(offset - query.offset) <= kSamePlace) {
        verdict.found = true;
        return verdict;
    }
    if (track.value == 0 || track.value > library.tracks.size()) {
        return verdict; // a decoy
    }
    SPINDLE_TRY(verdict.likeness, similarity(Spot{library.file_of(truth->second), query.offset},
                                             Spot{library.file_of(track), offset}));
    verdict.by_repeat = verdict.likeness > kSameMusic;
    verdict.other_place = track == truth->second && !verdict.by_repeat;
    verdict.found = verdict.by_repeat || verdict.other_place;
    return verdict;
}

Result<Verdict> judge_unknown(const ReferenceLibrary& library, const material::Query& query,
                              Seconds start, TrackId track, Seconds offset) {
    Verdict verdict;
    if (query.source.empty() || track.value == 0 || track.value > library.tracks.size()) {
        return verdict;
    }
    const Spot source{library.corpus / query.source, query.offset + query.speed * start};
    SPINDLE_TRY(verdict.likeness, similarity(source, Spot{library.file_of(track), offset}));
    verdict.by_repeat = verdict.likeness > kSameMusic;
    verdict.found = verdict.by_repeat;
    return verdict;
}

} // namespace spindle::accuracy
