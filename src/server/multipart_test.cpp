// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "server/multipart.h"

namespace spindle::server {
namespace {

constexpr const char* kType = "multipart/form-data; boundary=\"x y\"";

Result<std::vector<FormPart>> read(const std::string& body, const char* type = kType) {
    return read_form(std::as_bytes(std::span(body)), type);
}

TEST(Multipart, GivesFieldsAndFilesInTheirOrder) {
    const std::string body =
        "--x y\r\nContent-Disposition: form-data; name=\"format\"\r\n\r\ncd\r\n"
        "--x y\r\ncontent-disposition: form-data; name=photo; "
        "filename=\"C:\\\\tmp\\\\a \\\"b\\\".jpg\"\r\n"
        "Content-Type: image/jpeg\r\n\r\nbytes\r\n--x no\r\n"
        "--x y\r\nContent-Disposition: form-data; name=empty\r\n\r\n\r\n"
        "--x y--\r\n";
    const auto parts = read(body).value();
    ASSERT_EQ(parts.size(), 3U);
    EXPECT_EQ(parts[0].name, "format");
    EXPECT_EQ(parts[0].text(), "cd");
    EXPECT_TRUE(parts[0].file_name.empty());
    EXPECT_EQ(parts[1].name, "photo");
    EXPECT_EQ(parts[1].file_name, "a \"b\".jpg");
    EXPECT_EQ(parts[1].text(), "bytes\r\n--x no");
    EXPECT_EQ(parts[2].text(), "");
}

TEST(Multipart, WhatIsCutOffIsSaidSo) {
    const std::string whole = "--x y\r\nContent-Disposition: form-data; name=a\r\n\r\nbody\r\n"
                              "--x y--\r\n";
    ASSERT_TRUE(read(whole));
    for (std::size_t size = 0; size < whole.size() - 4; ++size) {
        EXPECT_FALSE(read(whole.substr(0, size))) << size;
    }
    EXPECT_FALSE(read(whole, "multipart/form-data"));
    EXPECT_FALSE(read(whole, "multipart/form-data; boundary=other"));
    EXPECT_FALSE(read("--x y\r\nContent-Type: text/plain\r\n\r\nbody\r\n--x y--\r\n"));
}

TEST(Multipart, RefusesTooManyParts) {
    std::string body;
    for (int i = 0; i < 101; ++i) {
        body += "--x y\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n";
    }
    EXPECT_FALSE(read(body + "--x y--"));
}

RC_GTEST_PROP(Multipart, AnyBytesComeBackAsTheyWere, (const std::vector<std::string>& bodies)) {
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(bodies.size(), 90); ++i) {
        text += "--bound\r\nContent-Disposition: form-data; name=f; filename=g\r\n\r\n" +
                bodies[i] + "\r\n";
    }
    text += "--bound--";
    const auto parts = read(text, "multipart/form-data; boundary=bound").value();
    RC_ASSERT(parts.size() == std::min<std::size_t>(bodies.size(), 90));
    for (std::size_t i = 0; i < parts.size(); ++i) {
        RC_ASSERT(parts[i].text() == bodies[i]);
    }
}

RC_GTEST_PROP(Multipart, GarbageIsAnErrorAtWorst, (const std::string& garbage)) {
    (void)read(garbage);
    (void)read("--x y\r\n" + garbage);
    (void)read_form({}, garbage);
}

} // namespace
} // namespace spindle::server
