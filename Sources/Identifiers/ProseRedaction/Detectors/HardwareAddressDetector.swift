import Words

/// Detects hardware addresses (IEEE 802): six pairs separated by colons or hyphens, or three fours
/// separated by dots.
struct HardwareAddressDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    var end = 0
    for index in text.tokens.indices.dropLast(2) where index >= end {
      let token = text.tokens[index]
      guard token.count == 2 || token.count == 4, let last = last(from: index, in: text) else { continue }
      let range = token.start..<text.tokens[last].end
      found.append(ProseSpan(range: range, type: .macAddress, confidence: 0.95, reason: "the form of a MAC address"))
      end = last + 1
    }
  }

  private func last(from index: Int, in text: ScannedText) -> Int? {
    let length = text.tokens[index].count
    let sign = text.bytes[text.tokens[index].end]
    guard length == 2 && (sign == UInt8(ascii: ":") || sign == UInt8(ascii: "-")) || length == 4 && sign == UInt8(ascii: ".") else {
      return nil
    }
    let run = index..<(index + (length == 2 ? 6 : 3))
    guard run.upperBound <= text.tokens.count,
      run.allSatisfy({ text.tokens[$0].count == length && text.isHexadecimal($0) }),
      run.dropLast().allSatisfy({ text.gap(after: $0).count == 1 && text.bytes[text.tokens[$0].end] == sign })
    else { return nil }
    // Three fours of digits alone can be any number.
    return length == 2 || run.contains { text.tokens[$0].kind != .number } ? run.upperBound - 1 : nil
  }
}
