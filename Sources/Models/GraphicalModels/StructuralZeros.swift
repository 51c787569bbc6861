/// Cells of a clique that cannot occur.
package struct StructuralZeros: Sendable, Equatable {
  package let clique: Clique
  /// Row-major over the clique's ascending attributes.
  package let isPossible: [Bool]

  package init(clique: Clique, isPossible: [Bool]) {
    self.clique = clique
    self.isPossible = isPossible
  }
}
