import Encoding
import GraphicalModels

extension CodeRules {
  /// Returns the forbidden combinations as zeros of a graphical model, which keeps them at no cost.
  ///
  /// Left out are combinations of so many codes that the model would not hold them, and those
  /// without which no row would be left: rows that have them are mended when they are written
  /// (``RowRules``).
  package func structuralZeros(sizes: [Int], mostCells: Int) -> [StructuralZeros] {
    var tables: [Clique: [Bool]] = [:]
    var order: [Clique] = []
    for box in boxes {
      let clique = Clique(box.variables)
      guard clique.saturatingCellCount(sizes: sizes) <= mostCells else { continue }
      if tables[clique] == nil {
        tables[clique] = [Bool](repeating: true, count: clique.cellCount(sizes: sizes))
        order.append(clique)
      }
      for cell in box.cells(sizes: sizes) { tables[clique]?[cell] = false }
    }
    let all = order.map { StructuralZeros(clique: $0, isPossible: tables[$0] ?? []) }
    if CodeRules.canHold(all, sizes: sizes, mostCells: mostCells) { return all }
    return all.reduce(into: []) { kept, zeros in
      if CodeRules.canHold(kept + [zeros], sizes: sizes, mostCells: mostCells) {
        kept.append(zeros)
      }
    }
  }

  /// Whether a model of limited size can keep the zeros and still has rows.
  private static func canHold(_ zeros: [StructuralZeros], sizes: [Int], mostCells: Int) -> Bool {
    if zeros.isEmpty { return true }
    guard
      JunctionTree.cellCount(cliques: zeros.map(\.clique), sizes: sizes) <= mostCells
        + sizes.reduce(0, +)
    else { return false }
    return (try? GraphicalModel(sizes: sizes, total: 1, parameters: [], structuralZeros: zeros))
      != nil
  }
}

extension CodeRules.Box {
  /// The combination's cells, row-major over the ascending variables.
  fileprivate func cells(sizes: [Int]) -> [Int] {
    var cells = [0]
    for (place, variable) in variables.enumerated() {
      let own = codes[place].indices.filter { codes[place][$0] }
      cells = cells.flatMap { cell in own.map { cell * sizes[variable] + $0 } }
    }
    return cells
  }
}
