// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/play/listening.h"
#include "store/play_store.h"

// Plays and what happens at the turntable, as text.
namespace spindle::cli {

/// "Sat 21 Nov 20:15", in the machine's time zone.
std::string local_text(store::Milliseconds time);

std::string name_text(const std::string& artist, const std::string& title);

/// "20:15  B2  Björk - Jóga (Homogenic)  3:01 of 5:05, +0.8 %".
std::string play_line(const store::StoredPlay& play);

/// One line for a person; empty for what is not worth one.
std::string event_line(const app::ListeningEvent& event);

/// The line that rewrites itself.
std::string status_line(const app::ListeningStatus& status);

} // namespace spindle::cli
