import Accounting
import Basics
import Curation
import Encoding
import Testing

/// Sums of clipped vectors: no person moves them further than one clipped length
/// (docs/proofs/clipped-sum.md).
@Suite struct ClippedVectorTests {
  private func square(_ steps: [Int]) -> Int { steps.reduce(0) { $0 + $1 * $1 } }

  private static let limit = ClippedVector.sensitivity * ClippedVector.sensitivity

  /// In whole numbers, for short, long, huge, tiny and broken vectors, and those just at the bound.
  @Test func noVectorIsLongerThanTheBound() {
    var generator = SamplingGenerator(seed: 3)
    for round in 0..<20_000 {
      let magnitude = [1e-300, 1e-3, 1, 1.0000001, 30, 1e9, 1e160, 1e300][round % 8]
      let count = 1 + generator.below(40)
      let vector = (0..<count).map { _ in (generator.unit() * 2 - 1) * magnitude }
      #expect(square(ClippedVector.steps(of: vector, clip: 1)) <= Self.limit)
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length.isFinite, length > 0 else { continue }
      #expect(square(ClippedVector.steps(of: vector.map { $0 / length }, clip: 1)) <= Self.limit)
    }
    for broken in [Double.nan, .infinity, -.infinity] {
      #expect(ClippedVector.steps(of: [1, broken], clip: 1) == [0, 0])
    }
    #expect(
      ClippedVector.steps(of: [.greatestFiniteMagnitude, .greatestFiniteMagnitude], clip: 1)
        .allSatisfy { $0 > 0 })
  }

  /// A short vector is only rounded; a long one keeps its direction and nearly all of the length.
  @Test func clippingChangesTheLengthAlone() {
    #expect(
      ClippedVector.steps(of: [0.5, -0.25], clip: 1) == [
        ClippedVector.sensitivity / 2, -ClippedVector.sensitivity / 4,
      ])
    let long = ClippedVector.steps(of: [30, -40], clip: 1).map {
      Double($0) / Double(ClippedVector.sensitivity)
    }
    #expect(abs(long[0] - 0.6) < 1e-5 && abs(long[1] + 0.8) < 1e-5)
  }

  // MARK: Through the curator

  private typealias Row = (who: Int64, age: Int64, town: Int?, ill: Bool)

  private static let age = RowFormula.Factor.tick(
    variable: 0, range: 0...99, centre: 40, scale: 20)
  private static let inTown = RowFormula.Factor.code(attribute: 1, weights: [0, 1, 0, 0, 0])
  private static let isIll = RowFormula.Factor.code(attribute: 2, weights: [0, 1])

  /// A model with an indicator, a number and their product.
  private static func formula(_ reading: RowFormula.Reading) -> RowFormula {
    RowFormula(
      terms: [[], [age], [inTown], [age, inTown]], reading: reading,
      filters: [.init(attribute: 1, isKept: [true, true, true, true, false])])
  }

  private static let logistic = RowFormula.Residual(
    outcome: isIll, mean: .logistic, coefficients: [0.1, -0.3, 0.5, 0.2], bound: 1,
    squareWeight: 0.5)

  /// Events in three periods.
  private static let hazards = RowFormula.Residual(
    outcome: isIll, mean: .exponential, coefficients: [-1, -0.5, 0, 0.1, -0.3, 0.5, 0.2],
    bound: 2, squareWeight: 0,
    periods: .init(variable: 0, range: 0...99, cuts: [30, 55.5], unit: 50))

  private var formula: RowFormula { Self.formula(.score(Self.logistic)) }

  /// One of every reading.
  private static let readings: [RowFormula.Reading] = [
    .terms, .score(logistic), .score(hazards),
    .information(logistic, transform: [[1, 0.5, 0, 0], [0, 2, 1, 0], [1, 1, 1, 1]]),
    .information(hazards, transform: [[1, 1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 2, 0, 1]]),
    .bins(edges: [-1, 0, 0.5], outcome: isIll),
  ]

  private func exact(
    _ rows: [Row], clip: Double, budget: TestBudget = TestBudget(),
    reading: RowFormula.Reading = .score(logistic)
  ) throws -> [Int] {
    let probe = RecordingProbe()
    let curator = Curator(
      audited: SensitiveTable(table: People.table(rows)), blueprint: People.blueprint,
      budget: budget,
      seed: 1, probe: probe)
    curator.adopt(People.domain, keeping: [0])
    let formula = Self.formula(reading)
    let sums = try curator.clippedSum(of: formula, clip: clip, rho: Rho(checked: 0.5))
    #expect(sums.values.count == formula.count)
    guard case .counts(let values)? = probe.entries.first?.exact else {
      preconditionFailure("no answer")
    }
    return values
  }

  /// Each person's two rows are added before they are clipped, by the definition, one by one.
  @Test(arguments: [0.2, 1, 50]) func theSumIsThatOfThePeople(_ clip: Double) throws {
    let rows = People.rows(60)
    var expected = [Int](repeating: 0, count: formula.count)
    for (_, own) in Dictionary(grouping: rows, by: \.who) where own.count <= 2 {
      var vector = [Double](repeating: 0, count: formula.count)
      for row in own where row.town != nil {
        let (age, inTown) = ((Double(row.age) - 40) / 20, row.town == 1 ? 1.0 : 0.0)
        let x = [1.0, age, inTown, age * inTown]
        let predictor = 0.1 * x[0] - 0.3 * x[1] + 0.5 * x[2] + 0.2 * x[3]
        let rest = (row.ill ? 1 : 0) - RowFormula.Mean.logistic.value(predictor)
        for term in x.indices { vector[term] += x[term] * rest }
        vector[4] += 0.5 * rest * rest
      }
      for (index, steps) in ClippedVector.steps(of: vector, clip: clip).enumerated() {
        expected[index] += steps
      }
    }
    let few = rows.filter { row in rows.count { $0.who == row.who } <= 2 }
    let sum = try exact(few, clip: clip)
    #expect(zip(sum, expected).allSatisfy { abs($0 - $1) <= few.count })
  }

  /// Each reading of a row, by its definition.
  @Test func readingsAreThoseOfTheRow() throws {
    let rows = People.rows(200).filter { row in row.town != nil }
    let (single, clip) = (rows.filter { row in rows.count { $0.who == row.who } == 1 }, 1000.0)
    #expect(single.count > 5, "rows of people of their own")
    let unit = Double(ClippedVector.sensitivity) / clip
    func check(_ reading: RowFormula.Reading, _ vector: ([Double], Row) -> [Double]) throws {
      var expected = [Double](repeating: 0, count: Self.formula(reading).count)
      for row in single {
        let (age, inTown) = ((Double(row.age) - 40) / 20, row.town == 1 ? 1.0 : 0.0)
        let own = vector([1.0, age, inTown, age * inTown], row)
        for index in own.indices { expected[index] += own[index] }
      }
      for (sum, value) in zip(try exact(single, clip: clip, reading: reading), expected) {
        #expect(abs(Double(sum) / unit - value) < 0.01, "\(reading)")
      }
    }
    try check(.terms) { x, _ in x }
    try check(.bins(edges: [-1, 0, 0.5], outcome: Self.isIll)) { x, row in
      var vector = [Double](repeating: 0, count: 8)
      let sum = x.reduce(0, +)
      let bin = sum < -1 ? 0 : sum < 0 ? 1 : sum < 0.5 ? 2 : 3
      vector[2 * bin + (row.ill ? 1 : 0)] = 1
      return vector
    }
    let transform = [[1, 0.5, 0, 0], [0, 2, 1, 0]]
    try check(.information(Self.logistic, transform: transform)) { x, _ in
      let mean = RowFormula.Mean.logistic.value(0.1 - 0.3 * x[1] + 0.5 * x[2] + 0.2 * x[3])
      let z = [1 + 0.5 * x[1], 2 * x[1] + x[2]]
      return [z[0] * z[0], 2.0.squareRoot() * z[0] * z[1], z[1] * z[1]].map {
        mean * (1 - mean) * $0
      }
    }
    try check(.score(Self.hazards)) { x, row in
      let risk = RowFormula.Mean.exponential.value(0.1 - 0.3 * x[1] + 0.5 * x[2] + 0.2 * x[3])
      let time = Double(min(max(row.age, 0), 99))
      let exposures = [min(time, 30), min(max(time - 30, 0), 25.5), max(time - 55.5, 0)]
      let last = time <= 30 ? 0 : time <= 55.5 ? 1 : 2
      let rests = exposures.indices.map { period in
        let hazard = RowFormula.Mean.exponential.value([-1, -0.5, 0][period])
        let mean = exposures[period] / 50 * hazard * risk
        return min(max((period == last && row.ill ? 1 : 0) - mean, -2), 2)
      }
      return rests + x.map { $0 * rests.reduce(0, +) } + [0]
    }
  }

  /// Without any one person, the sum moves by no more than the stated sensitivity, and somebody
  /// moves it far.
  @Test(arguments: [0.2, 1, 50], readings)
  func noPersonMovesTheSumFurther(_ clip: Double, _ reading: RowFormula.Reading) throws {
    let rows = People.rows(40)
    let all = try exact(rows, clip: clip, reading: reading)
    var furthest = 0
    for person in Set(rows.map(\.who)) {
      let without = try exact(rows.filter { $0.who != person }, clip: clip, reading: reading)
      let moved = square(zip(all, without).map { $0 - $1 })
      #expect(moved <= Self.limit)
      furthest = max(furthest, moved)
    }
    if clip == 0.2 { #expect(Double(furthest) > 0.9 * Double(Self.limit)) }
  }

  /// Nothing is added up before the charge is accepted, and the event states the sensitivity of the
  /// grid.
  @Test func theChargeComesFirst() throws {
    let budget = TestBudget()
    budget.allowed = 0
    #expect(throws: TestBudget.Refused.self) { try exact(People.rows(10), clip: 1, budget: budget) }
    budget.allowed = 1
    _ = try exact(People.rows(10), clip: 1, budget: budget)
    guard case .discreteGaussian(_, let sensitivity, _)? = budget.charges.first else {
      preconditionFailure("another event")
    }
    #expect(sensitivity.value == Double(ClippedVector.sensitivity))
  }
}
