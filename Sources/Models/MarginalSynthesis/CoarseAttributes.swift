import DomainLearning
import Encoding
import GraphicalModels

/// A second, coarser attribute beside each variable of many codes, whose codes are groups of the
/// variable's.
///
/// A relation is often clear at this resolution when, told apart code by code, it drowns in noise,
/// and a model that holds it so stays small: three variables of 48 codes have 110,592 cells, their
/// groups 2,744. The variable and its groups are tied by structural zeros. The attributes follow
/// those of the variables.
struct CoarseAttributes {
  let groups: [CodeGroups]
  /// The number of variables, whose attributes come first.
  let variables: Int
  /// The coarse attribute of each variable, or its own if it has no other.
  private let attributes: [Int]

  /// Codes in a group, on average. Fixed on public tables
  /// (docs/decisions/0026-coarse-attributes.md).
  private static let codesPerGroup = 3.5
  /// With fewer groups little would be left of a relation.
  private static let fewestGroups = 3

  /// Creates no coarse attributes.
  init(variables: Int) {
    (groups, self.variables, attributes) = ([], variables, Array(0..<variables))
  }

  /// Groups the codes of a domain by what was paid for.
  init(of learned: LearnedDomain, blueprint: Blueprint) {
    var groups: [CodeGroups] = []
    var attributes = Array(0..<learned.domain.count)
    for (variable, codec) in learned.domain.codecs.enumerated() {
      let counts = learned.oneWay.filter { $0.attribute == variable }.combined.map(\.value)
      let most = Int((Double(codec.size) / CoarseAttributes.codesPerGroup).rounded())
      let hierarchy = blueprint.hierarchy(of: learned.domain.variables[variable])
      guard counts.count == codec.size, most >= CoarseAttributes.fewestGroups,
        let grouping = CodeGroups(
          variable: variable, codec: codec, counts: counts, most: most, hierarchy: hierarchy)
      else { continue }
      attributes[variable] = learned.domain.count + groups.count
      groups.append(grouping)
    }
    (self.groups, variables, self.attributes) = (groups, learned.domain.count, attributes)
  }

  var sizes: [Int] { groups.map(\.count) }

  /// The cells in which a variable and its groups contradict each other.
  var ties: [StructuralZeros] {
    groups.enumerated().map { index, grouping in
      StructuralZeros(
        clique: Clique([grouping.variable, variables + index]),
        isPossible: grouping.groups.flatMap { group in (0..<grouping.count).map { $0 == group } })
    }
  }

  /// Returns the marginals in which variables are looked at together: pairs at both resolutions,
  /// larger ones at the coarse one, where there is one.
  func looks(at cliques: [Clique]) -> [Clique] {
    cliques.flatMap { clique -> [Clique] in
      let coarse = Clique(clique.attributes.map { attributes[$0] })
      return coarse == clique || clique.count > 2 ? [coarse] : [clique, coarse]
    }
  }

  /// Returns the variable behind an attribute.
  func variable(behind attribute: Int) -> Int {
    attribute < variables ? attribute : groups[attribute - variables].variable
  }

  /// Returns the variables behind the attributes of a marginal.
  func variables(behind clique: Clique) -> Clique { Clique(clique.attributes.map(variable)) }
}
