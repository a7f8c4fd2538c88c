// SPDX-License-Identifier: Apache-2.0
#include "io/sha256.h"

#include <array>
#include <new>
#include <utility>

#include <openssl/evp.h>

namespace spindle::io {
namespace {

struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using ContextPtr = std::unique_ptr<EVP_MD_CTX, Free>;

ContextPtr new_context() {
    ContextPtr context(EVP_MD_CTX_new());
    if (context == nullptr) {
        throw std::bad_alloc();
    }
    return context;
}

} // namespace

struct Sha256::State {
    ContextPtr context = new_context();
};

// What the calls below return says only whether memory was there, or the algorithm is built in.
Sha256::Sha256() : state_(std::make_unique<State>()) {
    if (EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr) != 1) {
        throw std::bad_alloc();
    }
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::span<const std::byte> bytes) {
    EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size());
}

std::string Sha256::bytes() const {
    const ContextPtr copy = new_context(); // finishing ends a context; the original goes on
    std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
    unsigned size = 0;
    if (EVP_MD_CTX_copy_ex(copy.get(), state_->context.get()) != 1 ||
        EVP_DigestFinal_ex(copy.get(), sum.data(), &size) != 1) {
        throw std::bad_alloc();
    }
    return {sum.begin(), sum.begin() + size};
}

std::string Sha256::hex() const {
    std::string text;
    for (const char byte : bytes()) {
        text += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    }
    return text;
}

namespace {

class HashingSource : public ByteSource {
public:
    HashingSource(std::unique_ptr<ByteSource> source, Sha256& sum)
        : source_(std::move(source)), sum_(sum) {}

    Result<std::size_t> read(std::span<std::byte> into) override {
        auto got = source_->read(into);
        if (got) {
            sum_.update(into.first(*got));
        }
        return got;
    }
    std::uint64_t consumed() const override { return source_->consumed(); }
    std::optional<std::uint64_t> total() const override { return source_->total(); }
    std::string_view name() const override { return source_->name(); }

private:
    std::unique_ptr<ByteSource> source_;
    Sha256& sum_;
};

} // namespace

std::unique_ptr<ByteSource> hashing_source(std::unique_ptr<ByteSource> source, Sha256& sum) {
    return std::make_unique<HashingSource>(std::move(source), sum);
}

} // namespace spindle::io
