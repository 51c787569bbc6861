import Accounting
import Attacks
import Basics
import ColumnRoles
import CountedTables
import Curation
import DomainLearning
import Encoding
import Foundation
import Ledger
import Manifests
import Policies
import Reports
import SchemaFiles
import Synthesis
import TableSources
import Tables

/// What a manifest says of the thing that is released, beside the request and its account.
struct ReleasedThing {
  /// The name of the engine or of the kind of model.
  let engine: String
  let columns: [ColumnTreatment]
  let unlearned: [String]
  let rows: Int
  let events: [RecordedEvent]
  let spent: PrivacyCost
  let isPrivate: Bool
  /// The length to which the counts of all rows of a person were shortened, in rows; nil if the
  /// number of rows is bounded.
  var length: Int?
}

extension Manifest {
  /// Creates everything but the gate's record and the hashes of the files.
  init(request: SynthesisRequest, schema: Schema, drawn: Drawn, account: Account) throws {
    let learned = drawn.learned
    try self.init(
      request: request, schema: schema,
      thing: ReleasedThing(
        engine: request.engine.name,
        columns: try Manifest.treatments(of: schema, learned: learned),
        unlearned: learned.unlearned, rows: drawn.rows, events: learned.events,
        spent: learned.spent, isPrivate: learned.isPrivate, length: learned.length),
      account: account)
  }

  /// Creates everything but the gate's record and the hashes of the files.
  init(request: SynthesisRequest, schema: Schema, thing: ReleasedThing, account: Account) throws {
    let reserved = account.session.reservation
    let loss = LossRecord(
      questions: thing.events.map { ($0.question, $0.event) }, reserved: reserved,
      delta: request.delta.value,
      blueprint: try Blueprint(schema: schema))
    self.init(
      software: .current, signer: account.signingKey.signer, marks: try account.session.marks(),
      created: ISO8601DateFormatter().string(from: request.now()), table: schema.name,
      driver: request.driverAfterCounting,
      guarantee: Guarantee(
        isPrivate: thing.isPrivate, epsilon: request.epsilon.value, delta: request.delta.value,
        spent: thing.spent,
        unit: schema.unit, eachRowIsAPerson: schema.eachRowIsAPerson, loss: loss,
        length: thing.length),
      schema: SchemaRecord(schema),
      engine: thing.engine, modelCells: request.options.modelCells ?? 0, columns: thing.columns,
      unlearned: thing.unlearned,
      hazards: Hazard.of(
        request, schema: schema, hasUnlearned: !thing.unlearned.isEmpty,
        restsOnOtherPeople: account.restsOnOtherPeople),
      rows: thing.rows, events: Manifest.records(of: thing.events, reserved: reserved),
      trial: Trial(
        request, unit: schema.unit, modelledColumns: thing.columns.count(where: \.isModelled)),
      attempts: Attempts(
        try account.session.attempts(), epsilon: request.epsilon.value,
        delta: request.delta.value, eventsDelta: thing.spent.delta.value))
  }

  /// Returns the events with their prices, in the order in which they were charged.
  static func records(of events: [RecordedEvent], reserved: PrivacyCost) -> [EventRecord] {
    var filter = PrivacyFilter(limit: reserved)
    return events.map { event in
      // The ledger accepted the events in this order, by the same accounting.
      let price = filter.charge(event.event) ?? event.event.price(left: filter.left.rho)
      return EventRecord(event, price: price)
    }
  }

  private static func treatments(of schema: Schema, learned: Learned) throws -> [ColumnTreatment] {
    let domain = learned.domain
    let blueprint = try Blueprint(schema: schema)
    let notes = Dictionary(domain.notes.map { ($0.variable, $0.kind) }) { first, _ in first }
    return schema.columns.map { column in
      guard
        let index = blueprint.variables.firstIndex(where: { $0.source.names.contains(column.name) })
      else {
        return computed(column, in: schema, learned)
          ?? treatment(ofUnmodelled: column, unit: schema.unit)
      }
      let variable = blueprint.variables[index]
      let isUnlearned = learned.unlearned.contains(column.name)
      let details =
        isUnlearned
        ? [ColumnTreatment.emptyWords]
        : [
          domain.domain.codecs[index].summary, notes[variable.name]?.sentence,
          variable.source.explanation(of: column.name),
        ]
      return ColumnTreatment(
        name: column.name, type: column.type.schemaWord,
        treatment: variable.name == column.name ? .modelled : .derived,
        provenance: provenance(of: column, in: schema),
        detail: details.compactMap(\.self).joined(separator: "; "),
        isTarget: variable.isTarget, isUnlearned: isUnlearned ? true : nil)
    }
  }

