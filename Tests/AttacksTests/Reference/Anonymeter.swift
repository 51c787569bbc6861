import DelimitedText
import Foundation
import Tables
import TestConditions

/// anonymeter's example tables and the results of anonymeter 1.1.0 on them.
struct Anonymeter {
  static let folder = SharedFolder.data("anonymeter")

  static var isPresent: Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent("reference.json").path)
  }

  struct Result: Decodable {
    let evaluator: String
    let nAttacks: Int
    let nCols: Int?
    let nNeighbors: Int?
    let secret: String?
    let riskCi95: [Double]
    let attackRate: [Double]
  }

  struct Distances: Decodable {
    struct Membership: Decodable {
      let auc: Double
      let tprAtFpr1Pct: Double
      let tprAtFpr01Pct: Double
    }
    struct Figures: Decodable {
      let exactCopiesOfOriginal: Int
      let exactCopiesOfControl: Int
      let dcrToOriginalSample: [String: Double]
      let dcrToControl: [String: Double]
      let dcrShareCloserToOriginal: Double
      let nndrMedian: Double
      let mia: Membership
    }
    let tables: [String: Figures]
  }

  private struct Reference: Decodable {
    let ctgan: [Result]
  }

  static func results() throws -> [Result] { try decode(Reference.self, "reference.json").ctgan }
  static func distances() throws -> Distances {
    try decode(Distances.self, "distance-reference.json")
  }

  static func table(_ name: String) throws -> Table {
    try TableReader.read(folder.appendingPathComponent(name + ".csv")).table
  }

  /// The synthetic table with some rows replaced by the original's rows at the same places.
  static func leaking(_ isLeaked: (Int) -> Bool) throws -> Table {
    let (original, synthetic) = (try table("original"), try table("synthetic"))
    let columns = zip(original.columns, synthetic.columns).map { own, other -> Column in
      let cells: Cells
      switch (own.cells, other.cells) {
      case (.ticks(let truths), .ticks(var ticks)):
        for row in ticks.indices where isLeaked(row) && row < truths.count {
          ticks[row] = truths[row]
        }
        cells = .ticks(ticks)
      default:
        var dictionary = LabelDictionary()
        var texts: [String: Int32] = [:]
        func code(_ column: Column, _ row: Int) -> Int32 {
          guard let key = column.cells.key(row) else { return Cells.missingCode }
          let text = column.text(ofKey: key)
          if let known = texts[text] { return known }
          texts[text] = dictionary.append(text)
          return texts[text] ?? 0
        }
        cells = .labels(
          codes: (0..<synthetic.rowCount).map {
            code(isLeaked($0) && $0 < original.rowCount ? own : other, $0)
          }, dictionary: dictionary)
      }
      return Column(name: other.name, type: cells.isTicks ? other.type : .category, cells: cells)
    }
    return Table(columns: columns)
  }

  private static func decode<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(
      Value.self, from: Data(contentsOf: folder.appendingPathComponent(name)))
  }
}

extension Cells {
  fileprivate var isTicks: Bool {
    if case .ticks = self { true } else { false }
  }
}
