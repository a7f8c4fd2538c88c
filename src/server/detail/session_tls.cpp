// SPDX-License-Identifier: Apache-2.0
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "server/detail/session.h"

namespace spindle::server {

class Tls {
public:
    net::ssl::context context{net::ssl::context::tls_server};
};

Result<std::shared_ptr<Tls>> open_tls(const TlsFiles& files) {
    auto tls = std::make_shared<Tls>();
    error_code error;
    tls->context.set_options(net::ssl::context::default_workarounds | net::ssl::context::no_sslv2 |
                                 net::ssl::context::no_sslv3 | net::ssl::context::no_tlsv1 |
                                 net::ssl::context::no_tlsv1_1,
                             error);
    tls->context.use_certificate_chain_file(files.certificate.string(), error);
    if (error) {
        return fail(Code::BadInput, "{}: no certificate in PEM: {}", files.certificate.string(),
                    error.message());
    }
    tls->context.use_private_key_file(files.key.string(), net::ssl::context::pem, error);
    if (error) {
        return fail(Code::BadInput, "{}: not the key of that certificate, in PEM: {}",
                    files.key.string(), error.message());
    }
    return tls;
}

void serve_tls(tcp::socket socket, Peer peer, Core& core, const std::shared_ptr<Tls>& tls) {
    using Stream = net::ssl::stream<tcp::socket>;
    std::make_shared<Session<Stream>>(Stream(std::move(socket), tls->context), std::move(peer),
                                      core)
        ->start();
}

} // namespace spindle::server
