// SPDX-License-Identifier: Apache-2.0
// Tokens go only to whom the certificate says they go to.
#include <fstream>

#include <gmock/gmock.h>

#include "stage.h"
#include "testing/program.h"

namespace spindle::scrobbling {
namespace {

using ::testing::HasSubstr;
using testing::Program;

constexpr const char* kOpenssl = "/usr/bin/openssl"; // ca-certificates brings it

/// A server with a certificate of its own, which answers GET with a page.
class TlsServer {
public:
    /// @param from, to "20260101000000Z": when it is valid
    TlsServer(const std::filesystem::path& folder, const std::string& name, const std::string& host,
              const std::string& from, const std::string& to)
        : certificate_((folder / (name + ".pem")).string()) {
        const std::string key = certificate_ + ".key";
        const std::string request = certificate_ + ".csr";
        const std::string settings = certificate_ + ".cnf";
        std::ofstream(certificate_ + ".index").flush();
        std::ofstream(settings) << fmt::format(
            "[ca]\ndefault_ca=d\n[d]\ndatabase={0}.index\nserial={0}.serial\nnew_certs_dir={1}\n"
            "default_md=sha256\npolicy=p\nx509_extensions=e\n[p]\ncommonName=supplied\n[e]\n"
            "subjectAltName=IP:{2}\n",
            certificate_, folder.string(), host);
        made_ = openssl({"req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                         "-nodes", "-keyout", key, "-out", request, "-subj", "/CN=Spindle"}) &&
                openssl({"ca", "-selfsign", "-batch", "-create_serial", "-notext", "-config",
                         settings, "-in", request, "-keyfile", key, "-startdate", from, "-enddate",
                         to, "-out", certificate_});
        server_ = std::make_unique<Program>(
            std::vector<std::string>{kOpenssl, "s_server", "-accept", "127.0.0.1:0", "-www",
                                     "-cert", certificate_, "-key", key},
            Program::Options{});
        made_ = made_ && server_->wait_until([this] { return !port().empty(); });
    }
    bool is_there() const { return made_; }
    const std::string& certificate() const { return certificate_; }
    std::string url() const { return "https://127.0.0.1:" + port(); }

private:
    static bool openssl(std::vector<std::string> words) {
        words.insert(words.begin(), kOpenssl);
        return Program(words, {}).wait().exit_code == 0;
    }
    std::string port() const {
        constexpr std::string_view kWord = "ACCEPT 127.0.0.1:";
        const std::string said = server_->output_so_far();
        const auto at = said.find(kWord);
        const auto end = said.find('\n', at);
        return at == std::string::npos || end == std::string::npos
                   ? std::string()
                   : said.substr(at + kWord.size(), end - at - kWord.size());
    }
    std::string certificate_;
    bool made_ = false;
    std::unique_ptr<Program> server_;
};

class Tls : public ::testing::Test {
protected:
    /// What a client says of that server.
    static std::string complaint(const TlsServer& server, const std::string& authorities) {
        scrobble::ListenBrainzAccount account;
        account.profile = *scrobble::listenbrainz_profile("listenbrainz");
        account.url = server.url();
        account.token = testing::ListenBrainzServer::kToken;
        scrobble::Wire wire;
        wire.authorities = authorities;
        const auto client = scrobble::ListenBrainzClient::create(account, wire).value();
        const auto name = client->username_of_token({});
        return name ? std::string() : name.error().message;
    }
    testing::TempFolder folder_;
};

TEST_F(Tls, SendsNothingWhereTheCertificateIsNotRight) {
    if (::access(kOpenssl, X_OK) != 0) {
        GTEST_SKIP() << "openssl is not installed";
    }
    const std::string begin = "20200101000000Z";
    const std::string end = "20491231000000Z";
    const TlsServer good(folder_.path(), "good", "127.0.0.1", begin, end);
    const TlsServer other(folder_.path(), "other", "127.0.0.2", begin, end);
    const TlsServer expired(folder_.path(), "expired", "127.0.0.1", begin, "20200102000000Z");
    ASSERT_TRUE(good.is_there() && other.is_there() && expired.is_there());
    EXPECT_THAT(complaint(good, good.certificate()), HasSubstr("status 200")); // it was asked
    EXPECT_THAT(complaint(good, ""), HasSubstr("certificate"));                // self-signed
    EXPECT_THAT(complaint(good, other.certificate()), HasSubstr("certificate"));
    EXPECT_THAT(complaint(other, other.certificate()), HasSubstr("certificate")); // another host
    EXPECT_THAT(complaint(expired, expired.certificate()), HasSubstr("certificate"));
}

} // namespace
} // namespace spindle::scrobbling
