// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace spindle::server {

/// What a page may load (Content Security Policy 3): its own files, pictures it makes itself, and
/// of scripts and styles that stand in it only those it was built with, named by their SHA-256.
/// What somebody manages to put into it runs nowhere.
/// @param html the page as it was built; empty: nothing stands in it
std::string content_policy(std::string_view html);

} // namespace spindle::server
