import Accounting
import Basics
import CountedTables
import Encoding
import Ledger
import Mechanisms
import Tables

/// The only door to the rows of a sensitive table.
///
/// Every answer (1) is charged to the budget durably, (2) is drawn from a mechanism, and (3) is
/// recorded as an event. Neighbouring tables differ by one added or removed privacy unit, which
/// contributes at most `unitRows` rows (``PrivacyUnit/maximumRows``). All of them may fall into one
/// cell, so a table of counts has L2 sensitivity `unitRows`. With ``PersonBound/norm``, all rows of
/// a person count in the end, and `unitRows` is the length to which their counts are shortened
/// (`docs/proofs/person-norm.md`).
///
/// While a training run is open (``NoisyGradients``), every other question throws
/// ``GradientError/runIsOpen(stepsLeft:)``.
///
/// A curator belongs to one thread at a time.
package final class Curator {
  /// The model of the rows, made from the schema alone.
  package let blueprint: Blueprint
  /// The largest number of rows one unit contributes; or, once every row counts, the length of the
  /// counts that it contributes, in rows.
  package private(set) var unitRows: Int
  /// About the most rows that one unit adds to an answer: ``unitRows``, or as many more as
  /// shortened counts are made longer.
  package var answerRows: Int {
    max(1, Int((Double(unitRows) * (everyRow?.usualLengthening ?? 1)).rounded()))
  }
  /// The questions asked so far, in order, with their costs.
  package private(set) var events: [RecordedEvent] = []
  /// The total cost of the answers so far.
  package private(set) var spent = PrivacyCost.zero
  /// Whether the noise came from the secure generator and nothing watched the answers.
  package let isPrivate: Bool

  /// The grouping of rows into units.
  private(set) var units: UnitRows
  /// All rows of everybody, if the length of what a person adds is bounded.
  private(set) var everyRow: EveryRow?
  /// The source of all noise.
  let random: SecureRandom

  private let rows: Int
  /// The values of each variable; nil once they are encoded.
  private var cells: [Cells?]
  /// The ticks of the variable that was last asked about, while there is no domain.
  var tallied: (variable: Int, tally: KeyTally)?
  private var counted: ExactCounts?
  /// The rows, if they stay in their database.
  let elsewhere: (any CountedRows)?
  /// The ticks of the variables that sums read, once a domain is adopted.
  private(set) var keptTicks: [Int: [Int64]] = [:]
  /// The cells of every unit's points on the grid that heat was last asked on.
  var heatRecords: HeatRecords?
  /// The trips of every unit on the grid that trips were last asked on.
  var tripRecords: TripRecords?
  /// The groupings of codes that are attributes too, behind the variables.
  private var groupings: [CodeGroups] = []
  let budget: any BudgetSession
  private let probe: (any CuratorProbe)?
  /// The last training run; nil once nobody holds it, so that no further step can be taken.
  weak var training: NoisyGradients?

  /// Takes over the table: nobody else can read it afterwards.
  /// - Parameters:
  ///   - blueprint: made from a schema that fits the table.
  ///   - bound: how the contribution of a person is bounded; a public choice.
  package convenience init(
    _ table: consuming SensitiveTable, blueprint: Blueprint, budget: any BudgetSession,
    bound: PersonBound = .rows
  ) {
    self.init(
      table, blueprint: blueprint, budget: budget, random: SecureRandom(), probe: nil, bound: bound)
  }

  /// Creates a curator whose noise anyone who knows the seed can repeat. It is not private:
  /// ``isPrivate`` is false, and a release says so in every artefact. A test lists the permitted
  /// callers.
  package convenience init(
    seeded table: consuming SensitiveTable, blueprint: Blueprint, budget: any BudgetSession,
    seed: UInt64, bound: PersonBound = .rows
  ) {
    self.init(
      table, blueprint: blueprint, budget: budget, random: SecureRandom(testing: seed), probe: nil,
      bound: bound)
  }

  /// Creates a curator that shows exact answers to a probe, for audits and tests whose people are
  /// invented, and for runs that promise nothing. It is not private. A test lists the permitted
  /// callers.
  package convenience init(
    audited table: consuming SensitiveTable, blueprint: Blueprint, budget: any BudgetSession,
    seed: UInt64? = nil,
    probe: any CuratorProbe, bound: PersonBound = .rows
  ) {
    let random = seed.map { SecureRandom(testing: $0) } ?? SecureRandom()
    self.init(
      table, blueprint: blueprint, budget: budget, random: random, probe: probe, bound: bound)
  }

  /// Creates a curator that shares its noise with others of the same rows.
  init(
    _ table: consuming SensitiveTable, blueprint: Blueprint, budget: any BudgetSession,
    random: SecureRandom,
    probe: (any CuratorProbe)?, bound: PersonBound = .rows
  ) {
    precondition(table.table.rowCount <= SensitiveTable.mostRows, "more rows than counts can hold")
    let sampling = UnitSampling(key: (random.next(), random.next()))
    self.blueprint = blueprint
    let unit = bound == .norm ? blueprint.schema.unit.withOneRow : blueprint.schema.unit
    self.unitRows = unit.maximumRows
    everyRow =
      bound == .norm
      ? EveryRow(of: table.table, blueprint: blueprint, sampling: sampling) : nil
    elsewhere = table.counted
    if let counted = table.counted {
      precondition(blueprint.schema.unit == .row && probe == nil, "rows of persons are read")
      (rows, units) = (counted.rowCount, UnitRows(rows: counted.rowCount))
      cells = [Cells?](repeating: nil, count: blueprint.variables.count)
    } else {
      let (kept, units) = sampling.rows(of: table.table, unit: unit)
      self.rows = kept?.count ?? table.table.rowCount
      self.units = units
      self.cells =
        kept.map { blueprint.prepare(table.table, rows: $0) } ?? blueprint.prepare(table.table)
    }
    self.budget = budget
    self.random = random
    self.probe = probe
    self.isPrivate = random.isPrivate && probe == nil
  }

  // MARK: Questions about the domain

  /// Returns the number of rows in use, with discrete Gaussian noise.
  package func rowCount(rho: Rho) throws -> NoisyCounts {
    try counts(.rowCount, exact: [rows], rho: rho, purpose: .domain)
  }

  /// Returns how many rows of an ordered variable fall into each of the ascending, disjoint `runs`
  /// of ticks, followed by the number of missing rows and the numbers of rows with each code word.
  package func histogram(
    of variable: Int, runs: [ClosedRange<Int64>], rho: Rho, purpose: Purpose = .domain
  ) throws -> NoisyCounts {
    try counts(
      .histogram(variable: blueprint.variables[variable].name, cells: runs),
      exact: try histogram(variable, runs: runs), rho: rho,
      purpose: purpose)
  }

  /// Returns the noisy number of rows on the `count` fullest ticks in `runs`. Adding or removing
  /// one row changes it by at most one, whichever ticks those are.
  package func crowding(of variable: Int, ticks count: Int, in runs: [ClosedRange<Int64>], rho: Rho)
    throws -> NoisyCounts
  {
    let name = blueprint.variables[variable].name
    func exact() throws -> Int {
      if let elsewhere { return try elsewhere.crowding(of: name, ticks: count, in: runs) }
      return ticks(of: variable, in: runs).map(\.count).sorted(by: >).prefix(count).reduce(0, +)
    }
    let question = Question.crowding(variable: name, ticks: count, cells: runs)
    return try counts(question, exact: [try exact()], rho: rho, purpose: .domain)
  }

  /// Returns the ticks in `runs` frequent enough to be named without revealing anyone, by partition
  /// selection over all ticks there.
  package func frequentTicks(
    of variable: Int, in runs: [ClosedRange<Int64>], rho: Rho, delta: Delta
  ) throws -> DiscoveredTicks {
    let noise = try DiscreteGaussian.calibrated(
      sensitivity: Sensitivity(Double(unitRows)), rho: rho)
    let selection = try PartitionSelection(
      maximumRowsPerUnit: unitRows, sigmaSquared: noise.sigmaSquared, delta: delta)
    let question = Question.frequentTicks(variable: blueprint.variables[variable].name, cells: runs)
    try charge(selection.event(question: question.summary), for: question, purpose: .domain)
    if let elsewhere {
      return try selectedTicks(selection, of: variable, in: runs, from: elsewhere)
    }
    let present = self.ticks(of: variable, in: runs)
    func discovered(_ ticks: [TickCount]) -> DiscoveredTicks {
      DiscoveredTicks(ticks: ticks.sorted { $0.tick < $1.tick }, variance: noise.variance)
    }
    let chosen = selection.select(counts: present.map(\.count), using: random)
      .map { TickCount(tick: present[$0.index].tick, count: $0.noisyCount) }
    let answer = answer(
      question, exact: .ticks(discovered(present)), noisy: .ticks(discovered(chosen)))
    guard case .ticks(let ticks) = answer else { preconditionFailure("an answer of another kind") }
    return ticks
  }

  /// Does the same without all ticks: of those that rows elsewhere have, only the ones come here
  /// that are frequent, or that their noise may select.
  private func selectedTicks(
    _ selection: PartitionSelection, of variable: Int, in runs: [ClosedRange<Int64>],
    from rows: any CountedRows
  ) throws -> DiscoveredTicks {
    let name = blueprint.variables[variable].name
    var ticks: [Int: Int64] = [:]
    let number = try rows.tickCount(of: name, in: runs)
    let chosen = try selection.select(among: number, using: random) { least, ranks in
      let found = try rows.ticks(of: name, in: runs, least: least, ranks: ranks)
      for tick in found { ticks[tick.rank] = tick.tick }
      return found.map { ($0.rank, $0.count) }
    }
    let counts = chosen.compactMap { chosen in
      ticks[chosen.index].map { TickCount(tick: $0, count: chosen.noisyCount) }
    }
    return DiscoveredTicks(
      ticks: counts.sorted { $0.tick < $1.tick }, variance: selection.noise.variance)
  }

  /// Returns the labels frequent enough to be named without revealing anyone, and the noisy number
  /// of missing cells.
  ///
  /// A row falls into one label or into "missing", so both together cost the same as the labels
  /// alone.
  package func labels(of variable: Int, rho: Rho, delta: Delta) throws -> DiscoveredLabels {
    if everyRow != nil { return try labelsOfEveryRow(of: variable, rho: rho, delta: delta) }
    return try discover(
      .labels(variable: blueprint.variables[variable].name), of: variable, rho: rho, delta: delta
    ) { $0 }
  }

  /// Returns the noisy number of rows with each code of a public `codec`. A row has one label, and
  /// a label has one code: a histogram.
  package func histogram(of variable: Int, by codec: LabelCodec, rho: Rho) throws -> NoisyCounts {
    guard case .labels(let codes, let dictionary) = cells[variable] else {
      preconditionFailure("labels of an ordered variable")
    }
    let question = Question.labelHistogram(
      variable: blueprint.variables[variable].name, labels: codec.labels.count,
      groups: codec.groups.count)
    var exact: [Int] {
      var tally = [Int](repeating: 0, count: codec.size)
      for code in codec.encode(codes, dictionary: dictionary) { tally[Int(code)] += 1 }
      return tally
    }
    return try counts(question, exact: exact, rho: rho, purpose: .domain)
  }

  /// Returns the first `length` characters frequent enough to be named without revealing anyone,
  /// and the number of missing cells. Only labels count that are not shorter, are not already
  /// `named` and do not begin with one of `longer`. A row has one label, and a label has one
  /// beginning. Of a bundle, the label that decides the others counts.
  package func labelPrefixes(
    of variable: Int, length: Int, named: Set<String>, longer: [String], rho: Rho, delta: Delta
  ) throws -> DiscoveredLabels {
    let question = Question.labelPrefixes(
      variable: blueprint.variables[variable].name, length: length,
      named: named.count + longer.count)
    return try discover(question, of: variable, rho: rho, delta: delta) { label in
      let leading = LabelCodec.leading(label)
      guard leading.count >= length, !named.contains(label),
        !longer.contains(where: leading.hasPrefix)
      else { return nil }
      return String(leading.prefix(length))
    }
  }

  /// Runs partition selection over the results of `part` on the labels. A label is not counted if
  /// `part` returns nil for it.
  private func discover(
    _ question: Question, of variable: Int, rho: Rho, delta: Delta, part: (String) -> String?
  ) throws -> DiscoveredLabels {
    guard case .labels(let codes, let dictionary) = cells[variable] else {
      preconditionFailure("labels of an ordered variable")
    }
    let noise = try DiscreteGaussian.calibrated(
      sensitivity: Sensitivity(Double(unitRows)), rho: rho)
    let selection = try PartitionSelection(
      maximumRowsPerUnit: unitRows, sigmaSquared: noise.sigmaSquared, delta: delta)
    try charge(selection.event(question: question.summary), for: question, purpose: .domain)
    var tally = [Int](repeating: 0, count: dictionary.count)
    var missing = 0
    for code in codes {
      if code == Cells.missingCode { missing += 1 } else { tally[Int(code)] += 1 }
    }
    var rows: [String: Int] = [:]
    // A text can be written in several ways, such as é and e with an accent; they count as one. The
    // form released must not depend on which row comes first, so it is always the same.
    for (label, count) in zip(dictionary.labels, tally) where count > 0 {
      if let part = part(label.canonicallyComposed) {
        rows[part.canonicallyComposed, default: 0] += count
      }
    }
    let present = rows.sorted { $0.key < $1.key }
    func discovered(_ counts: [LabelCount], missing: Int) -> DiscoveredLabels {
      DiscoveredLabels(
        labels: counts.sorted { ($1.count, $0.label) < ($0.count, $1.label) }, missing: missing,
        variance: noise.variance)
    }
    let chosen = selection.select(counts: present.map(\.value), using: random)
      .map { LabelCount(label: present[$0.index].key, count: $0.noisyCount) }
    let noisy = discovered(chosen, missing: missing + noise.sample(using: random))
    let exact = discovered(
      present.map { LabelCount(label: $0.key, count: $0.value) }, missing: missing)
    guard case .labels(let labels) = answer(question, exact: .labels(exact), noisy: .labels(noisy))
    else {
      preconditionFailure("an answer of another kind")
    }
    return labels
  }

  // MARK: Questions about codes

  /// Encodes every row with a domain that is public or was paid for. From then on marginals can be
  /// asked, but not questions about the domain, because the values behind them are discarded. A
  /// domain is adopted once.
  /// - Parameter kept: ordered variables whose ticks sums will read; a public choice.
  package func adopt(_ domain: Domain, keeping kept: Set<Int> = []) {
    precondition(domain.variables == blueprint.variables, "a domain of other variables")
    if !kept.isEmpty { requireBoundedRows() }
    tallied = nil
    if let elsewhere {
      precondition(kept.isEmpty, "ticks of rows that are not here")
      counted = ExactCounts(rows: elsewhere, domain: domain)
      return
    }
    for variable in kept {
      guard case .ticks(let ticks) = cells[variable] else { preconditionFailure("ticks of labels") }
      keptTicks[variable] = ticks
    }
    everyRow?.encode(by: domain)
    counted = ExactCounts(columns: domain.encode(&cells), sizes: domain.sizes, rows: rows)
  }

  /// Gives the rows with the last code of some attributes, that of missing cells, the code that is
  /// named for the attribute. `domain` no longer has the last code. Which attributes these are must
  /// follow from public facts and paid answers alone.
  package func join(missingInto targets: [Int: Int], of domain: Domain) {
    guard let known = counted else { preconditionFailure("no domain was adopted") }
    let groups = targets.map { ($0, Array(0..<known.sizes[$0] - 1) + [$1]) }
    let grouping = Dictionary(uniqueKeysWithValues: groups)
    counted = known.grouping(grouping, sizes: domain.sizes)
    everyRow?.group(by: grouping, sizes: domain.sizes)
  }

  /// Adds an attribute for each of these groupings of a variable's codes, behind the variables. A
  /// row lies in one group, so marginals of groups cost the same as those of codes.
  ///
  /// - Parameter groupings: must follow from public facts and paid answers alone.
  package func group(_ groupings: [CodeGroups]) {
    guard let known = counted else { preconditionFailure("no domain was adopted") }
    precondition(known.sizes.count == blueprint.variables.count, "codes were grouped before")
    self.groupings = groupings
    counted = known.adding(groupings)
  }

  /// Returns the counts of all combinations of codes of the ascending `attributes`, row-major, with
  /// discrete Gaussian noise.
  ///
  /// Once every row counts, each unit's counts are shortened, and all are made longer again by one
  /// factor that follows from paid answers.
  package func marginal(of attributes: [Int], rho: Rho, purpose: Purpose = .measurement) throws
    -> NoisyCounts
  {
    if let every = everyRow, every.isCounted {
      return try shortenedCounts(
        question(about: attributes), of: attributes, among: every, rho: rho, purpose: purpose)
    }
    return try counts(
      question(about: attributes), exact: try exactCounts.counts(of: attributes).map(Int.init),
      rho: rho, purpose: purpose)
  }

  private func question(about attributes: [Int]) -> Question {
    let count = blueprint.variables.count
    let names = attributes.map {
      blueprint.variables[$0 < count ? $0 : groupings[$0 - count].variable].name
    }
    guard attributes.contains(where: { $0 >= count }) else { return .marginal(variables: names) }
    return .groupedMarginal(variables: names, sizes: attributes.map { exactCounts.sizes[$0] })
  }

  /// Counts all rows of everybody from now on, each person's counts shortened to a length.
  /// - Parameters:
  ///   - clip: in rows, a power of two; public or paid for.
  ///   - total: about the number of rows; public or paid for.
  ///   - lengthening: about the factor that makes usual counts as long as before; likewise.
  package func countEveryRow(shortenedTo clip: Int, total: Double, lengthening: Double) {
    guard let columns = everyRow?.columns, let own = everyRow?.units, let sizes = counted?.sizes
    else { preconditionFailure("rows that are bounded by their number") }
    everyRow?.count(total: total, lengthening: lengthening)
    counted = ExactCounts(columns: columns, sizes: sizes, rows: columns.first?.count ?? 0)
    (units, unitRows) = (own, clip)
  }

  /// Changes the state of rows that all count.
  func update(_ change: (inout EveryRow) -> Void) {
    guard var every = everyRow else { return }
    everyRow = nil
    change(&every)
    everyRow = every
  }

  /// Stops questions whose answers are bounded by the number of rows of a person alone.
  func requireBoundedRows() {
    precondition(everyRow == nil, "an answer that needs a bound on the rows of a person")
  }

  var exactCounts: ExactCounts {
    get {
      guard let counted else { preconditionFailure("no domain was adopted") }
      return counted
    }
    _modify {
      guard var counts = counted else { preconditionFailure("no domain was adopted") }
      counted = nil
      defer { counted = counts }
      yield &counts
    }
  }

  /// Returns the values of a variable before a domain is adopted.
  func cells(of variable: Int) -> Cells {
    guard let cells = cells[variable] else { preconditionFailure("a domain was adopted before") }
    return cells
  }

  var rowsInUse: Int { rows }

  /// Takes over the charges of another curator of the same people, which is asked no more.
  func absorb(_ other: Curator) {
    events += other.events
    spent = spent + other.spent
  }

  // MARK: Charge, then noise, then record

  /// - Parameter scale: the number of parts of a row in which the answer counts.
  func counts(
    _ question: Question, exact: @autoclosure () throws -> [Int], rho: Rho, purpose: Purpose,
    scale: Int = 1
  ) throws -> NoisyCounts {
    let sensitivity = try Sensitivity(Double(unitRows) * Double(scale))
    return try counts(
      question, exact: try exact(), sensitivity: sensitivity, rho: rho, purpose: purpose)
  }

  /// - Parameter exact: counted only after the charge is durable.
  func counts(
    _ question: Question, exact: @autoclosure () throws -> [Int], sensitivity: Sensitivity,
    rho: Rho,
    purpose: Purpose = .domain
  ) throws -> NoisyCounts {
    let noise = try DiscreteGaussian.calibrated(sensitivity: sensitivity, rho: rho)
    let event = PrivacyEvent.discreteGaussian(
      question: question.summary, sensitivity: sensitivity, sigmaSquared: noise.sigmaSquared)
    try charge(event, for: question, purpose: purpose)
    let exact = try exact()
    let noisy = noise.noisy(counts: exact, using: random)
    guard case .counts(let values) = answer(question, exact: .counts(exact), noisy: .counts(noisy))
    else {
      preconditionFailure("an answer of another kind")
    }
    return NoisyCounts(values: values, variance: noise.variance)
  }

  func charge(_ event: PrivacyEvent, for question: Question, purpose: Purpose) throws {
    if let training, training.stepsLeft > 0 {
      throw GradientError.runIsOpen(stepsLeft: training.stepsLeft)
    }
    let price = event.price(left: try budget.remaining().rho)
    try budget.charge(event)
    spent = spent + price
    events.append(RecordedEvent(question: question, event: event, purpose: purpose))
  }

  func answer(_ question: Question, exact: @autoclosure () -> Answer, noisy: Answer) -> Answer {
    probe?.answer(to: question, exact: exact(), noisy: noisy) ?? noisy
  }

  /// Whether a test watches the answers.
  var isWatched: Bool { probe != nil }

  /// Shows a test the sums of a step, and uses the test's own sums if it has any.
  func watch(_ question: Question, exact: [Int], noisy: UnsafeMutableBufferPointer<Double>) {
    guard
      case .counts(let values) = answer(
        question, exact: .counts(exact), noisy: .counts(noisy.map { Int($0) }))
    else {
      preconditionFailure("an answer of another kind")
    }
    for (index, value) in values.enumerated() { noisy[index] = Double(value) }
  }
}
