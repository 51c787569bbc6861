import CExpat
import Foundation

/// One piece of an XML file, in the order of the file. Names come without their prefix.
enum XMLPiece {
  case begin(name: String, attributes: [String: String])
  /// A part of the text between two tags; one text may come in several parts.
  case text(String)
  case end(name: String)
}

/// Why a file cannot be read as XML.
enum XMLFault {
  /// The file ends too early, its tags do not fit together, or its encoding is not known.
  case notWellFormed(line: Int, reason: String)
  /// The file declares entities, or names one that stands in another file.
  case namesEntities(line: Int)
  case isTooDeep(line: Int)
}

/// A walk over an XML file with Expat, piece by piece: nothing of the file is kept.
///
/// No entity is ever expanded and no other file ever opened: a declaration of an entity ends the
/// walk, as does a reference to one of another file. A document type without entities is passed
/// over (docs/decisions/0054-ddi.md).
final class XMLWalk {
  /// The most elements that may lie within each other.
  private static let deepest = 200
  /// Bytes that are handed to the parser at once.
  private static let step = 1 << 16

  private let take: (XMLPiece, Int) -> Void
  private let parser: OpaquePointer
  private var depth = 0
  private var fault: XMLFault?

  /// Walks over a file.
  /// - Parameter take: Takes each piece with its line, from 1.
  /// - Returns: The fault that ended the walk before the end of the file, if there was one.
  static func over(_ data: Data, _ take: (XMLPiece, Int) -> Void) -> XMLFault? {
    withoutActuallyEscaping(take) { take -> XMLFault? in
      guard let parser = XML_ParserCreate(nil) else {
        return XMLFault.notWellFormed(line: 1, reason: "out of memory")
      }
      defer { XML_ParserFree(parser) }
      let walk = XMLWalk(parser: parser, take: take)
      return withExtendedLifetime(walk) { walk.run(data) }
    }
  }

  private init(parser: OpaquePointer, take: @escaping (XMLPiece, Int) -> Void) {
    (self.parser, self.take) = (parser, take)
  }

  /// Returns the fault that ended the walk; nil at the end of the file.
  private func run(_ data: Data) -> XMLFault? {
    listen()
    var rest = data[...]
    repeat {
      let part = rest.prefix(Self.step)
      rest = rest.dropFirst(part.count)
      let status = part.withUnsafeBytes { bytes in
        XML_Parse(
          parser, bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count),
          rest.isEmpty ? 1 : 0)
      }
      if status == XML_STATUS_ERROR {
        let reason = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) }
        return fault ?? .notWellFormed(line: line, reason: reason ?? "unknown")
      }
    } while !rest.isEmpty
    return nil
  }

  private var line: Int { Int(XML_GetCurrentLineNumber(parser)) }

  private func stop(_ fault: XMLFault) {
    if self.fault == nil { self.fault = fault }
    _ = XML_StopParser(parser, 0)
  }

  // MARK: The parser's calls

  private func listen() {
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { walk, name, attributes in XMLWalk.of(walk)?.begin(name, attributes) },
      { walk, name in XMLWalk.of(walk)?.end(name) })
    XML_SetCharacterDataHandler(parser) { walk, text, count in
      XMLWalk.of(walk)?.text(text, Int(count))
    }
    XML_SetEntityDeclHandler(parser) { walk, _, _, _, _, _, _, _, _ in
      XMLWalk.of(walk)?.refuseEntities()
    }
    XML_SetSkippedEntityHandler(parser) { walk, _, _ in XMLWalk.of(walk)?.refuseEntities() }
  }

  private static func of(_ walk: UnsafeMutableRawPointer?) -> XMLWalk? {
    walk.map { Unmanaged<XMLWalk>.fromOpaque($0).takeUnretainedValue() }
  }

  private func refuseEntities() { stop(.namesEntities(line: line)) }

  private func begin(
    _ name: UnsafePointer<CChar>?,
    _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
  ) {
    // After a fault, the parser may still say what it has read.
    guard fault == nil, let name else { return }
    depth += 1
    if depth > Self.deepest { return stop(.isTooDeep(line: line)) }
    var found: [String: String] = [:]
    var place = attributes
    while let at = place, let key = at[0], let value = at[1] {
      found[Self.local(key)] = String(cString: value)
      place = at + 2
    }
    take(.begin(name: Self.local(name), attributes: found), line)
  }

  private func end(_ name: UnsafePointer<CChar>?) {
    guard fault == nil, let name else { return }
    depth -= 1
    take(.end(name: Self.local(name)), line)
  }

  private func text(_ text: UnsafePointer<CChar>?, _ count: Int) {
    guard fault == nil, let text else { return }
    let bytes = UnsafeRawBufferPointer(start: text, count: count)
    take(.text(String(decoding: bytes, as: UTF8.self)), line)
  }

  /// The name without its prefix.
  private static func local(_ name: UnsafePointer<CChar>) -> String {
    let whole = String(cString: name)
    return whole.lastIndex(of: ":").map { String(whole[whole.index(after: $0)...]) } ?? whole
  }
}
