// SPDX-License-Identifier: Apache-2.0
#include "server/detail/session.h"

namespace spindle::server {

void serve_plain(tcp::socket socket, Peer peer, Core& core) {
    std::make_shared<Session<tcp::socket>>(std::move(socket), std::move(peer), core)->start();
}

} // namespace spindle::server
