// SPDX-License-Identifier: Apache-2.0
#include "audio/detail/alsa.h"

#include <cerrno>

namespace spindle::audio::detail {
namespace {

void say_nothing(const char* /*file*/, int /*line*/, const char* /*function*/, int /*error*/,
                 const char* /*format*/, va_list /*arguments*/) {}

} // namespace

QuietAlsa::QuietAlsa() : before_(snd_lib_error_set_local(&say_nothing)) {}

QuietAlsa::~QuietAlsa() {
    snd_lib_error_set_local(before_);
}

Error device_error(const std::string& device, int error) {
    const auto as = [&](Code code, const char* words) {
        return Error{code, fmt::format("{}: {}", device, words)};
    };
    switch (-error) {
    case ENOENT:
    case ENODEV:
    case ENXIO:
        return as(Code::NotFound,
                  "there is no such sound device now; is it plugged in and switched "
                  "on? `spindle devices` lists those there are");
    case EACCES:
    case EPERM:
        return as(Code::NoAccess, "this user may not use it; become a member of the group audio "
                                  "(sudo usermod -aG audio $USER) and log in again");
    case EBUSY:
    case EAGAIN:
        return as(Code::Busy, "another program has it open (fuser -v /dev/snd/* names it); stop "
                              "that one, or record through the sound server: --device default");
    case EHOSTDOWN:
    case ECONNREFUSED:
        return as(Code::NotFound, "the sound server behind it does not answer; start it, or name "
                                  "the card itself: `spindle devices` lists the cards");
    default:
        return Error{Code::Failed,
                     fmt::format("{}: the sound system says: {}", device, snd_strerror(error))};
    }
}

} // namespace spindle::audio::detail
