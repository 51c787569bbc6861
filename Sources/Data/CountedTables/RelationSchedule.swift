import Encoding
import Foundation
import Tables

/// The relations of columns that are counted whatever is learned of them, and the statements that
/// count them. All of it follows from the schema, so that a plan knows the number of statements,
/// and no answer of the table changes it (docs/decisions/0059-statements-announced.md).
///
/// Codes are learned, and so are the cells of a relation. Here a column has as many codes as it can
/// have. In a run, the blocks of the codes that were learned are dealt into as many statements.
package struct RelationSchedule: Sendable {
  /// The number of codes of each attribute, about: of the variables, then of the coarser attributes
  /// beside those of many codes.
  package let sizes: [Int]
  /// The variable behind each attribute.
  package let variables: [Int]
  /// The sets of attributes, by statement and block.
  package let passes: [[[[Int]]]]
  /// The number of further relations: too large, or too many, to be fetched before they are asked
  /// about. Each may take a statement of its own.
  package let further: Int

  /// Bins of a number or date whose range is not narrower.
  private static let usualBins = 48
  /// Labels of a list that is not declared.
  private static let usualLabels = 12
  /// Codes in a group of a coarser attribute, and the fewest groups, as in AIM.
  private static let (codesPerGroup, fewestGroups) = (3.5, 3)
  /// The most relations of more than two columns that AIM compares at once, and the most columns
  /// whose pairs are foreseen.
  private static let (mostSets, mostColumns) = (5_000, 200)
  /// The most bytes of counts that are kept.
  private static let mostBytes = 1 << 30

  /// - Parameter order: The most columns whose relation is looked at.
  package init(_ blueprint: Blueprint, order: Int) {
    let fine = blueprint.variables.map { Self.size(of: $0, blueprint) }
    let count = fine.count
    let most = min(order, count)
    let total = most < 2 ? 0 : (2...most).reduce(0.0) { $0 + Self.choices(of: $1, from: count) }
    // In a wide table, relations of three columns come as they are suggested.
    let order = total <= Double(Self.mostSets) ? most : min(most, 2)
    var (sizes, coarse) = (fine, Array(fine.indices))
    var variables = coarse
    for (variable, size) in fine.enumerated() {
      let groups = Int((Double(size) / Self.codesPerGroup).rounded())
      guard order > 2, groups >= Self.fewestGroups else { continue }
      coarse[variable] = sizes.count
      sizes.append(groups)
      variables.append(variable)
    }
    (self.sizes, self.variables) = (sizes, variables)
    guard order > 1, count <= Self.mostColumns else {
      (passes, further) = ([], Int(min(2 * total, 1e9)))
      return
    }
    var sets: Set<[Int]> = []
    for first in 0..<count {
      for second in first + 1..<count {
        sets.insert([first, second])
        sets.insert([coarse[first], coarse[second]].sorted())
        guard order > 2 else { continue }
        for third in second + 1..<count {
          sets.insert([coarse[first], coarse[second], coarse[third]].sorted())
        }
      }
    }
    let small = sets.filter { Self.cells($0, sizes) <= BlockCover.mostCells }
    let beyond = order == most ? 0 : total
    let bytes = small.reduce(0) { $0 + 4 * Self.cells($1, sizes) }
    guard bytes <= Double(Self.mostBytes) else {
      (passes, further) = ([], sets.count + Int(min(beyond, 1e9)))
      return
    }
    var cover = BlockCover(wanted: small, sizes: sizes, variables: variables)
    passes = cover.passes()
    further = sets.count - small.count + Int(min(beyond, 1e9))
  }

  private static func cells(_ set: [Int], _ sizes: [Int]) -> Double {
    set.reduce(1.0) { $0 * Double(sizes[$1]) }
  }

  private static func choices(of size: Int, from count: Int) -> Double {
    size > count ? 0 : (0..<size).reduce(1) { $0 * Double(count - $1) / Double($1 + 1) }
  }

  /// Returns about the most codes that a variable can have.
  private static func size(of variable: Variable, _ blueprint: Blueprint) -> Int {
    let missing = variable.isNullable ? 1 : 0
    guard variable.isOrdered else {
      guard case .declared(let labels) = blueprint.categories(of: variable) else {
        return usualLabels + missing
      }
      return max(1, labels.count + missing)
    }
    var bins = Double(usualBins)
    if case .declared(let range) = blueprint.bounds(of: variable) {
      bins = min(bins, Double(range.upperBound) - Double(range.lowerBound) + 1)
    }
    return max(1, Int(bins) + blueprint.codes(of: variable) + missing)
  }
}
