// SPDX-License-Identifier: Apache-2.0
#include "audio/embedded_picture.h"

#include <string_view>

#include "audio/detail/media_stream.h"

namespace spindle::audio {
namespace {

/// ID3's and FLAC's word for it, which FFmpeg tells as a comment of the stream.
bool is_front_cover(const AVStream& stream) {
    const AVDictionaryEntry* const kind = av_dict_get(stream.metadata, "comment", nullptr, 0);
    return kind != nullptr && std::string_view(kind->value) == "Cover (front)";
}

} // namespace

Result<std::string> embedded_picture(const std::filesystem::path& path, std::uint64_t largest) {
    SPINDLE_TRY(const auto media, detail::MediaStream::open(path, {}));
    const AVFormatContext& format = media.format();
    const AVPacket* found = nullptr;
    for (unsigned i = 0; i < format.nb_streams; ++i) {
        const AVStream& stream = *format.streams[i];
        const AVPacket& picture = stream.attached_pic;
        if ((stream.disposition & AV_DISPOSITION_ATTACHED_PIC) == 0 || picture.data == nullptr ||
            picture.size <= 0 || static_cast<std::uint64_t>(picture.size) > largest) {
            continue;
        }
        if (is_front_cover(stream)) {
            found = &picture;
            break;
        }
        found = found == nullptr ? &picture : found;
    }
    return found == nullptr ? std::string()
                            : std::string(reinterpret_cast<const char*>(found->data),
                                          static_cast<std::size_t>(found->size));
}

} // namespace spindle::audio
