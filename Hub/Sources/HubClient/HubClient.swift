import AsyncHTTPClient
import Foundation
import HubRecords
import NIOCore
import NIOHTTP1
import NIOSSL

/// A hub as programs see it (`/api/openapi.json`). It follows no redirection, so that a token goes
/// to the named hub alone.
package final class HubClient: Sendable {
  private let hub: HubAddress
  private let token: HubToken
  private let http: HTTPClient

  /// The most bytes of a reply that is not a file.
  private static let mostBytes = 1 << 26

  /// - Parameter authority: The certificate by which the hub's own is checked; nil for those that
  ///   the system knows.
  package init(_ hub: HubAddress, _ token: HubToken, authority: URL? = nil) {
    (self.hub, self.token) = (hub, token)
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      timeout: .init(connect: .seconds(20), read: .seconds(300)))
    if let authority {
      var tls = TLSConfiguration.makeClientConfiguration()
      tls.trustRoots = .file(authority.path)
      configuration.tlsConfiguration = tls
    }
    http = HTTPClient(configuration: configuration)
  }

  /// Ends all connections. Nothing can be asked afterwards.
  package func end() async { try? await http.shutdown() }

  // MARK: Requests

  /// Drafts a request in a project or at a data set, whichever is not nil.
  package func draft(dataset: String?, project: String?, spec: Spec) async throws -> Reply {
    struct Draft: Encodable {
      let dataset, project: String?
      let spec: Spec
    }
    return try await reply(
      "requests", sending: Draft(dataset: dataset, project: project, spec: spec))
  }

  package func submit(_ id: String) async throws -> Reply {
    try await reply("requests/\(Self.escaped(id))/submit", sending: [String: String]())
  }

  package func request(_ id: String) async throws -> Reply {
    try await reply("requests/\(Self.escaped(id))")
  }

  package func requests() async throws -> [RequestNote] {
    try await list("requests").items
  }

  package func events(of id: String) async throws -> [EventNote] {
    try await list("requests/\(Self.escaped(id))/events").items
  }

  package func files(of id: String) async throws -> [FileNote] {
    try await list("requests/\(Self.escaped(id))/files").items
  }

  /// A reply as it came, with the request that it is about.
  package struct Reply: Sendable {
    package let json: Data
    package let request: RequestNote
  }

  /// The parts of a request that the program shows.
  package struct RequestNote: Codable, Sendable, Equatable {
    package let id: String
    package let kind: String
    package let summary: String
    package let stage: String
    package let version: Int
    package let dataset: String
    package let project: String?
  }

  package struct EventNote: Codable, Sendable, Equatable {
    package let time: Int
    package let who: String
    package let what: String
    package let text: String?
  }

  package struct FileNote: Codable, Sendable, Equatable {
    package let name: String
    package let bytes: Int
  }

  struct List<Item: Decodable & Sendable>: Decodable, Sendable {
    let items: [Item]
  }

  // MARK: Files

  /// Downloads a file of a result into `folder`.
  func download(_ file: FileNote, of id: String, into folder: URL) async throws {
    guard file.name.wholeMatch(of: /[A-Za-z0-9_\-][A-Za-z0-9._\-]*/) != nil else {
      throw ClientFault.badFileName
    }
    let bytes = try await save(
      "requests/\(Self.escaped(id))/files/\(file.name)", to: folder.appending(path: file.name))
    guard bytes == file.bytes else { throw ClientFault.cutShort(file.name) }
  }

  /// Downloads a result as one archive.
  func downloadCrate(of id: String, to file: URL) async throws {
    _ = try await save("requests/\(Self.escaped(id))/crate", to: file)
  }

  private func save(_ path: String, to file: URL) async throws -> Int {
    let response = try await execute(asking(path))
    guard response.status == .ok else { throw try await fault(response) }
    guard FileManager.default.createFile(atPath: file.path, contents: nil) else {
      throw CocoaError(.fileWriteUnknown)
    }
    let handle = try FileHandle(forWritingTo: file)
    var count = 0
    for try await piece in response.body {
      try handle.write(contentsOf: Data(piece.readableBytesView))
      count += piece.readableBytes
    }
    try handle.close()
    return count
  }

  // MARK: Sending

  private func reply(_ path: String, sending body: (some Encodable & Sendable)? = Nothing?.none)
    async throws -> Reply
  {
    var request = asking(path)
    if let body {
      request.method = .POST
      request.headers.add(name: "Content-Type", value: "application/json")
      request.body = .bytes(try JSONEncoder().encode(body))
    }
    let data = try await data(request)
    guard let note = try? JSONDecoder().decode(RequestNote.self, from: data) else {
      throw ClientFault.notAHub(status: 200)
    }
    return Reply(json: data, request: note)
  }

  private struct Nothing: Encodable, Sendable {}

  private func list<Item: Decodable & Sendable>(_ path: String) async throws -> List<Item> {
    let data = try await data(asking(path))
    guard let list = try? JSONDecoder().decode(List<Item>.self, from: data) else {
      throw ClientFault.notAHub(status: 200)
    }
    return list
  }

  private func data(_ request: HTTPClientRequest) async throws -> Data {
    let response = try await execute(request)
    guard response.status == .ok || response.status == .created else {
      throw try await fault(response)
    }
    let buffer = try await response.body.collect(upTo: Self.mostBytes)
    return Data(buffer.readableBytesView)
  }

  private func asking(_ path: String) -> HTTPClientRequest {
    var request = HTTPClientRequest(url: "\(hub.text)/api/v1/\(path)")
    request.headers.add(name: "Authorization", value: "Bearer \(token.text)")
    return request
  }

  private func execute(_ request: HTTPClientRequest) async throws -> HTTPClientResponse {
    do { return try await http.execute(request, timeout: .hours(12)) } catch is CancellationError {
      throw CancellationError()
    } catch {
      throw ClientFault.unreachable
    }
  }

  /// A refusal as RFC 9457 has it.
  private func fault(_ response: HTTPClientResponse) async throws -> ClientFault {
    struct Problem: Decodable {
      let title, detail: String
    }
    let status = Int(response.status.code)
    let buffer = try await response.body.collect(upTo: 1 << 16)
    guard
      let problem = try? JSONDecoder().decode(
        Problem.self, from: Data(buffer.readableBytesView))
    else { return .notAHub(status: status) }
    return .refused(status: status, title: problem.title, detail: problem.detail)
  }

  private static func escaped(_ id: String) -> String {
    id.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(.init(charactersIn: "-")))
      ?? ""
  }
}
