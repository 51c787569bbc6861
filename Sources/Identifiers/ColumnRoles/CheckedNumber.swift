import Words

/// A number that check digits or numbering rules distinguish from others of its form.
struct CheckedNumber: Sendable {
  let meaning: ColumnMeaning
  package let checksum: Checksum
  /// The number of letters and digits in a text, without spaces and hyphens.
  package let lengths: ClosedRange<Int>
  let hasLetters: Bool
  /// The weight of the evidence if all values pass. It is lower for rules that many numbers of the
  /// form pass by chance.
  package let weight: Double
  package let words: String

  package static let all: [CheckedNumber] = [
    CheckedNumber(
      meaning: .iban, checksum: .iban, lengths: 15...34, hasLetters: true, weight: 6,
      words: "bank account numbers (IBAN)"),
    CheckedNumber(
      meaning: .card, checksum: .luhn, lengths: 13...19, hasLetters: false, weight: 5,
      words: "payment cards (Luhn)"),
    CheckedNumber(
      meaning: .vehicle, checksum: .vin, lengths: 17...17, hasLetters: true, weight: 5,
      words: "vehicle numbers (VIN)"),
    CheckedNumber(
      meaning: .nationalIdentifier, checksum: .codiceFiscale, lengths: 16...16, hasLetters: true,
      weight: 6,
      words: "the Italian codice fiscale"),
    CheckedNumber(
      meaning: .nationalIdentifier, checksum: .nir, lengths: 15...15, hasLetters: false, weight: 6,
      words: "French social security"),
    CheckedNumber(
      meaning: .nationalIdentifier, checksum: .steuerID, lengths: 11...11, hasLetters: false,
      weight: 6, words: "German tax numbers"),
    CheckedNumber(
      meaning: .nationalIdentifier, checksum: .dni, lengths: 9...9, hasLetters: true, weight: 6,
      words: "Spanish identity numbers (DNI, NIE)"),
    CheckedNumber(
      meaning: .nationalIdentifier, checksum: .nationalInsurance, lengths: 8...9, hasLetters: true,
      weight: 4.5,
      words: "British National Insurance numbers"),
    CheckedNumber(
      meaning: .nationalIdentifier, checksum: .nhs, lengths: 10...10, hasLetters: false, weight: 5,
      words: "British NHS numbers"),
    CheckedNumber(
      meaning: .nationalIdentifier, checksum: .bsn, lengths: 9...9, hasLetters: false, weight: 5,
      words: "Dutch citizen numbers (BSN)"),
    CheckedNumber(
      meaning: .npi, checksum: .npi, lengths: 10...10, hasLetters: false, weight: 5,
      words: "provider numbers (NPI)"),
    CheckedNumber(
      meaning: .dea, checksum: .dea, lengths: 9...9, hasLetters: true, weight: 5,
      words: "prescriber numbers (DEA)"),
  ]

  package func hasForm(_ text: String) -> Bool {
    var (letters, digits) = (0, 0)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
        letters += 1
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."): continue
      default: return false
      }
    }
    return lengths.contains(letters + digits)
      && (hasLetters ? letters > 0 && digits > 0 : letters == 0)
  }
}
