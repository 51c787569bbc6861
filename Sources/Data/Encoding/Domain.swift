/// The codes that each variable of a blueprint can take.
package struct Domain: Sendable, Equatable, Codable {
  /// The variables, in the order of the model's attributes.
  package let variables: [Variable]
  /// The codecs, one for each variable, in the same order.
  package let codecs: [Codec]

  /// - Precondition: One codec per variable.
  package init(variables: [Variable], codecs: [Codec]) {
    precondition(variables.count == codecs.count, "one codec a variable")
    self.variables = variables
    self.codecs = codecs
  }

  /// The number of codes of each variable.
  package var sizes: [Int] { codecs.map(\.size) }
  /// The number of variables.
  package var count: Int { codecs.count }
}
