// The checksums by which addresses of crypto currencies are told from other long words.
//
// Thread safety: pure; nothing is allocated (nettle's contexts live on the stack). Sources: Base58
// and double SHA-256 as in Bitcoin's base58.cpp, Bech32 of BIP-173, Bech32m of BIP-350, mixed-case
// checksum of EIP-55 with Keccak-256 (which pads unlike SHA3-256 of FIPS 202).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sieve {

// The version byte of a Base58Check string of 25 bytes (version, 20 bytes of hash, checksum);
// nothing when it is none or its checksum is wrong.
std::optional<uint8_t> base58check_version(std::string_view text);

// Whether `text` is a segregated-witness address under `prefix` ("bc"): Bech32 for witness version
// 0, Bech32m for the others, with a program of a length that exists. All of one case.
bool is_witness_address(std::string_view text, std::string_view prefix);

// Whether the case of the 40 hexadecimal digits `text` is what EIP-55 asks for. All in one case
// carries no checksum and is accepted, as wallets do.
bool is_hex_address(std::string_view text);

}  // namespace sieve
