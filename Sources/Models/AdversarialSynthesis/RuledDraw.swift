import Encoding
import NeuralNetworks

/// Draws the codes of a row again that a rule forbids together, from the chances that the network
/// gives to the codes that are left. A rule is public and so is the way in which it is kept.
struct RuledDraw: Sendable {
  private let rules: CodeRules
  /// For some columns, the codes that a condition allows.
  private let allowed: [Int: [Bool]]
  /// The changes of one row, after which it is left to the mending of its cells.
  private let mostChanges: Int

  init(_ rules: CodeRules, chances: [Int: [Double]]) {
    self.rules = rules
    allowed = chances.mapValues { $0.map { $0 > 0 } }
    mostChanges = 4 * rules.boxes.count
  }

  var isEmpty: Bool { rules.boxes.isEmpty }

  /// Changes the codes of one row until it keeps all rules: of the columns of a broken rule the
  /// last one that has a code with which no rule is broken, or else any code outside the
  /// combination.
  /// - Parameters:
  ///   - start: The place of the row's first code.
  ///   - chances: The chance of each code of all columns in this row.
  func mend(
    _ codes: inout [Int32], at start: Int, heads: ColumnHeads, chances: UnsafePointer<Float>,
    unit: () -> Float
  ) {
    for _ in 0..<mostChanges {
      guard let broken = rules.boxes.first(where: { box in box.holds { Int(codes[start + $0]) } })
      else { return }
      let places = Array(zip(broken.variables, broken.codes).reversed())
      var change: (variable: Int, open: [Int])?
      for isLast in [false, true] where change == nil {
        for (variable, inside) in places where change == nil {
          let open = inside.indices.filter { code in
            guard !inside[code], allowed[variable]?[code] ?? true else { return false }
            return isLast || rules.allow { $0 == variable ? code : Int(codes[start + $0]) }
          }
          if !open.isEmpty { change = (variable, open) }
        }
      }
      guard let change else { return }
      let first = heads.range(of: change.variable).lowerBound
      codes[start + change.variable] = Int32(
        RuledDraw.draw(change.open, chances: chances + first, unit: unit()))
    }
  }

  /// Returns one of the codes, by their chances.
  private static func draw(_ codes: [Int], chances: UnsafePointer<Float>, unit: Float) -> Int {
    var left = unit * codes.reduce(0) { $0 + chances[$1] }
    for code in codes {
      left -= chances[code]
      if left < 0 { return code }
    }
    return codes.max { chances[$0] < chances[$1] } ?? codes[0]
  }
}
