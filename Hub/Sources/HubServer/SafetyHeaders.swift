import HTTPTypes
import Hummingbird

extension HTTPField.Name {
  static let secFetchSite = Self("Sec-Fetch-Site")!
  static let referrerPolicy = Self("Referrer-Policy")!
  static let frameOptions = Self("X-Frame-Options")!
  static let openerPolicy = Self("Cross-Origin-Opener-Policy")!
  static let resourcePolicy = Self("Cross-Origin-Resource-Policy")!
  static let clearSiteData = Self("Clear-Site-Data")!
}

/// The headers that every reply carries: nothing is kept, framed, guessed or loaded from elsewhere.
package struct SafetyHeaders: RouterMiddleware {
  package init() {}

  static let policy =
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

  package func handle(
    _ request: Request, context: BasicRequestContext,
    next: (Request, BasicRequestContext) async throws -> Response
  ) async throws -> Response {
    var response: Response
    do {
      response = try await next(request, context)
    } catch let error as HTTPError {
      // A path that no route has, or a method.
      response = Problems.noRoute(request, error.status)
    }
    let usual: [(HTTPField.Name, String)] = [
      (.contentSecurityPolicy, Self.policy), (.cacheControl, "no-store"),
      (.referrerPolicy, "no-referrer"), (.frameOptions, "DENY"), (.xContentTypeOptions, "nosniff"),
      (.openerPolicy, "same-origin"), (.resourcePolicy, "same-origin"),
      (.strictTransportSecurity, "max-age=31536000; includeSubDomains"),
    ]
    for (name, value) in usual where response.headers[name] == nil {
      response.headers[name] = value
    }
    return response
  }
}
