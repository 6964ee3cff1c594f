#include "correlate/snapshot_seal.h"

#include <nettle/chacha-poly1305.h>
#include <nettle/hmac.h>
#include <nettle/memops.h>

#include <cstring>

#include "base/hash.h"

namespace sieve {
namespace {

// What is hashed with the key, so that a file's key is of use for nothing else.
constexpr std::string_view kFileKeyPurpose = "scamsieve snapshot file";

const uint8_t* octets(std::string_view bytes) {
  return reinterpret_cast<const uint8_t*>(bytes.data());
}

std::string_view as_text(const SnapshotFileId& id) {
  return {reinterpret_cast<const char*>(id.data()), id.size()};
}

std::array<uint8_t, 32> file_key(const SnapshotFileId& id, const SnapshotKey& key) {
  hmac_sha256_ctx hmac;
  hmac_sha256_set_key(&hmac, key.bytes.size(), key.bytes.data());
  hmac_sha256_update(&hmac, kFileKeyPurpose.size(), octets(kFileKeyPurpose));
  hmac_sha256_update(&hmac, id.size(), id.data());
  std::array<uint8_t, 32> derived;
  hmac_sha256_digest(&hmac, derived.size(), derived.data());
  return derived;
}

chacha_poly1305_ctx cipher_for(const std::array<uint8_t, 32>& key, uint64_t number,
                               std::string_view head) {
  static_assert(sizeof(SnapshotSeal) == CHACHA_POLY1305_DIGEST_SIZE);
  chacha_poly1305_ctx cipher;
  chacha_poly1305_set_key(&cipher, key.data());
  std::array<uint8_t, CHACHA_POLY1305_NONCE_SIZE> nonce{};
  std::memcpy(nonce.data(), &number, sizeof number);
  chacha_poly1305_set_nonce(&cipher, nonce.data());
  chacha_poly1305_update(&cipher, head.size(), octets(head));
  return cipher;
}

// The checksum of all that is not the body, then that of the body seeded with it: what is changed
// shows in the one or the other.
SnapshotSeal checksums(const SnapshotFileId& id, uint64_t number, std::string_view head,
                       std::string_view body) {
  const uint64_t place = hash64(head, hash64(as_text(id), number));
  const uint64_t whole = hash64(body, place);
  SnapshotSeal seal;
  std::memcpy(seal.data(), &place, sizeof place);
  std::memcpy(seal.data() + sizeof place, &whole, sizeof whole);
  return seal;
}

}  // namespace

SnapshotSealer::SnapshotSealer(const SnapshotFileId& file_id, const SnapshotKey* key)
    : file_id_(file_id) {
  if (key != nullptr) file_key_ = file_key(file_id, *key);
}

std::string_view SnapshotSealer::seal(uint64_t number, std::string_view head, std::string_view body,
                                      SnapshotSeal& out) {
  if (!file_key_) {
    out = checksums(file_id_, number, head, body);
    return body;
  }
  chacha_poly1305_ctx cipher = cipher_for(*file_key_, number, head);
  ciphertext_.resize(body.size());
  chacha_poly1305_encrypt(&cipher, body.size(), reinterpret_cast<uint8_t*>(ciphertext_.data()),
                          octets(body));
  chacha_poly1305_digest(&cipher, out.size(), out.data());
  return ciphertext_;
}

bool SnapshotSealer::open(uint64_t number, std::string_view head, const SnapshotSeal& seal,
                          std::string& body) {
  SnapshotSeal right;
  if (file_key_) {
    chacha_poly1305_ctx cipher = cipher_for(*file_key_, number, head);
    auto* bytes = reinterpret_cast<uint8_t*>(body.data());
    chacha_poly1305_decrypt(&cipher, body.size(), bytes, bytes);
    chacha_poly1305_digest(&cipher, right.size(), right.data());
  } else {
    right = checksums(file_id_, number, head, body);
  }
  if (memeql_sec(right.data(), seal.data(), seal.size()) != 0) return true;
  body.clear();
  return false;
}

}  // namespace sieve
