/// The codes that each variable of a blueprint can take.
public struct Domain: Sendable, Equatable, Codable {
  public let variables: [Variable]
  public let codecs: [Codec]

  public init(variables: [Variable], codecs: [Codec]) {
    precondition(variables.count == codecs.count, "one codec a variable")
    self.variables = variables
    self.codecs = codecs
  }

  public var sizes: [Int] { codecs.map(\.size) }
  public var count: Int { codecs.count }
}
