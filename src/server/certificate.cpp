// SPDX-License-Identifier: Apache-2.0
#include "server/certificate.h"

#include <algorithm>
#include <array>
#include <memory>

#include <arpa/inet.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include "io/file.h"
#include "store/secret_file.h"

namespace spindle::server {
namespace {

constexpr long kValidDays = 397;
constexpr long kRenewDays = 30;
constexpr long kDay = 86'400;
constexpr int kSerialBits = 127;

template <auto Free>
struct Freed {
    template <typename T>
    void operator()(T* what) const {
        Free(what);
    }
};
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;

tl::unexpected<Error> refused(std::string_view what) {
    return fail(Code::Failed, "{}: OpenSSL says {}", what,
                ::ERR_error_string(::ERR_get_error(), nullptr));
}

bool is_numeric(const std::string& name) {
    in6_addr address{};
    return ::inet_pton(AF_INET, name.c_str(), &address) == 1 ||
           ::inet_pton(AF_INET6, name.c_str(), &address) == 1;
}

/// "DNS:a.local,IP:192.168.1.5"
std::string alternative_names(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
        text += (text.empty() ? "" : ",") + std::string(is_numeric(name) ? "IP:" : "DNS:") + name;
    }
    return text;
}

bool add_extension(X509* certificate, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const Extension extension(::X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    return extension && ::X509_add_ext(certificate, extension.get(), -1) == 1;
}

std::string bytes_of(BIO* memory) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return {data, static_cast<std::size_t>(std::max(0L, size))};
}

std::string fingerprint_of(X509* certificate) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
    unsigned size = 0;
    ::X509_digest(certificate, ::EVP_sha256(), sum.data(), &size);
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        text += fmt::format("{}{:02X}", i == 0 ? "" : ":", sum[i]);
    }
    return text;
}

bool holds(X509* certificate, const std::string& name) {
    return is_numeric(name)
               ? ::X509_check_ip_asc(certificate, name.c_str(), 0) == 1
               : ::X509_check_host(certificate, name.c_str(), name.size(), 0, nullptr) == 1;
}

/// The certificate that is there, if it will do.
Certificate usable(const OwnCertificate& own, const std::vector<std::string>& names) {
    constexpr std::uint64_t kLargest = 64U << 10U;
    const auto text = io::read_file(own.files.certificate, kLargest);
    const auto key = store::SecretFile(own.files.key).load();
    if (!text || !key || !*key) {
        return nullptr;
    }
    const Bio memory(::BIO_new_mem_buf(text->data(), static_cast<int>(text->size())));
    Certificate certificate(::PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
    if (!certificate) {
        return nullptr;
    }
    std::time_t soon = std::time(nullptr) + kRenewDays * kDay;
    const bool lasts = ::X509_cmp_time(::X509_get0_notAfter(certificate.get()), &soon) > 0;
    const bool fits = std::all_of(names.begin(), names.end(), [&](const std::string& name) {
        return holds(certificate.get(), name);
    });
    return lasts && fits ? std::move(certificate) : nullptr;
}

bool fill(X509* certificate, EVP_PKEY* key, const std::vector<std::string>& names) {
    const Number serial(::BN_new());
    if (!serial || ::BN_rand(serial.get(), kSerialBits, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) != 1 ||
        ::BN_to_ASN1_INTEGER(serial.get(), ::X509_get_serialNumber(certificate)) == nullptr) {
        return false;
    }
    X509_NAME* const subject = ::X509_get_subject_name(certificate);
    constexpr std::string_view kName = "Spindle on this machine";
    std::array<unsigned char, 64> name{};
    std::copy(kName.begin(), kName.end(), name.begin());
    return ::X509_set_version(certificate, 2) == 1 &&
           ::X509_gmtime_adj(::X509_getm_notBefore(certificate), -kDay) != nullptr &&
           ::X509_gmtime_adj(::X509_getm_notAfter(certificate), kValidDays * kDay - kDay) !=
               nullptr &&
           ::X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, name.data(),
                                        static_cast<int>(kName.size()), -1, 0) == 1 &&
           ::X509_set_issuer_name(certificate, subject) == 1 &&
           ::X509_set_pubkey(certificate, key) == 1 &&
           add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(certificate, NID_key_usage, "critical,digitalSignature") &&
           add_extension(certificate, NID_ext_key_usage, "serverAuth") &&
           add_extension(certificate, NID_subject_alt_name, alternative_names(names)) &&
           ::X509_sign(certificate, key, ::EVP_sha256()) != 0;
}

} // namespace

Result<OwnCertificate> own_certificate(const std::filesystem::path& folder,
                                       const std::vector<std::string>& names) {
    OwnCertificate own;
    own.files = {folder / "serve-certificate.pem", folder / "serve-key.pem"};
    if (const Certificate there = usable(own, names)) {
        own.fingerprint = fingerprint_of(there.get());
        return own;
    }
    const Key key(::EVP_EC_gen("P-256"));
    const Certificate certificate(::X509_new());
    if (!key || !certificate || !fill(certificate.get(), key.get(), names)) {
        return refused("making a certificate");
    }
    const Bio key_text(::BIO_new(::BIO_s_mem()));
    const Bio certificate_text(::BIO_new(::BIO_s_mem()));
    if (!key_text || !certificate_text ||
        ::PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                   nullptr) != 1 ||
        ::PEM_write_bio_X509(certificate_text.get(), certificate.get()) != 1) {
        return refused("writing a certificate");
    }
    SPINDLE_TRY_VOID(store::SecretFile(own.files.key).save(bytes_of(key_text.get())));
    SPINDLE_TRY_VOID(
        store::SecretFile(own.files.certificate).save(bytes_of(certificate_text.get())));
    own.fingerprint = fingerprint_of(certificate.get());
    return own;
}

} // namespace spindle::server
