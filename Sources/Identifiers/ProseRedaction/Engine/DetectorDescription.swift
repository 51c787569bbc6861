import Words
import Yams

/// A detector that a user adds through a YAML file.
///
/// ```yaml
/// - name: ward badge
///   type: OTHER_ID
///   pattern: '\bWB-\d{5}\b'
///   checksum: luhn
///   contextWords: [badge, ward]
///   confidence: 0.9
/// ```
package struct DetectorDescription: Sendable, Codable, Equatable {
  package var name: String
  package var type: IdentifierType
  /// A PCRE2 pattern that ignores case. Its first group, if it has one, is the identifier.
  package var pattern: String
  /// A check that the match must pass.
  package var checksum: Checksum?
  /// If given, one of these words must stand within 60 bytes before the match.
  package var contextWords: [String]?
  /// From 0 to 1; 0.8 if absent.
  package var confidence: Double?

  package init(
    name: String, type: IdentifierType, pattern: String, checksum: Checksum? = nil,
    contextWords: [String]? = nil, confidence: Double? = nil
  ) {
    self.name = name
    self.type = type
    self.pattern = pattern
    self.checksum = checksum
    self.contextWords = contextWords
    self.confidence = confidence
  }

  /// Reads the detectors of a YAML file, a list of mappings.
  /// - Parameter path: the name of the file in errors.
  /// - Throws: `ProseError.detectorFile`.
  package static func list(yaml: String, path: String) throws -> [DetectorDescription] {
    let list: [DetectorDescription]
    do {
      list = try YAMLDecoder().decode([DetectorDescription].self, from: yaml)
    } catch let error as DecodingError {
      throw ProseError.detectorFile(path: path, problem: problem(error))
    } catch {
      throw ProseError.detectorFile(path: path, problem: "this is not a YAML list of detectors")
    }
    for detector in list where !(0...1).contains(detector.confidence ?? 0) {
      throw ProseError.detectorFile(
        path: path, problem: "the confidence of '\(detector.name)' is not from 0 to 1")
    }
    return list
  }

  private static func problem(_ error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, let context): "detector \(place(context)) lacks '\(key.stringValue)'"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "detector \(place(context)) has a wrong kind of value"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty
        ? "this is not YAML"
        : "detector \(place(context)): '\(context.codingPath.last?.stringValue ?? "")' has a value that is not allowed"
    @unknown default: "this is not a list of detectors"
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    context.codingPath.first?.intValue.map { "number \($0 + 1)" } ?? "list"
  }
}

/// A detector made from a description.
struct CustomDetector: ProseDetector {
  private let description: DetectorDescription
  private let pattern: Pattern
  private let contextHashes: Set<UInt64>
  /// The distance before a match within which a context word counts, in bytes.
  private static let contextBytes = 60

  init(_ description: DetectorDescription) throws {
    self.description = description
    pattern = try Pattern(description.pattern, detector: description.name)
    contextHashes = Set((description.contextWords ?? []).map { WordHash.of($0.utf8) })
  }

  func find(in text: ScannedText, into found: inout [ProseSpan]) throws {
    for range in try pattern.ranges(in: text.bytes) {
      if let checksum = description.checksum, !checksum.isValid(text.bytes[range]) { continue }
      guard contextHashes.isEmpty || hasContext(before: range.lowerBound, in: text) else {
        continue
      }
      let reason =
        "matches the detector '\(description.name)'"
        + (description.checksum == nil ? "" : " and its check digits")
      found.append(
        ProseSpan(
          range: range, type: description.type, confidence: description.confidence ?? 0.8,
          reason: reason))
    }
  }

  private func hasContext(before place: Int, in text: ScannedText) -> Bool {
    var index = text.tokenIndex(from: place) - 1
    while index >= 0, text.tokens[index].end > place - Self.contextBytes {
      if contextHashes.contains(text.tokens[index].hash) { return true }
      index -= 1
    }
    return false
  }
}
