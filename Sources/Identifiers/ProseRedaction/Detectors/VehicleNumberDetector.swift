import Words

/// Finds vehicle identification numbers by their check digit.
struct VehicleNumberDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    for index in text.digits where text.tokens[index].count == 17 {
      let range = text.tokens[index].range
      guard Checksum.vin.isValid(text.bytes[range]) else { continue }
      found.append(ProseSpan(range: range, type: .vehicleIdentifier, confidence: 0.93, reason: "passes the check of vehicle numbers"))
    }
  }
}
