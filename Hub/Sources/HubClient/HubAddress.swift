import Foundation

/// The address of a hub that a program may send a token to: secure, or on this machine.
package struct HubAddress: Sendable, Equatable {
  /// Without a slash at its end.
  package let text: String

  /// - Throws: ``ClientFault/unsafeAddress`` or ``ClientFault/badAddress``.
  package init(_ text: String) throws {
    guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
      parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil,
      parts.path.allSatisfy({ $0 == "/" })
    else { throw ClientFault.badAddress }
    switch parts.scheme {
    case "https": break
    case "http":
      guard ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host) else {
        throw ClientFault.unsafeAddress
      }
    default: throw ClientFault.badAddress
    }
    var text = Substring(text)
    while text.hasSuffix("/") { text = text.dropLast() }
    self.text = String(text)
  }
}

/// A token with which a program acts for a person. Its text is shown nowhere.
package struct HubToken: Sendable {
  let text: String

  /// The name of the environment variable that holds it.
  package static let variable = "UNDERSTUDY_HUB_TOKEN"

  /// - Parameter file: A file that holds the token; nil for the environment.
  /// - Throws: ``ClientFault/noToken`` or ``ClientFault/badToken``.
  package init(file: URL?, environment: [String: String]) throws {
    let found: String?
    if let file {
      guard let data = try? Data(contentsOf: file), data.count <= 1000 else {
        throw ClientFault.badToken
      }
      found = String(decoding: data, as: UTF8.self)
    } else {
      found = environment[Self.variable]
    }
    guard let text = found?.trimmingCharacters(in: .whitespacesAndNewlines), !text.isEmpty else {
      throw ClientFault.noToken
    }
    guard text.wholeMatch(of: /[A-Za-z0-9_\-]{8,200}/) != nil else { throw ClientFault.badToken }
    self.text = text
  }
}

/// The reason that a hub does not do what a program asks.
package enum ClientFault: Error, Equatable, CustomStringConvertible {
  case badAddress
  case unsafeAddress
  case noToken
  case badToken
  case unreachable
  case notAHub(status: Int)
  case refused(status: Int, title: String, detail: String)
  case badFileName
  case folderExists(String)
  case cutShort(String)
  case nothingToFetch

  package var description: String {
    switch self {
    case .badAddress: "--hub: an address such as https://hub.hospital.example, without a path."
    case .unsafeAddress:
      "--hub: a token may only be sent by https, or to this machine by http."
    case .noToken:
      "There is no token. Make one at 'Your account' in the hub and put it into the variable "
        + "\(HubToken.variable), or into a file that --token-file names."
    case .badToken: "The token cannot be read: one line of letters, digits, '_' and '-'."
    case .unreachable: "The hub does not answer at this address, or its certificate is not known."
    case .notAHub(let status): "The reply is not one of a hub (status \(status))."
    case .refused(let status, let title, let detail): "\(title) (\(status)): \(detail)"
    case .badFileName: "The hub names a file that could lie elsewhere. Nothing was written."
    case .folderExists(let name): "\(name) is there already. Name another folder."
    case .cutShort(let name): "\(name) came shorter than the hub says. Nothing was written."
    case .nothingToFetch: "The request has no files."
    }
  }
}
