import Tables

/// Invented people, one a row, so that the fakes of several columns agree: the e-mail address is the name's.
///
/// A person follows from a seed and the row number alone. No real value goes in, and blocks of rows can be made in any order.
/// The hash is for variety, not for secrecy: fakes hide nothing, since nothing is in them.
public struct FakePeople: Sendable {
  private let seed: UInt64

  /// Draws the seed.
  public init(using generator: inout some RandomNumberGenerator) { seed = generator.next() }

  /// The person of a row.
  func person(row: Int) -> FakePerson {
    let given = bits(row, 0) % 2 == 0 ? CensusNames.female : CensusNames.male
    return FakePerson(
      row: row, given: pick(from: given, row, 1), family: pick(from: CensusNames.family, row, 2),
      domain: pick(from: FakePerson.domains, row, 3), areaCode: 201 + Int(bits(row, 4) % 789), line: 100 + Int(bits(row, 5) % 100))
  }

  /// A random identifier of version 4, variant 1 (RFC 9562).
  func uuid(row: Int) -> String {
    let high = bits(row, 6) & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = bits(row, 7) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    let digits = Self.hex(high) + Self.hex(low)
    let cuts = [0, 8, 12, 16, 20, 32]
    let characters = Array(digits)
    return zip(cuts, cuts.dropFirst()).map { String(characters[$0..<$1]) }.joined(separator: "-")
  }

  private func pick(from list: [String], _ row: Int, _ purpose: UInt64) -> String { list[Int(bits(row, purpose) % UInt64(list.count))] }

  /// The finaliser of SplitMix64 over the seed, the row and what the bits are for.
  private func bits(_ row: Int, _ purpose: UInt64) -> UInt64 {
    var z = seed &+ (UInt64(bitPattern: Int64(row)) &* 8 &+ purpose &+ 1) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private static func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// One invented person.
package struct FakePerson: Sendable {
  /// From 0.
  let row: Int
  let given: String
  let family: String
  let domain: String
  let areaCode: Int
  let line: Int

  /// Reserved for examples (RFC 2606).
  package static let domains = ["example.com", "example.net", "example.org"]

  var fullName: String { "\(given) \(family)" }

  /// Distinct in every row.
  var email: String { "\(given).\(family)\(row + 1)@\(domain)".lowercased() }

  /// In the block 555-0100 to 555-0199, which belongs to nobody (North American Numbering Plan).
  var phone: String { "(\(areaCode)) 555-0\(line)" }
}
