import Foundation
import Tables

/// Reads the tracks of a GPX file (versions 1.0 and 1.1): each segment of a track is a trip.
///
/// A strict reader of the part of XML that such files use: elements that fit together, attributes
/// in quotation marks, comments. A document type is refused, so that no entity is ever expanded and
/// no other file ever opened.
struct GPXReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let file: String
  private var place = 0
  /// The names of the open elements, without their prefixes.
  private var open: [String] = []
  private var point: TrackPoint?
  private var segment: [TrackPoint] = []
  private var segments: [[TrackPoint]] = []

  /// Returns the segments that have a point.
  static func segments(_ data: Data, file: String) throws(TrackFileFault) -> [[TrackPoint]] {
    let result = data.withUnsafeBytes { raw -> Result<[[TrackPoint]], TrackFileFault> in
      var reader = GPXReader(bytes: raw.assumingMemoryBound(to: UInt8.self), file: file)
      return Result { () throws(TrackFileFault) in try reader.read() }
    }
    return try result.get()
  }

  private init(bytes: UnsafeBufferPointer<UInt8>, file: String) {
    (self.bytes, self.file) = (bytes, file)
  }

  private mutating func read() throws(TrackFileFault) -> [[TrackPoint]] {
    // A mark of the byte order may come first.
    if bytes.count >= 3, bytes[0] == 0xEF { place = 3 }
    var wasOpened = false
    while let start = next(UInt8(ascii: "<")) {
      let text = place..<start
      place = start + 1
      try markup(after: text)
      wasOpened = wasOpened || !open.isEmpty
    }
    guard wasOpened, open.isEmpty else { throw .notGPX(file) }
    return segments
  }

  /// Reads one piece of markup, whose first byte is behind it.
  private mutating func markup(after text: Range<Int>) throws(TrackFileFault) {
    if starts(with: "?") { return try skip(past: "?>") }
    if starts(with: "!--") { return try skip(past: "-->") }
    if starts(with: "![CDATA[") { return try skip(past: "]]>") }
    if starts(with: "!") { throw .declaresEntities(file) }
    guard let end = tagEnd() else { throw .notGPX(file) }
    let tag = place..<end
    place = end + 1
    if bytes[tag.lowerBound] == UInt8(ascii: "/") {
      return try close(name(tag.dropFirst()), text: text)
    }
    let isEmpty = bytes[tag.upperBound - 1] == UInt8(ascii: "/")
    try begin(name(tag), tag: isEmpty ? tag.dropLast() : tag)
    if isEmpty { try close(open[open.count - 1], text: end..<end) }
  }

  private mutating func begin(_ name: String, tag: Range<Int>) throws(TrackFileFault) {
    guard !name.isEmpty, open.count < 64, !open.isEmpty || name == "gpx" else {
      throw .notGPX(file)
    }
    open.append(name)
    switch name {
    case "trkseg": segment = []
    case "trkpt":
      point = TrackPoint(
        longitude: attribute("lon", in: tag).flatMap(Double.init),
        latitude: attribute("lat", in: tag).flatMap(Double.init))
    default: break
    }
  }

  private mutating func close(_ name: String, text: Range<Int>) throws(TrackFileFault) {
    guard let last = open.popLast(), last == name else { throw .notGPX(file) }
    switch name {
    case "time" where open.last == "trkpt":
      let tick = TrackTime.tick(string(text))
      point?.time = tick
    case "trkpt":
      if let point { segment.append(point) }
      point = nil
    case "trkseg":
      if !segment.isEmpty { segments.append(segment) }
      segment = []
    default: break
    }
  }

  // MARK: Bytes

  private func next(_ byte: UInt8) -> Int? {
    guard place < bytes.count else { return nil }
    return bytes[place...].firstIndex(of: byte)
  }

  private func starts(with text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard place + count <= bytes.count else { return false }
    return (0..<count).allSatisfy { bytes[place + $0] == text.utf8Start[$0] }
  }

  private mutating func skip(past text: StaticString) throws(TrackFileFault) {
    while place < bytes.count {
      if starts(with: text) {
        place += text.utf8CodeUnitCount
        return
      }
      place += 1
    }
    throw .notGPX(file)
  }

  /// Returns the place of the tag's `>`, which may also stand inside quotation marks; nil if the
  /// tag is empty or does not end.
  private func tagEnd() -> Int? {
    var quote: UInt8?
    for index in place..<max(bytes.count, place) {
      let byte = bytes[index]
      if let mark = quote {
        if byte == mark { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return index > place ? index : nil
      } else if byte == UInt8(ascii: "<") {
        return nil
      }
    }
    return nil
  }

  private func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { [9, 10, 13, 32].contains(byte) }

  /// Returns the name at the beginning of a tag, without its prefix.
  private func name(_ tag: Range<Int>) -> String {
    let end = tag.first { Self.isBlank(bytes[$0]) || bytes[$0] == UInt8(ascii: "/") }
    let name = string(tag.lowerBound..<(end ?? tag.upperBound))
    return name.split(separator: ":", omittingEmptySubsequences: false).last.map(String.init) ?? ""
  }

  /// Returns the value of an attribute.
  private func attribute(_ name: String, in tag: Range<Int>) -> String? {
    var index = tag.first { Self.isBlank(bytes[$0]) } ?? tag.upperBound
    while index < tag.upperBound {
      while index < tag.upperBound, Self.isBlank(bytes[index]) { index += 1 }
      let start = index
      while index < tag.upperBound, bytes[index] != UInt8(ascii: "="), !Self.isBlank(bytes[index]) {
        index += 1
      }
      let found = string(start..<index)
      while index < tag.upperBound, bytes[index] != UInt8(ascii: "\""),
        bytes[index] != UInt8(ascii: "'")
      { index += 1 }
      guard index < tag.upperBound else { return nil }
      let (mark, value) = (bytes[index], index + 1)
      index += 1
      while index < tag.upperBound, bytes[index] != mark { index += 1 }
      if found == name { return string(value..<index).trimmingCharacters(in: .whitespaces) }
      index += 1
    }
    return nil
  }
}

