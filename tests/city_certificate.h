// Certificates of a partner city for tests, made with openssl req -x509 (EC, P-256): two with the
// same key, as when one is renewed. Their pin as openssl tells it:
//   openssl x509 -noout -pubkey | openssl pkey -pubin -outform DER | openssl dgst -sha256
#pragma once

namespace neshast {

inline constexpr char kXianPin[] =
    "a35aa4f256cfba3805b8228750cc235868640a1e3dc4a73c22bd12a00dab1f10";
inline constexpr char kXianPinInBase64[] = "o1qk8lbPujgFuCKHUMwjWGhkCh49xKc8Ir0SoA2rHxA=";

inline constexpr char kXianCertificate[] = R"(-----BEGIN CERTIFICATE-----
MIIBdDCCARmgAwIBAgIUFzja2Z0eBHa1eltSEzcQdywCKAYwCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEeGlhbjAeFw0yNjExMjQxMzI5NTNaFw0zNjExMjExMzI5NTNa
MA8xDTALBgNVBAMMBHhpYW4wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAS7Gba2
NsGwpdmWCBf+EfBW3Q5sLfstkSzvJSrlGOlcQtV6a7fqg9d++xFTeaC+eKF/7kSV
L0y3NVVUyNZVRzCCo1MwUTAdBgNVHQ4EFgQUjINW6heYWhnEDaelQDbDl8zDQmMw
HwYDVR0jBBgwFoAUjINW6heYWhnEDaelQDbDl8zDQmMwDwYDVR0TAQH/BAUwAwEB
/zAKBggqhkjOPQQDAgNJADBGAiEA/CKDM6anLd7iWNU6PDpooPQXvy3f/o0EFTop
QTBJzP8CIQCa21P7NbqRWlyrnIWI/8R78kE0mbnv5b5r/N5dxC1t0g==
-----END CERTIFICATE-----
)";

inline constexpr char kXianCertificateRenewed[] = R"(-----BEGIN CERTIFICATE-----
MIIBgzCCASmgAwIBAgIUTwg6CZin87UQAKvdg/QTAcbWwk4wCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMeGlhbiByZW5ld2VkMB4XDTI2MTEyNDEzMjk1M1oXDTI2MTIx
NDEzMjk1M1owFzEVMBMGA1UEAwwMeGlhbiByZW5ld2VkMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEuxm2tjbBsKXZlggX/hHwVt0ObC37LZEs7yUq5RjpXELVemu3
6oPXfvsRU3mgvnihf+5ElS9MtzVVVMjWVUcwgqNTMFEwHQYDVR0OBBYEFIyDVuoX
mFoZxA2npUA2w5fMw0JjMB8GA1UdIwQYMBaAFIyDVuoXmFoZxA2npUA2w5fMw0Jj
MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgCxRCG11RDYhrbE3E
m5s9iN+cW2JZpCM5RW2XefgpahQCIQDXUbxkFKHv71+il8FOGXJXScXjXwYQAqQK
jI51LRUV/A==
-----END CERTIFICATE-----
)";

}  // namespace neshast
