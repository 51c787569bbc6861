import Words

/// Detects Internet addresses: IPv4, and IPv6 (RFC 4291).
struct NetworkAddressDetector: ProseDetector {
  private static let versionWords = WordSet([
    "version", "versión", "v", "ver", "release", "firmware", "software", "build",
  ])

  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    for groups in text.groups where groups.tokens.count == 4 && isFour(groups, in: text) {
      found.append(
        ProseSpan(
          range: groups.range, type: .ipAddress, confidence: 0.92,
          reason: "four numbers up to 255 divided by dots"))
    }
    var end = 0
    for index in text.tokens.indices.dropLast() where index >= end {
      guard text.bytes[text.tokens[index].end] == UInt8(ascii: ":"), let last = six(index, in: text)
      else { continue }
      let range = text.tokens[index].start..<text.tokens[last].end
      found.append(
        ProseSpan(
          range: range, type: .ipAddress, confidence: 0.93, reason: "the form of an IPv6 address"))
      end = last + 1
    }
  }

  private func isFour(_ groups: DigitGroups, in text: ScannedText) -> Bool {
    let tokens = groups.tokens
    guard !groups.goesOn(in: text), tokens.dropLast().allSatisfy({ text.isGap(after: $0, ".") }),
      tokens.allSatisfy({ text.number($0).map { $0 <= 255 } == true })
    else { return false }
    return !text.tokens[max(0, tokens.lowerBound - 3)..<tokens.lowerBound].contains {
      Self.versionWords.contains($0.hash)
    }
  }

  private func six(_ index: Int, in text: ScannedText) -> Int? {
    guard text.tokens[index].count <= 4, text.isHexadecimal(index),
      text.gap(after: index).count <= 2
    else { return nil }
    var (last, doubled) = (index, 0)
    while last + 1 < text.tokens.count, last < index + 8, text.tokens[last + 1].count <= 4,
      text.isHexadecimal(last + 1)
    {
      if text.isGap(after: last, "::") {
        doubled += 1
      } else if !text.isGap(after: last, ":") {
        break
      }
      last += 1
    }
    let groups = last - index + 1
    guard groups == 8 && doubled == 0 || doubled == 1 && groups >= 2 && groups < 8 else {
      return nil
    }
    return last
  }
}

extension ScannedText {
  /// Whether a token consists of hexadecimal digits.
  func isHexadecimal(_ index: Int) -> Bool {
    bytes[tokens[index].range].allSatisfy {
      (48...57).contains($0) || (97...102).contains($0 | 0x20)
    }
  }
}

/// Detects hardware addresses (IEEE 802): six pairs separated by colons or hyphens, or three fours
/// separated by dots.
struct HardwareAddressDetector: ProseDetector {
  func find(in text: ScannedText, into found: inout [ProseSpan]) {
    var end = 0
    for index in text.tokens.indices.dropLast(2) where index >= end {
      let token = text.tokens[index]
      guard token.count == 2 || token.count == 4, let last = last(from: index, in: text) else {
        continue
      }
      let range = token.start..<text.tokens[last].end
      found.append(
        ProseSpan(
          range: range, type: .macAddress, confidence: 0.95, reason: "the form of a MAC address"))
      end = last + 1
    }
  }

  private func last(from index: Int, in text: ScannedText) -> Int? {
    let length = text.tokens[index].count
    let sign = text.bytes[text.tokens[index].end]
    guard
      length == 2 && (sign == UInt8(ascii: ":") || sign == UInt8(ascii: "-"))
        || length == 4 && sign == UInt8(ascii: ".")
    else {
      return nil
    }
    let run = index..<(index + (length == 2 ? 6 : 3))
    guard run.upperBound <= text.tokens.count,
      run.allSatisfy({ text.tokens[$0].count == length && text.isHexadecimal($0) }),
      run.dropLast().allSatisfy({
        text.gap(after: $0).count == 1 && text.bytes[text.tokens[$0].end] == sign
      })
    else { return nil }
    // Three fours of digits alone can be any number.
    return length == 2 || run.contains { text.tokens[$0].kind != .number }
      ? run.upperBound - 1 : nil
  }
}
