import Encoding
import EncryptedScoring
import Prediction
import Tables
import Testing

/// Requests, and how columns become coordinates.
@Suite struct TaskTests {
  private let schema = Schema(
    name: "t",
    columns: [
      ColumnSchema(name: "who", type: .identifier, role: .identifier(.code)),
      ColumnSchema(name: "age", type: .integer), ColumnSchema(name: "town", type: .category),
      ColumnSchema(name: "day", type: .date(.iso)),
      ColumnSchema(name: "ill", type: .boolean(BooleanLabels(whenFalse: "no", whenTrue: "yes"))),
    ])

  private func task(_ target: String, _ change: (inout PredictionTask) -> Void = { _ in })
    -> PredictionTask
  {
    var task = PredictionTask(target: target)
    change(&task)
    return task
  }

  @Test func theTargetDecidesTheFamily() throws {
    #expect(try task("ill").family(in: schema) == .logistic)
    #expect(try task("age").family(in: schema) == .linear)
    #expect(try task("town") { $0.event = "Bern" }.family(in: schema) == .logistic)
    #expect(try task("age") { $0.form = .poisson }.family(in: schema) == .poisson)
  }

  @Test func requestsThatCannotBeMetAreRefusedByTheSchema() {
    let faults: [(PredictionTask, PredictionFault)] = [
      (task("nothing"), .unknownTarget("nothing")), (task("who"), .unknownTarget("who")),
      (task("day"), .notPredictable("day")), (task("town"), .eventNeeded("town")),
      (task("ill") { $0.event = "yes" }, .eventWithoutCategories("ill")),
      (task("ill") { $0.takesRoot = true }, .rootOfNoNumber("ill")),
      (
        task("ill") { $0.form = .linear }, .wrongForm("linear", column: "ill", needsNumber: true)
      ),
      (
        task("age") { $0.form = .logistic },
        .wrongForm("logistic", column: "age", needsNumber: false)
      ),
      (task("ill") { $0.ignored = ["x"] }, .unknownIgnored("x")),
      (task("ill") { $0.ignored = ["age", "town"] }, .noFeatures),
    ]
    for (task, fault) in faults {
      #expect(throws: fault) { try task.view(of: schema) }
      #expect(!fault.description.isEmpty && fault.id.hasPrefix("train."))
    }
  }

  @Test func theViewHasNoRulesAndNamesWhatIsLeftOut() throws {
    var ruled = schema
    ruled.rules = [.determines(determinant: "town", dependent: "age")]
    let view = try task("ill") { $0.ignored = ["town"] }.view(of: ruled)
    #expect(view.schema.rules.isEmpty && view.features.map(\.name) == ["age"])
    #expect(
      view.leftOut == [
        LeftOutColumn(name: "town", reason: .ignored), LeftOutColumn(name: "day", reason: .time),
      ])
  }

  /// Values that many rows share stand alone, and the rest is divided fairly.
  @Test func binsAreFewAndFair() {
    #expect(DesignTerm.groups(of: [900, 10, 10, 30, 50]) == [0, 1, 1, 2, 3])
    let even = DesignTerm.groups(of: [Double](repeating: 10, count: 32))
    #expect(Set(even).count == 8 && even == even.sorted())
    #expect(DesignTerm.groups(of: [5]) == [0])
  }

  /// A cell has the same points by its code and by the scorecard.
  @Test func edgesAreWhereCodesChange() throws {
    let column = ColumnSchema(name: "dose", type: .decimal(fractionDigits: 1))
    let codec = OrderedCodec(
      bins: [0...49, 50...50, 60...99, 100...400].map {
        .init(shape: [.init(low: $0.lowerBound, high: $0.upperBound, weight: 1)])
      }, hasMissing: true)
    let term = try #require(
      DesignTerm(
        column, variable: 0, codec: .ordered(codec), counts: [300, 200, 250, 250, 20],
        isStraight: false))
    guard case .bins(let edges) = term.kind else {
      Issue.record("no bins")
      return
    }
    #expect(edges == [5, 5.1, 10] && term.missingSlot == 4 && term.slotCount == 5)
    for tick in Int64(0)...400 {
      let code = Int(codec.encode([tick])[0])
      #expect(term.entries[code].slot == edges.count { $0 <= Double(tick) / 10 }, "\(tick)")
    }
  }
}
