import Crypto

/// Addresses of Bitcoin (base58check; bech32 and bech32m of BIP 173 and 350) and Ethereum (0x and
/// forty hexadecimal digits).
package enum CryptoWallet {
  private static let base58 = Array(
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)
  private static let bech32 = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)

  package static func isValid(_ text: some Collection<UInt8>) -> Bool {
    let bytes = Array(text)
    if bytes.starts(with: Array("0x".utf8)) {
      return bytes.count == 42
        && bytes[2...].allSatisfy { (48...57).contains($0) || (97...102).contains($0 | 0x20) }
    }
    return isBase58(bytes) || isBech32(bytes.map { (65...90).contains($0) ? $0 | 0x20 : $0 })
  }

  private static func isBase58(_ text: [UInt8]) -> Bool {
    guard (26...35).contains(text.count), text[0] == 49 || text[0] == 51 else { return false }
    var number = [UInt8](repeating: 0, count: 25)
    for character in text {
      guard var carry = base58.firstIndex(of: character) else { return false }
      for place in number.indices.reversed() {
        carry += Int(number[place]) * 58
        number[place] = UInt8(carry & 0xff)
        carry >>= 8
      }
      if carry != 0 { return false }
    }
    let digest = SHA256.hash(data: Array(SHA256.hash(data: number[..<21])))
    return Array(digest).prefix(4).elementsEqual(number[21...])
  }

  private static func isBech32(_ text: [UInt8]) -> Bool {
    guard text.starts(with: Array("bc1".utf8)), (14...90).contains(text.count) else { return false }
    let values = text[3...].compactMap { bech32.firstIndex(of: $0) }
    guard values.count == text.count - 3 else { return false }
    let generators = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
    let prefix = [3, 3, 0, 2, 3]
    let sum = (prefix + values).reduce(1) { sum, value in
      let shifted = (sum & 0x1ff_ffff) << 5 ^ value
      return generators.indices.reduce(shifted) {
        (sum >> 25) >> $1 & 1 == 1 ? $0 ^ generators[$1] : $0
      }
    }
    return sum == 1 || sum == 0x2bc8_30a3
  }
}
