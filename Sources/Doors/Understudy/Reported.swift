/// A result that shows a part of a report of the rooms below, and that is encoded as all of it, so
/// that no figure is lost on the way to another program.
package protocol Reported: Codable, Sendable {
  associatedtype Report: Codable & Sendable
  var report: Report { get }
  init(report: Report)
}

extension Reported {
  /// Reads the whole report.
  public init(from decoder: any Decoder) throws { self.init(report: try Report(from: decoder)) }

  /// Writes the whole report.
  public func encode(to encoder: any Encoder) throws { try report.encode(to: encoder) }
}
