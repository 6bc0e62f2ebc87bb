// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/certificate.h"

#include "core/base/hash.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <ctime>
#include <memory>

namespace cutaway {

namespace {

constexpr std::size_t kNames = 100; ///< of one certificate

template<auto Free>
struct FreedBy
{
    template<typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
using Certificate509 = std::unique_ptr<X509, FreedBy<X509_free>>;
using Output = std::unique_ptr<BIO, FreedBy<BIO_free>>;
using Number = std::unique_ptr<BIGNUM, FreedBy<BN_free>>;
using Names = std::unique_ptr<GENERAL_NAMES, FreedBy<GENERAL_NAMES_free>>;

/// A password that is asked for is none: nobody may be made to type one.
int noPassword(char * /*into*/, int /*size*/, int /*isWriting*/, void * /*data*/)
{
    return -1;
}

std::string textOf(const Output &output)
{
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(output.get(), &bytes);
    return size > 0 ? std::string(bytes, static_cast<std::size_t>(size)) : std::string();
}

std::string nameText(const X509_NAME *name)
{
    const Output output(BIO_new(BIO_s_mem()));
    const unsigned long form =
        (XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB) | ASN1_STRFLGS_UTF8_CONVERT;
    X509_NAME_print_ex(output.get(), name, 0, form & ~XN_FLAG_SPC_EQ);
    return textOf(output);
}

std::string serialText(const X509 *certificate)
{
    const Number number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
    char *hex = number ? BN_bn2hex(number.get()) : nullptr;
    std::string text = hex == nullptr ? std::string() : std::string(hex);
    OPENSSL_free(hex);
    return text;
}

std::optional<std::int64_t> secondsOf(const ASN1_TIME *time)
{
    std::tm parts = {};
    if (ASN1_TIME_to_tm(time, &parts) != 1) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(timegm(&parts));
}

std::string keyText(const X509 *certificate)
{
    const EVP_PKEY *key = X509_get0_pubkey(certificate);
    if (key == nullptr) {
        return {};
    }
    const char *type = EVP_PKEY_get0_type_name(key);
    return std::string(type == nullptr ? "" : type) + ' ' + std::to_string(EVP_PKEY_get_bits(key));
}

std::vector<std::string> namesOf(const X509 *certificate)
{
    const Names names(static_cast<GENERAL_NAMES *>(
        X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    std::vector<std::string> texts;
    const int count = names ? sk_GENERAL_NAME_num(names.get()) : 0;
    for (int i = 0; i < count && texts.size() < kNames; ++i) {
        const Output output(BIO_new(BIO_s_mem()));
        GENERAL_NAME_print(output.get(), sk_GENERAL_NAME_value(names.get(), i));
        texts.push_back(textOf(output));
    }
    return texts;
}

std::string derOf(const X509 *certificate)
{
    unsigned char *der = nullptr;
    const int size = i2d_X509(certificate, &der);
    std::string bytes =
        size > 0 ? std::string(reinterpret_cast<const char *>(der), static_cast<std::size_t>(size))
                 : std::string();
    OPENSSL_free(der);
    return bytes;
}

Certificate factsOf(X509 *certificate)
{
    Certificate facts;
    facts.subject = nameText(X509_get_subject_name(certificate));
    facts.issuer = nameText(X509_get_issuer_name(certificate));
    facts.serial = serialText(certificate);
    facts.validFrom = secondsOf(X509_get0_notBefore(certificate));
    facts.validUntil = secondsOf(X509_get0_notAfter(certificate));
    facts.names = namesOf(certificate);
    facts.key = keyText(certificate);
    const char *signature = OBJ_nid2ln(X509_get_signature_nid(certificate));
    facts.signature = signature == nullptr ? "" : signature;
    facts.sha256 = sha256Hex(derOf(certificate));
    facts.isAuthority = X509_check_ca(certificate) > 0;
    facts.isSelfIssued =
        X509_NAME_cmp(X509_get_subject_name(certificate), X509_get_issuer_name(certificate)) == 0;
    return facts;
}

} // namespace

std::vector<Certificate> readCertificates(std::string_view bytes, std::size_t most)
{
    std::vector<Certificate> found;
    const Output input(BIO_new_mem_buf(
        bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 1U << 30U))));
    while (input && found.size() < most) {
        const Certificate509 certificate(
            PEM_read_bio_X509_AUX(input.get(), nullptr, noPassword, nullptr));
        if (!certificate) {
            break;
        }
        found.push_back(factsOf(certificate.get()));
    }
    if (found.empty() && bytes.starts_with('\x30')) { // a sequence, as DER has it
        const auto *der = reinterpret_cast<const unsigned char *>(bytes.data());
        const Certificate509 certificate(d2i_X509(
            nullptr, &der, static_cast<long>(std::min<std::size_t>(bytes.size(), 1U << 30U))));
        if (certificate) {
            found.push_back(factsOf(certificate.get()));
        }
    }
    ERR_clear_error(); // what was no certificate is no error of anybody's
    return found;
}

} // namespace cutaway
