import Accounting
import Curation
import Ledger
import TableSources
import Tables

// The parts of a manifest are put together in the room that makes releases.

extension Manifest {
  /// Creates everything but the gate's record and the hashes of the files. The use of the budget
  /// follows from the events.
  package init(
    software: Software, signer: ManifestSigner, marks: LedgerMarks, created: String, table: String,
    driver: DriverRecord?,
    guarantee: Guarantee, schema: SchemaRecord, engine: String, modelCells: Int,
    columns: [ColumnTreatment], unlearned: [String]?,
    hazards: [Hazard],
    rows: Int, events: [EventRecord], trial: Trial?, attempts: Attempts?
  ) {
    (self.software, self.signer, self.marks, self.created) = (software, signer, marks, created)
    (self.table, self.driver, self.guarantee, self.schema) = (table, driver, guarantee, schema)
    (self.engine, self.modelCells, self.rows) = (engine, modelCells, rows)
    (self.columns, self.unlearned, self.hazards) = (columns, unlearned, hazards)
    (self.events, self.trial, self.attempts) = (events, trial, attempts)
    var byPurpose: [String: Double] = [:]
    for event in events { byPurpose[event.purpose.rawValue, default: 0] += event.rho }
    spending = Spending(byPurpose: byPurpose)
  }
}

extension Manifest.Software {
  /// The program that is running.
  package static let current = Manifest.Software(
    name: "understudy", version: SoftwareVersion.current, build: .current)
}

extension Manifest.Guarantee {
  /// The length to which the counts of all rows of a person were shortened, in rows; nil if the
  /// number of rows is bounded.
  package var length: Int? { personBound == .norm ? maximumRowsPerUnit : nil }

  /// - Parameter length: to which the counts of all rows of a person were shortened, in rows; nil
  ///   if the number of rows is bounded.
  package init(
    isPrivate: Bool, epsilon: Double, delta: Double, spent: PrivacyCost, unit: PrivacyUnit,
    eachRowIsAPerson: Bool, loss: LossRecord, length: Int? = nil
  ) {
    (self.isPrivate, self.epsilon, self.delta) = (isPrivate, epsilon, delta)
    (rho, eventsDelta) = (spent.rho.value, spent.delta.value)
    (self.unit, maximumRowsPerUnit) = (unit.name, length ?? unit.maximumRows)
    personBound = length == nil ? nil : .norm
    neighbouringRelation = "add or remove one unit"
    self.eachRowIsAPerson = eachRowIsAPerson ? true : nil
    self.loss = loss
  }
}

extension Manifest.Attempts {
  package init(count: Int, cost: PrivacyCost, epsilon: Double, delta: Double) {
    (self.count, rho, eventsDelta) = (count, cost.rho.value, cost.delta.value)
    (self.epsilon, self.delta) = (epsilon, delta)
  }
}

extension Manifest.EventRecord {
  package init(_ event: RecordedEvent, price: PrivacyCost) {
    (purpose, question, self.event) = (event.purpose, event.question, event.event)
    (rho, delta) = (price.rho.value, price.delta.value)
  }
}
