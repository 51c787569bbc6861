import Policies

#if PLANTED_FAULTS
  import Accounting
  import Basics
  import Curation
  import Encoding
  import Ledger
  import Policies
  import Tables

  /// The gate as the review found it: a limit on the mean distance of columns is compared with the
  /// rows themselves, however fine it is, and nobody pays for the answer.
  enum PlantedFloor {
    /// - Throws: ``GateRefusal`` if the distance is larger than the policy allows.
    static func judge(
      _ synthetic: Table, original: OwnerTable?, blueprint: Blueprint, _ request: SynthesisRequest,
      promises: [GateLine]
    ) throws {
      guard PlantedControl.chosen == .exactFloor, let original,
        let limit = request.policy?.policy.utility.highestColumnDistance
      else {
        return
      }
      // Fake identifiers resemble nobody's and would fail every table.
      let modelled = Set(blueprint.variables.map(\.name))
      let distances = synthetic.columns.filter { modelled.contains($0.name) }.compactMap { column in
        original.ownersRows.column(named: column.name).map {
          distance(shares(of: column), shares(of: $0))
        }
      }
      let mean = distances.reduce(0, +) / Double(max(distances.count, 1))
      let line = GateLine(
        "column-distance", requires: "the mean distance of columns is small",
        found: "an exact distance", isMet: mean <= limit, remedy: "")
      try Synthesis.refuse([line], promises: promises, request, charged: .zero)
    }

    private static func distance(_ one: [String: Double], _ other: [String: Double]) -> Double {
      Set(one.keys).union(other.keys).reduce(0) {
        $0 + abs(one[$1, default: 0] - other[$1, default: 0])
      } / 2
    }

    private static func shares(of column: Column) -> [String: Double] {
      let cells: [String]
      switch column.cells {
      case .ticks(let ticks): cells = ticks.map { "\($0)" }
      case .labels(let codes, let dictionary):
        let labels = dictionary.labels
        cells = codes.map { $0 == Cells.missingCode ? "" : labels[Int($0)] }
      }
      return cells.reduce(into: [:]) { $0[$1, default: 0] += 1 / Double(cells.count) }
    }
  }
#endif
