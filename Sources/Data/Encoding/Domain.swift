/// The codes that each variable of a blueprint can take.
public struct Domain: Sendable, Equatable, Codable {
  /// The variables, in the order of the model's attributes.
  public let variables: [Variable]
  /// The codecs, one for each variable, in the same order.
  public let codecs: [Codec]

  /// - Precondition: One codec per variable.
  public init(variables: [Variable], codecs: [Codec]) {
    precondition(variables.count == codecs.count, "one codec a variable")
    self.variables = variables
    self.codecs = codecs
  }

  /// The number of codes of each variable.
  public var sizes: [Int] { codecs.map(\.size) }
  /// The number of variables.
  public var count: Int { codecs.count }
}
