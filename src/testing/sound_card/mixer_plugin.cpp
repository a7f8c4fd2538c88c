// SPDX-License-Identifier: Apache-2.0
// The mixer of the simulated sound card: a line input, a microphone and a selector, as CardScript
// has them.
#include <cerrno>
#include <cstring>
#include <memory>

#include <alsa/asoundlib.h>
#include <alsa/control_external.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "testing/sound_card/script.h"

namespace {

using spindle::testing::CardScript;

enum Element : snd_ctl_ext_key_t { LineSwitch, MicSwitch, LineVolume, InputSource, kElements };
constexpr const char* kNames[] = {"Line Capture Switch", "Mic Capture Switch",
                                  "Line Capture Volume", "Input Source"};
constexpr const char* kSources[] = {"Mic", "Line"};
constexpr long kLoudest = 100;

struct Mixer {
    snd_ctl_ext_t ext{};
    CardScript* script = nullptr;
};

CardScript& script_of(snd_ctl_ext_t* ext) {
    return *static_cast<Mixer*>(ext->private_data)->script;
}

void close_mixer(snd_ctl_ext_t* ext) {
    auto* mixer = static_cast<Mixer*>(ext->private_data);
    ::munmap(mixer->script, sizeof(CardScript));
    delete mixer;
}

int elem_count(snd_ctl_ext_t* /*ext*/) {
    return kElements;
}

int elem_list(snd_ctl_ext_t* /*ext*/, unsigned offset, snd_ctl_elem_id_t* id) {
    snd_ctl_elem_id_set_interface(id, SND_CTL_ELEM_IFACE_MIXER);
    snd_ctl_elem_id_set_name(id, kNames[offset % kElements]);
    return 0;
}

snd_ctl_ext_key_t find_elem(snd_ctl_ext_t* /*ext*/, const snd_ctl_elem_id_t* id) {
    for (snd_ctl_ext_key_t key = 0; key < kElements; ++key) {
        if (std::strcmp(snd_ctl_elem_id_get_name(id), kNames[key]) == 0) {
            return key;
        }
    }
    return static_cast<snd_ctl_ext_key_t>(-1);
}

int get_attribute(snd_ctl_ext_t* /*ext*/, snd_ctl_ext_key_t key, int* type, unsigned* access,
                  unsigned* count) {
    *type = key == InputSource  ? SND_CTL_ELEM_TYPE_ENUMERATED
            : key == LineVolume ? SND_CTL_ELEM_TYPE_INTEGER
                                : SND_CTL_ELEM_TYPE_BOOLEAN;
    *access = SND_CTL_EXT_ACCESS_READWRITE;
    *count = key == InputSource ? 1 : 2;
    return 0;
}

int get_integer_info(snd_ctl_ext_t* /*ext*/, snd_ctl_ext_key_t key, long* least, long* most,
                     long* step) {
    *least = 0;
    *most = key == LineVolume ? kLoudest : 1;
    *step = 1;
    return 0;
}

int get_enumerated_info(snd_ctl_ext_t* /*ext*/, snd_ctl_ext_key_t /*key*/, unsigned* items) {
    *items = std::size(kSources);
    return 0;
}

int get_enumerated_name(snd_ctl_ext_t* /*ext*/, snd_ctl_ext_key_t /*key*/, unsigned item,
                        char* name, size_t size) {
    if (item >= std::size(kSources)) {
        return -EINVAL;
    }
    std::strncpy(name, kSources[item], size);
    return 0;
}

int read_integer(snd_ctl_ext_t* ext, snd_ctl_ext_key_t key, long* value) {
    const CardScript& script = script_of(ext);
    value[0] = value[1] = key == LineSwitch  ? script.line_on
                          : key == MicSwitch ? script.microphone_on
                                             : script.line_level;
    return 0;
}

int read_enumerated(snd_ctl_ext_t* ext, snd_ctl_ext_key_t /*key*/, unsigned* items) {
    *items = static_cast<unsigned>(script_of(ext).input_source);
    return 0;
}

int read_event(snd_ctl_ext_t* /*ext*/, snd_ctl_elem_id_t* /*id*/, unsigned* /*mask*/) {
    return -EAGAIN;
}

constexpr snd_ctl_ext_callback_t callbacks() {
    snd_ctl_ext_callback_t table{};
    table.close = close_mixer;
    table.elem_count = elem_count;
    table.elem_list = elem_list;
    table.find_elem = find_elem;
    table.get_attribute = get_attribute;
    table.get_integer_info = get_integer_info;
    table.get_enumerated_info = get_enumerated_info;
    table.get_enumerated_name = get_enumerated_name;
    table.read_integer = read_integer;
    table.read_enumerated = read_enumerated;
    table.read_event = read_event;
    return table;
}
constexpr snd_ctl_ext_callback_t kCallbacks = callbacks();

int open_mixer(snd_ctl_t** handle, const char* name, snd_config_t* settings, int mode) {
    snd_config_t* entry = nullptr;
    const char* path = nullptr;
    if (snd_config_search(settings, "script", &entry) < 0 ||
        snd_config_get_string(entry, &path) < 0) {
        return -EINVAL;
    }
    const int file = ::open(path, O_RDWR | O_CLOEXEC);
    void* mapped = ::mmap(nullptr, sizeof(CardScript), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    ::close(file);
    if (mapped == MAP_FAILED) {
        return -EINVAL;
    }
    auto mixer = std::make_unique<Mixer>();
    mixer->script = static_cast<CardScript*>(mapped);
    mixer->ext.version = SND_CTL_EXT_VERSION;
    mixer->ext.poll_fd = -1;
    mixer->ext.callback = &kCallbacks;
    mixer->ext.private_data = mixer.get();
    std::strncpy(mixer->ext.id, "turntable", sizeof mixer->ext.id - 1);
    std::strncpy(mixer->ext.name, "A simulated turntable", sizeof mixer->ext.name - 1);
    if (const int error = snd_ctl_ext_create(&mixer->ext, name, mode); error < 0) {
        ::munmap(mapped, sizeof(CardScript));
        return error;
    }
    *handle = mixer->ext.handle;
    mixer.release(); // NOLINT(bugprone-unused-return-value): closed by libasound from here on
    return 0;
}

} // namespace

extern "C" {
// The names libasound looks for.
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)
SND_CTL_PLUGIN_DEFINE_FUNC(simulated) {
    (void)root;
    return open_mixer(handlep, name, conf, mode);
}
SND_CTL_PLUGIN_SYMBOL(simulated)
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
}