/// Times as files of tracks write them.
enum TrackTime {
  /// Reads `2026-01-31T23:59:59.5Z`, or with an offset such as `+01:00`; without one it is UTC. In
  /// microseconds since 1970; nil for other texts.
  static func tick(_ text: String) -> Int64? {
    var digits = Digits(text.utf8.drop { $0 <= 32 })
    guard let year = digits.number(4), digits.skip("-"), let month = digits.number(2),
      digits.skip("-"), let day = digits.number(2), digits.skip("T") || digits.skip(" "),
      let hour = digits.number(2), digits.skip(":"), let minute = digits.number(2),
      digits.skip(":"), let second = digits.number(2), hour < 24, minute < 60, second <= 60
    else { return nil }
    let date = CivilDate(year: year, month: month, day: day)
    guard date.isValid else { return nil }
    let fraction = digits.skip(".") ? digits.microseconds() : 0
    guard let fraction, let offset = digits.offset(), digits.isAtEnd else { return nil }
    let seconds = date.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second - offset
    return Int64(seconds) * 1_000_000 + Int64(fraction)
  }

  /// A text that is read from its beginning.
  private struct Digits {
    private var rest: Substring.UTF8View.SubSequence

    init(_ rest: Substring.UTF8View.SubSequence) { self.rest = rest }

    var isAtEnd: Bool { rest.allSatisfy { $0 <= 32 } }

    /// Reads exactly so many digits.
    mutating func number(_ count: Int) -> Int? {
      let own = rest.prefix(count)
      guard own.count == count, own.allSatisfy({ (48...57).contains($0) }) else { return nil }
      rest = rest.dropFirst(count)
      return own.reduce(0) { $0 * 10 + Int($1 - 48) }
    }

    mutating func skip(_ sign: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: sign) else { return false }
      rest = rest.dropFirst()
      return true
    }

    /// Reads digits behind the point; those beyond a millionth are dropped.
    mutating func microseconds() -> Int? {
      let own = rest.prefix { (48...57).contains($0) }
      rest = rest.dropFirst(own.count)
      guard !own.isEmpty else { return nil }
      let padded = own.prefix(6).map { Int($0 - 48) } + [Int](repeating: 0, count: 6)
      return padded.prefix(6).reduce(0) { $0 * 10 + $1 }
    }

    /// Reads `Z`, an offset or nothing, in seconds.
    mutating func offset() -> Int? {
      if skip("Z") { return 0 }
      let isWest = rest.first == UInt8(ascii: "-")
      guard isWest || rest.first == UInt8(ascii: "+") else { return 0 }
      rest = rest.dropFirst()
      guard let hours = number(2) else { return nil }
      _ = skip(":")
      guard let minutes = number(2), hours < 24, minutes < 60 else { return nil }
      return (isWest ? -60 : 60) * (hours * 60 + minutes)
    }
  }
}