  /// Returns the treatment of a column that a rule computes from others; nil for any other.
  private static func computed(_ column: ColumnSchema, in schema: Schema, _ learned: Learned)
    -> ColumnTreatment?
  {
    guard let rule = schema.rules.first(where: { $0.isComputation && $0.decided == column.name })
    else { return nil }
    let isUnlearned = learned.unlearned.contains(column.name)
    return ColumnTreatment(
      name: column.name, type: column.type.schemaWord, treatment: .derived,
      provenance: provenance(of: column, in: schema),
      detail: isUnlearned ? ColumnTreatment.emptyWords : "computed: \(rule.text)",
      isTarget: column.role == .target,
      isUnlearned: isUnlearned ? true : nil)
  }

  private static func treatment(ofUnmodelled column: ColumnSchema, unit: PrivacyUnit)
    -> ColumnTreatment
  {
    let (treatment, detail): (ColumnTreatment.Treatment, String) =
      switch RowComposer.filling(of: column, unit: unit) {
      case .fake(let kind): (.replaced, "fakes of the kind '\(kind.rawValue)'")
      case .placeholder: (.replaced, "a fixed text")
      case nil: (.dropped, "left out")
      }
    return ColumnTreatment(
      name: column.name, type: column.type.schemaWord, treatment: treatment, provenance: .notNeeded,
      detail: detail)
  }

  /// Returns the source of bounds and categories. The words of a boolean are in the schema, whoever
  /// wrote it.
  static func provenance(of column: ColumnSchema, in schema: Schema) -> ColumnTreatment.Provenance {
    var facts: [Schema.Fact] = []
    if case .boolean = column.type { facts.append(.column(column.name)) }
    if column.bounds != .learned { facts.append(.bounds(column.name)) }
    if column.categories != .learned { facts.append(.categories(column.name)) }
    guard !facts.isEmpty else { return .learned }
    guard schema.origin == .declared else { return .inferred }
    let sources = facts.map { schema.provenance(of: $0) }
    return sources.contains(.observed)
      ? .observed : sources.contains(.declared) ? .declared : .learned
  }
}

extension Manifest.SchemaRecord {
  init(_ schema: Schema) {
    self.init(
      sha256: ContentDigest.sha256(of: schema.canonicalText),
      origin: schema.origin == .declared ? "declared" : "inferred",
      text: schema.publishedText, reviewed: schema.provenance.review,
      learned: schema.provenance.cost)
  }
}

extension Manifest.Attempts {
  /// A first attempt is within the release's claim. For several attempts, the part of the delta
  /// that this release's events leave counts twice.
  ///
  /// - Parameter eventsDelta: the part of its delta that this release's events spend.
  init(_ attempts: LedgerAttempts, epsilon: Double, delta: Double, eventsDelta: Double) {
    let converting = Delta(checked: max(delta - eventsDelta, .leastNonzeroMagnitude))
    let isFirst = attempts.count == 1
    self.init(
      count: attempts.count, cost: attempts.cost,
      epsilon: isFirst ? epsilon : attempts.epsilon(delta: converting).value,
      delta: isFirst
        ? delta : min((attempts.cost.delta.value + 2 * converting.value).nextUp, 1))
  }
}

extension Manifest.Trial {
  /// Returns nil if nothing is attacked. Says nothing that depends on the rows.
  init?(_ request: SynthesisRequest, unit: PrivacyUnit, modelledColumns: Int) {
    guard request.makesAttacks else { return nil }
    let holdOut = request.control == nil ? request.holdOutShare : nil
    let who = unit == .row ? "row" : "person, with all rows,"
    self.init(
      attacks: request.policy?.policy.attacks.map {
        AttackKind.judged($0, modelledColumns: modelledColumns)
      }
        ?? AttackKind.expected(modelledColumns: modelledColumns), holdOut: holdOut,
      control: holdOut.map {
        "Each \(who) had a chance of \(NumberText.percent($0)) to be held out: not trained on, and attacked for comparison."
      } ?? "The owner gave people who are not in the table, to be attacked for comparison.")
  }
}

