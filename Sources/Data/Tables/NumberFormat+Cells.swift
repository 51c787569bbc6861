/// Reads and writes cells in a number format.
extension NumberFormat {
  /// Returns the number of a cell in this format; nil for any other cell.
  ///
  /// A cell may lack the separators of thousands, but not have them in the wrong place.
  /// - Parameters:
  ///   - isLenient: Whether the text around the digits may be missing, and the number may be
  ///     written like those of a column declared to hold numbers (see ``ParsedNumber``).
  ///   - fileMark: The sign before decimals if the format has none of its own.
  package func read(
    _ cell: UnsafeBufferPointer<UInt8>, isLenient: Bool = false, fileMark: DecimalMark
  ) -> ParsedNumber? {
    var text = trimmed(cell)[...]
    guard !text.isEmpty, text.count <= 64 else { return nil }
    var isNegative = false
    if text.first == UInt8(ascii: "("), text.last == UInt8(ascii: ")"), text.count > 2 {
      guard negatives == .parentheses || isLenient else { return nil }
      isNegative = true
      text = text.dropFirst().dropLast()
    } else if takeSign(&text, &isNegative, isLenient: isLenient) {
      text = text.drop(while: isBlank)
    }
    guard take(prefix, from: &text, atStart: true, isLenient: isLenient) else { return nil }
    if !isNegative { _ = takeSign(&text, &isNegative, isLenient: isLenient) }
    // A dash behind a mark stands for no cents: `481.-` is positive.
    if !isNegative, negatives == .after, text.last == UInt8(ascii: "-"),
      text.count > 1, !".,".utf8.contains(text[text.endIndex - 2])
    {
      isNegative = true
      text = text.dropLast()
    }
    guard take(suffix, from: &text, atStart: false, isLenient: isLenient) else { return nil }
    guard let first = text.first,
      decimalDigit(first) != nil || first == (mark ?? impliedMark ?? fileMark).byte
    else { return nil }
    return digits(
      of: UnsafeBufferPointer(rebasing: text), isNegative: isNegative, isLenient: isLenient,
      mark: (mark ?? impliedMark ?? fileMark).byte)
  }

  private func takeSign(
    _ text: inout Slice<UnsafeBufferPointer<UInt8>>, _ isNegative: inout Bool, isLenient: Bool
  ) -> Bool {
    if text.first == UInt8(ascii: "-") {
      isNegative = true
      text = text.dropFirst()
      return true
    }
    // The minus of typographers, U+2212.
    if text.starts(with: [0xE2, 0x88, 0x92]) {
      isNegative = true
      text = text.dropFirst(3)
      return true
    }
    guard text.first == UInt8(ascii: "+"), showsPlus || isLenient else { return false }
    text = text.dropFirst()
    return true
  }

  /// Takes the text around the digits away. Returns false if it is not there and has to be.
  private func take(
    _ part: String, from text: inout Slice<UnsafeBufferPointer<UInt8>>, atStart: Bool,
    isLenient: Bool
  ) -> Bool {
    let count = part.utf8.count
    guard count > 0 else { return true }
    let end = atStart ? text.prefix(count) : text.suffix(count)
    guard end.elementsEqual(part.utf8) else { return isLenient }
    text = atStart ? text.dropFirst(count) : text.dropLast(count)
    return true
  }

  /// Reads digits with their separators, which are taken out first.
  private func digits(
    of text: UnsafeBufferPointer<UInt8>, isNegative: Bool, isLenient: Bool, mark: UInt8
  ) -> ParsedNumber? {
    let separator = grouping?.utf8 ?? "".utf8
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 66) { plain in
      var (count, at, run, groups) = (0, 0, 0, 0)
      func add(_ byte: UInt8) {
        plain[count] = byte
        count += 1
      }
      if isNegative { add(UInt8(ascii: "-")) }
      while at < text.count, text[at] != mark {
        if decimalDigit(text[at]) != nil {
          add(text[at])
          run += 1
          at += 1
        } else if !separator.isEmpty, text[at...].starts(with: separator) {
          guard groups == 0 ? (1...3).contains(run) : run == 3 else { return nil }
          (groups, run, at) = (groups + 1, 0, at + separator.count)
        } else {
          // An exponent, or no number at all.
          while at < text.count {
            // A point that is neither the mark nor a separator.
            if !isLenient, text[at] == UInt8(ascii: ".") { return nil }
            add(text[at])
            at += 1
          }
          run = 3
        }
      }
      guard groups == 0 || run == 3 else { return nil }
      if at < text.count {
        add(UInt8(ascii: "."))
        at += 1
        while at < text.count {
          add(text[at])
          at += 1
        }
      }
      return ParsedNumber(UnsafeBufferPointer(rebasing: plain[..<count]), isLenient: isLenient)
    }
  }

  /// Writes a tick of a number with `fractionDigits`, dropping zeros at the end down to
  /// `minimumFractionDigits`.
  package func write(
    _ tick: Int64, fractionDigits: Int, minimumFractionDigits: Int, fileMark: DecimalMark,
    to output: inout ByteBuffer
  ) {
    let isNegative = tick < 0
    if isNegative, negatives == .before { output.append(UInt8(ascii: "-")) }
    if isNegative, negatives == .parentheses { output.append(UInt8(ascii: "(")) }
    if !isNegative, showsPlus { output.append(UInt8(ascii: "+")) }
    output.append(prefix.utf8)
    if isNegative, negatives == .inside { output.append(UInt8(ascii: "-")) }
    var digits = ByteBuffer()
    // The magnitude of the lowest tick has no room; that tick means "missing" and is never written.
    let magnitude = Int64(clamping: tick.magnitude)
    digits.append(
      decimal: magnitude, fractionDigits: fractionDigits,
      minimumFractionDigits: minimumFractionDigits, mark: (mark ?? impliedMark ?? fileMark).byte)
    let whole = digits.bytes.prefix { decimalDigit($0) != nil }
    for (place, digit) in whole.enumerated() {
      if place > 0, (whole.count - place) % 3 == 0, let grouping { output.append(grouping.utf8) }
      output.append(digit)
    }
    output.append(digits.bytes[whole.count...])
    output.append(suffix.utf8)
    if isNegative, negatives == .after { output.append(UInt8(ascii: "-")) }
    if isNegative, negatives == .parentheses { output.append(UInt8(ascii: ")")) }
  }
}
