/// A set of attributes, as ascending indices into the domain.
///
/// A table over a clique is stored in row-major order: the last attribute varies fastest.
public struct Clique: Hashable, Sendable {
  public let attributes: [Int]

  public init(_ attributes: some Sequence<Int>) {
    self.attributes = Array(Set(attributes)).sorted()
  }

  public var count: Int { attributes.count }

  public func isSubset(of other: Clique) -> Bool { attributes.allSatisfy(other.attributes.contains) }

  /// The number of cells of a table over this clique.
  public func cellCount(sizes: [Int]) -> Int { attributes.reduce(1) { $0 * sizes[$1] } }
}