extension Hazard {
  /// Returns the hazards that a release accepts. A plan does not know yet if anything stays
  /// unlearned.
  static func of(
    _ request: SynthesisRequest, schema: Schema, hasUnlearned: Bool = false,
    restsOnOtherPeople: Bool = false
  ) -> [Hazard] {
    var hazards = of(
      epsilon: request.epsilon.value, delta: request.delta.value, schema: schema,
      isRepeatable: request.seed != nil || request.probe != nil,
      decidesByRows: request.policy?.policy.decidesByRows == true,
      hasOtherPeople: restsOnOtherPeople || request.hasOtherPeople)
    if request.isStrict, schema.origin == .declared { hazards.append(.strictPreparation) }
    if hasUnlearned { hazards.append(.unlearnedColumns) }
    #if PLANTED_FAULTS
      if PlantedControl.chosen == .observedFacts { hazards.removeAll { $0 == .observedFacts } }
    #endif
    return hazards
  }
}

extension Hazard {
  /// Returns the hazards of any release: those of its schema, its promise and its people.
  static func of(
    epsilon: Double, delta: Double, schema: Schema, isRepeatable: Bool,
    decidesByRows: Bool = false, hasOtherPeople: Bool
  ) -> [Hazard] {
    var hazards: [Hazard] = []
    if isRepeatable { hazards.append(.seededRun) }
    if schema.origin == .inferred { hazards.append(.inferredSchema) }
    if schema.origin == .declared, !schema.observedFacts.isEmpty { hazards.append(.observedFacts) }
    if schema.unit == .row, schema.provenance(of: .unit) == .observed { hazards.append(.rowUnit) }
    if !schema.repeatedPersonColumns.isEmpty { hazards.append(.repeatedPersons) }
    if epsilon > PromiseLimits.strongEpsilon { hazards.append(.largeEpsilon) }
    if delta > PromiseLimits.strongDelta(rows: schema.publicRows) { hazards.append(.largeDelta) }
    if decidesByRows { hazards.append(.gateDecision) }
    if hasOtherPeople { hazards.append(.otherPeople) }
    return hazards
  }
}

extension Schema {
  /// The schema in its file format as a release shows it. A row count that was observed but not
  /// paid for stays out, even as a comment.
  var publishedText: String {
    var published = self
    if origin == .inferred { published.approximateRows = nil }
    return SchemaFile.text(published)
  }
}

extension Variable.Source {
  /// Returns how a column follows from another, if it does.
  fileprivate func explanation(of column: String) -> String? {
    switch self {
    case .column: nil
    case .gap(let earlier, _): "never before '\(earlier)': the gap between the two is modelled"
    case .bundle(let names): names.first == column ? nil : "decided by '\(names[0])'"
    }
  }
}

extension Codec {
  /// The values that the model distinguishes, in words.
  fileprivate var summary: String {
    switch self {
    case .ordered(let codec):
      let atoms = codec.bins.count { $0.range.lowerBound == $0.range.upperBound }
      let bins = codec.bins.count - atoms
      return [
        bins > 0 ? counted(bins, "bin", "bins") : nil,
        atoms > 0 ? counted(atoms, "single value", "single values") : nil,
        codec.words > 0 ? counted(codec.words, "code word", "code words") : nil,
        codec.hasMissing ? "missing" : nil,
      ]
      .compactMap(\.self).joined(separator: ", ")
    case .labels(let codec):
      let categories: String? = counted(codec.labels.count, "category", "categories")
      return [
        categories,
        codec.groups.isEmpty
          ? nil : counted(codec.groups.count, "group of codes", "groups of codes"),
        codec.otherLabel == nil ? nil : "one for all others", codec.hasMissing ? "missing" : nil,
      ].compactMap(\.self).joined(separator: ", ")
    }
  }
}

private func counted(_ count: Int, _ one: String, _ many: String) -> String {
  "\(count) \(count == 1 ? one : many)"
}

extension DomainNote.Kind {
  var sentence: String {
    switch self {
    case .constant: "one value only"
    case .notLearned: ColumnTreatment.emptyWords
    case .rareLabelsPooled: "values too rare to be named share one label"
    case .rareLabelsGrouped:
      "codes too rare to be named are written as their first characters and an asterisk"
    }
  }
}

extension SynthesisRequest {
  /// The driver, with the statements that were run beside the table.
  fileprivate var driverAfterCounting: DriverRecord? {
    guard let counted, var driver, let place = driver.counted else { return driver }
    let traffic = counted.rows.traffic
    driver.counted = "\(place); \(traffic.statements) statements: \(traffic.account)"
    return driver
  }
}
