import Basics
import Foundation
import LatticeEncryption

/// The first two lines of every file of encrypted scoring: its kind, and what it belongs to. They
/// can be read by anybody, and hold all that the file tells without a key.
package struct SealedHeader: Codable, Equatable, Sendable {
  /// The digest of the public card.
  package let card: String
  /// Numbers in a record.
  package let entries: Int
  package var parameters = LatticeParameters.name
  /// Records in the request.
  package let records: Int
  /// The digest of the request; nil in the request itself.
  package var request: String?
}

/// The kinds of such files, by their first line.
package enum SealedKind: String {
  case request = "understudy encrypted request 1"
  case answer = "understudy encrypted answer 1"
  /// Files that begin so are never replaced by an output.
  case key = "understudy-key for one request 1"
}

extension SealedKind {
  /// The noun for messages.
  var noun: String {
    switch self {
    case .request: "an encrypted request"
    case .answer: "an encrypted answer"
    case .key: "the key of a request"
    }
  }

  /// Returns the first two lines.
  package func head(_ header: SealedHeader) throws -> Data {
    Data("\(rawValue)\n\(try CanonicalJSON.line(header))\n".utf8)
  }

  /// Starts a file, which its parts are then appended to.
  func begin(_ url: URL, _ header: SealedHeader) throws -> FileHandle {
    try head(header).write(to: url)
    let file = try FileHandle(forWritingTo: url)
    try file.seekToEnd()
    return file
  }
}

/// A file of encrypted scoring that is being read: its header, then parts of known length.
package final class SealedReader {
  private static let headLimit = 4096
  private static let mostRecords = 1_000_000_000

  package let header: SealedHeader
  private let file: FileHandle
  private let name: String
  private let headLength: Int

  /// Opens a file and checks its first two lines, byte for byte.
  /// - Throws: ``ScoringFault``.
  package init(_ url: URL, kind: SealedKind) throws {
    name = url.relativePath
    guard FileManager.default.isReadableFile(atPath: url.path) else {
      throw CocoaError(.fileReadNoSuchFile, userInfo: [NSFilePathErrorKey: name])
    }
    file = try FileHandle(forReadingFrom: url)
    let start = try file.read(upToCount: Self.headLimit) ?? Data()
    let lines = start.split(
      separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
    guard lines.count == 3, lines[0].elementsEqual(kind.rawValue.utf8) else {
      throw ScoringFault.otherKind(file: name, kind.noun)
    }
    guard let header = try? JSONDecoder().decode(SealedHeader.self, from: Data(lines[1])) else {
      throw ScoringFault.head(file: name)
    }
    guard header.parameters == LatticeParameters.name else {
      throw ScoringFault.otherParameters(file: name)
    }
    let head = try kind.head(header)
    let isSound =
      (1...Self.mostRecords).contains(header.records)
      && (1...LatticeParameters.degree).contains(header.entries)
      && (header.request == nil) == (kind == .request)
    guard isSound, start.starts(with: head) else { throw ScoringFault.head(file: name) }
    self.header = header
    headLength = head.count
    try file.seek(toOffset: UInt64(head.count))
  }

  deinit { try? file.close() }

  /// Refuses the file unless exactly so many bytes follow the header.
  func requireLength(_ count: Int) throws {
    let end = try file.seekToEnd()
    try file.seek(toOffset: UInt64(headLength))
    guard end == UInt64(headLength + count) else {
      throw ScoringFault.length(file: name, expected: headLength + count, found: Int(clamping: end))
    }
  }

  /// Reads the next part.
  package func part<Value: ~Copyable>(
    _ count: Int, _ read: (UnsafeRawBufferPointer) throws(LatticeFault) -> Value
  ) throws -> Value {
    let data = try file.read(upToCount: count) ?? Data()
    guard data.count == count else {
      throw ScoringFault.length(file: name, expected: count, found: data.count)
    }
    let bytes = [UInt8](data)
    do {
      return try Self.lend(bytes, to: read)
    } catch {
      throw ScoringFault.part(file: name, error)
    }
  }

  private static func lend<Value: ~Copyable>(
    _ bytes: [UInt8], to read: (UnsafeRawBufferPointer) throws(LatticeFault) -> Value
  ) throws(LatticeFault) -> Value {
    let words = WipedWords(count: (bytes.count + 7) / 8)
    let raw = UnsafeMutableRawBufferPointer(start: words.base, count: bytes.count)
    raw.copyBytes(from: bytes)
    return try read(UnsafeRawBufferPointer(raw))
  }
}

extension SealedHeader {
  /// The number of records in a block.
  var recordsPerBlock: Int { LatticeParameters.degree / entries }

  /// The number of records in each block.
  package var blocks: [Int] {
    stride(from: 0, to: records, by: recordsPerBlock).map { min(recordsPerBlock, records - $0) }
  }

  /// The bytes that follow the header of a request: the encrypted zero, and each block.
  var requestLength: Int { SealedBlock.byteCount * (1 + blocks.count) }

  /// The bytes that follow the header of an answer.
  var answerLength: Int { blocks.reduce(0) { $0 + SealedScores.byteCount(records: $1) } }
}
