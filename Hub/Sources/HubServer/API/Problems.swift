import Foundation
import HTTPTypes
import Hummingbird

/// Errors of the programming interface that no handler makes, as RFC 9457 has them.
enum Problems {
  static func reply(_ status: HTTPResponse.Status, _ title: String, _ detail: String) -> Response {
    let body = Bodies.Problem(title: title, status: status.code, detail: detail)
    let data = (try? JSONEncoder().encode(body)) ?? Data("{}".utf8)
    return Response(
      status: status, headers: [.contentType: "application/problem+json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
  }

  /// The reply to a path that no route has, or to a method that none of its routes takes, which are
  /// then named.
  static func noRoute(_ request: Request, _ status: HTTPResponse.Status) -> Response {
    let methods = methods(at: request.uri.path)
    let isMethod = !methods.isEmpty && !methods.contains(request.method.rawValue)
    let status = isMethod ? .methodNotAllowed : status
    let words = isMethod ? "It does not take this method." : "There is no such page."
    var response =
      request.uri.path.hasPrefix("/api/")
      ? reply(status, "Not here", words)
      : Response(
        status: status, headers: [.contentType: "text/plain; charset=utf-8"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: words)))
    if isMethod { response.headers[.allow] = methods.sorted().joined(separator: ", ") }
    return response
  }

  private static func methods(at path: String) -> Set<String> {
    let parts = path.split(separator: "/")
    return Set(
      Routes.all.filter { route in
        let own = route.path.split(separator: "/")
        return own.count == parts.count
          && zip(own, parts).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
      }.map(\.method.rawValue))
  }
}
