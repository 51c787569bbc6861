import AsyncHTTPClient
import Foundation
import Hummingbird
import HummingbirdCore
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Serves a router on a free port of this machine while `work` runs.
func serving(
  _ router: Router<BasicRequestContext>, _ server: HTTPServerBuilder = .http1(),
  _ work: @escaping @Sendable (_ port: Int) async throws -> Void
) async throws {
  let (ports, found) = AsyncStream.makeStream(of: Int.self)
  let application = Application(
    router: router, server: server,
    configuration: .init(address: .hostname("localhost", port: 0)),
    onServerRunning: { found.yield($0.localAddress?.port ?? 0) })
  try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { try? await application.run() }
    for await port in ports {
      defer { group.cancelAll() }
      try await work(port)
      break
    }
  }
}

/// A browser that trusts the authorities of one file alone, and follows nothing.
func browsing<Result: Sendable>(
  trusting authorities: URL? = nil, newest: TLSVersion? = nil,
  _ work: (HTTPClient) async throws -> Result
) async throws -> Result {
  var tls = TLSConfiguration.makeClientConfiguration()
  if let authorities {
    tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(authorities.path))
  }
  if let newest {
    tls.minimumTLSVersion = .tlsv1
    tls.maximumTLSVersion = newest
  }
  let client = HTTPClient(
    eventLoopGroupProvider: .singleton,
    configuration: .init(tlsConfiguration: tls, redirectConfiguration: .disallow))
  do {
    let result = try await work(client)
    try await client.shutdown()
    return result
  } catch {
    try await client.shutdown()
    throw error
  }
}

extension HTTPClient {
  func open(_ address: String, cookie: String? = nil) async throws -> (
    status: UInt, headers: HTTPHeaders, body: String
  ) {
    var request = HTTPClientRequest(url: address)
    if let cookie { request.headers.add(name: "Cookie", value: cookie) }
    let response = try await execute(request, timeout: .seconds(20))
    let body = try await response.body.collect(upTo: 1 << 20)
    return (response.status.code, response.headers, String(buffer: body))
  }
}

/// The bytes that a server of this machine replies to some bytes, until it closes.
func rawReply(port: Int, to text: String) async throws -> String {
  let connection = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
    .connect(host: "localhost", port: port) { channel in
      channel.eventLoop.makeCompletedFuture {
        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
      }
    }
  return try await connection.executeThenClose { inbound, outbound in
    try await outbound.write(ByteBuffer(string: text))
    var reply = ""
    for try await bytes in inbound { reply += String(buffer: bytes) }
    return reply
  }
}
