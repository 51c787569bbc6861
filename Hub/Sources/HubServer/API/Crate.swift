import Crypto
import Foundation
import HTTPTypes
import HubLog
import HubRecords
import HubRights
import Hummingbird

/// One release as a package that says who made it, from what, by whose approval: an RO-Crate 1.1
/// with the Process Run Crate profile 0.5, as a zip archive. The release lies in a folder of its
/// own, in which `understudy verify` finds what was signed and nothing else.
enum Crate {
  static let name = "crate.zip"
  static let metadata = "ro-crate-metadata.json"
  static let folder = "release"

  /// A file of the crate: in the vault, or written for it.
  private struct Part {
    let name: String
    let source: Source
    let bytes: Int
    let checksum: UInt32
    let digest: String

    enum Source {
      case file(URL)
      case data(Data)
    }
  }

  static func croissant(_ visit: Visit) throws -> Response {
    let request = try release(visit)
    let folder = visit.folder(of: request)
    let table = try part(of: folder.appending(path: "synthetic.csv"))
    let document = Croissant.document(
      try ReleaseFacts(folder: folder), title: try title(of: request, visit),
      table: .init(name: "synthetic.csv", bytes: table.bytes, digest: table.digest))
    return try visit.json(document, type: "application/ld+json")
  }

  static func archive(_ visit: Visit) throws -> Response {
    let request = try release(visit)
    let parts = try parts(of: request, visit)
    guard parts.reduce(0, { $0 + $1.bytes }) < ZipArchive.mostBytes else {
      throw Refusal.conflict("The release is too large for one archive. Download its files.")
    }
    try visit.perform(.fetch(request: request.id, file: name))
    let headers: HTTPFields = [
      .contentType: "application/zip",
      .contentDisposition: "attachment; filename=\"\(request.id)-crate.zip\"",
    ]
    return Response(
      status: .ok, headers: headers,
      body: ResponseBody { writer in
        var archive = ZipArchive()
        for part in parts {
          let head = archive.head(
            of: .init(name: part.name, bytes: part.bytes, checksum: part.checksum))
          try await writer.write(ByteBuffer(bytes: head))
          switch part.source {
          case .data(let data): try await writer.write(ByteBuffer(bytes: data))
          case .file(let file):
            var left = part.bytes
            for chunk in try Chunks(file) where left >= chunk.count {
              try await writer.write(ByteBuffer(bytes: chunk))
              left -= chunk.count
            }
            // The reader must see that the archive is not whole.
            guard left == 0 else { throw UnreadableFile() }
          }
        }
        try await writer.write(ByteBuffer(bytes: archive.end()))
        try await writer.finish(nil)
      })
  }

  /// A stand-in that this person may read.
  private static func release(_ visit: Visit) throws -> RequestRecord {
    let request = try visit.sight.request(visit.parameter("id"), for: .readResult)
    guard request.spec.kind == .release else { throw Refusal.notFound }
    return request
  }

  private static func title(of request: RequestRecord, _ visit: Visit) throws -> String {
    try visit.sight.state.datasets[request.dataset]?.dataset.title ?? request.dataset
  }

  // MARK: Parts

  private static func parts(of request: RequestRecord, _ visit: Visit) throws -> [Part] {
    let folder = visit.folder(of: request)
    let facts = try ReleaseFacts(folder: folder)
    var parts = try Reviews.files(in: folder).map { try part(of: folder.appending(path: $0.name)) }
    let title = try title(of: request, visit)
    if let table = parts.first(where: { $0.name == "\(Crate.folder)/synthetic.csv" }) {
      parts.append(
        try written(
          Croissant.name,
          Croissant.document(
            facts, title: title,
            table: .init(name: table.name, bytes: table.bytes, digest: table.digest))))
    }
    let crate = CrateMetadata(
      facts: facts, title: title, request: request, state: try visit.sight.state,
      files: parts.map { .init(name: $0.name, bytes: $0.bytes, digest: $0.digest) })
    return [try written(metadata, crate.document)] + parts
  }

  private static func part(of file: URL) throws -> Part {
    var (bytes, checksum, digest) = (0, Checksum(), SHA256())
    for chunk in try Chunks(file) {
      bytes += chunk.count
      checksum.update(chunk)
      digest.update(data: chunk)
    }
    return Part(
      name: "\(folder)/\(file.lastPathComponent)", source: .file(file), bytes: bytes,
      checksum: checksum.value,
      digest: digest.finalize().hexadecimal)
  }

  private static func written(_ name: String, _ document: JSONPart) throws -> Part {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let data = try encoder.encode(document)
    var checksum = Checksum()
    checksum.update(data)
    return Part(
      name: name, source: .data(data), bytes: data.count, checksum: checksum.value,
      digest: SHA256.hash(data: data).hexadecimal)
  }
}

/// A file of the vault could not be read to its end.
private struct UnreadableFile: Error {}

/// A file in pieces of at most 1 MiB.
private struct Chunks: Sequence, IteratorProtocol {
  private let handle: FileHandle

  init(_ file: URL) throws { handle = try FileHandle(forReadingFrom: file) }

  mutating func next() -> Data? {
    guard let data = try? handle.read(upToCount: 1 << 20), !data.isEmpty else { return nil }
    return data
  }
}
