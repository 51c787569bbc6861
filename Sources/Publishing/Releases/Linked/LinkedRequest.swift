import Accounting
import Curation
import Encoding
import Foundation
import Ledger
import LinkedSynthesis
import LinkedTables
import Manifests
import SchemaFiles
import Tables

/// A request for a release of linked tables: the input of the request is a folder, and its schema
/// describes several tables.
package struct LinkedRequest {
  package var request: SynthesisRequest
  /// People to draw; nil for about as many as there are.
  package var people: Int?

  package init(_ request: SynthesisRequest) { self.request = request }

  /// Whether a folder and a schema are those of linked tables.
  package static func isMeant(input: URL, schema: URL?) -> Bool {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: input.path, isDirectory: &isFolder),
      isFolder.boolValue, let schema
    else { return false }
    return SchemaFile.describesSeveralTables(schema)
  }

  func readSchema() throws -> LinkedSchema {
    guard let file = request.schemaFile else { throw LinkedFault.noSchema }
    let schema = try SchemaFile.openLinked(file).schema
    let taken = Set(ReleaseArtefact.all.map(\.name))
    for table in schema.tables where taken.contains(table.file) {
      throw LinkedFault.nameTaken(table.file)
    }
    return schema
  }

  /// Returns the curator, the only door to the rows of this run.
  func curator(
    of people: consuming SensitivePeople, anchor: TreeAnchor, session: LedgerSession
  ) throws -> PeopleCurator {
    if let probe = request.probe {
      return try PeopleCurator(
        audited: people, anchor: anchor, budget: session, seed: request.seed ?? 0, probe: probe)
    }
    if let seed = request.seed {
      return try PeopleCurator(seeded: people, anchor: anchor, budget: session, seed: seed)
    }
    return try PeopleCurator(people, anchor: anchor, budget: session)
  }

  /// Returns the hazards that the release accepts.
  func hazards(_ schema: LinkedSchema, unlearned: [String], restsOnOtherPeople: Bool) -> [Hazard] {
    var hazards = Hazard.of(
      epsilon: request.epsilon.value, delta: request.delta.value, schema: schema.promised,
      isRepeatable: request.seed != nil || request.probe != nil,
      hasOtherPeople: restsOnOtherPeople || request.hasOtherPeople)
    let isObserved =
      !schema.observedLinkFacts.isEmpty
      || schema.tables.contains { !$0.isPublic && !$0.schema.observedFacts.isEmpty }
    if isObserved, !hazards.contains(.observedFacts) { hazards.append(.observedFacts) }
    if !unlearned.isEmpty { hazards.append(.unlearnedColumns) }
    return hazards
  }
}

/// The reason a release of linked tables cannot be made. It follows from the request and the schema
/// alone, never from a row.
package enum LinkedFault: Error, Equatable, Sendable {
  case noSchema
  case nameTaken(String)
  case noTableBelow(String)
  case peopleOutOfRange(Int)
  case policyOnTables(String)
}

extension LinkedFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noSchema:
      "The folder's tables have no schema that links them. Write one with `understudy inspect FOLDER`, read it and name it."
    case .nameTaken(let name):
      "A table's file is called '\(name)', as is a file of every release. Give the table's file another name."
    case .noTableBelow(let name):
      "No table of people belongs to '\(name)'. Make a release of that table alone."
    case .peopleOutOfRange(let number):
      "\(number) people cannot be drawn. Ask for a number from 1 to 100,000,000."
    case .policyOnTables(let name):
      "The policy '\(name)' asks for attacks on rows or distances of columns, which are judged for single tables. Give one with "
        + "`attacks: any`, and `column distance`, `pair distance` and `prediction` of `utility` set to `any`."
    }
  }

  /// A name that never changes, for programs that read errors.
  package var id: String {
    switch self {
    case .noSchema: "linked.no-schema"
    case .nameTaken: "linked.name-taken"
    case .noTableBelow: "linked.one-table"
    case .peopleOutOfRange: "linked.people"
    case .policyOnTables: "linked.policy"
    }
  }
}

extension LinkedSchema {
  /// The table that the promise is about: a row for each person, of which no column has a loss of
  /// its own, since every answer is about whole trees.
  var promised: Schema {
    let root = table(named: person)
    var promised = Schema(
      name: name,
      columns: (root?.schema.columns ?? []).filter { root?.key.contains($0.name) ?? false }.map {
        ColumnSchema(name: $0.name, type: $0.type, role: .identifier(.code))
      })
    promised.eachRowIsAPerson = true
    promised.people = people
    return promised
  }
}

/// What a release of linked tables will cost and can tell. Nothing is read for it but the schema.
package struct LinkedReleasePlan: Sendable, Codable {
  package let epsilon: Double
  package let delta: Double
  package let rho: Double
  package let tables: [Table]
  /// The split of the budget, in percent.
  package let shares: [String: Double]
  /// The number of people under which fewer views are asked.
  package let fewPeople: Int
  package let hazards: [String]

  /// What is asked about a table of people.
  package struct Table: Sendable, Codable {
    package let name: String
    package let owner: String?
    /// The columns of its view.
    package let columns: [String]
  }

  /// - Throws: ``LinkedFault`` and the errors of schemas.
  package init(_ linked: LinkedRequest) throws {
    let request = linked.request
    guard request.delta.value > 0, request.delta.value < 1 else {
      throw ReleaseError.deltaOutOfRange
    }
    let schema = try linked.readSchema()
    let plan = LinkedPlan(schema)
    guard plan.tables.count > 1 else { throw LinkedFault.noTableBelow(schema.person) }
    let budget = Account.budget(
      of: request, blueprint: try Blueprint(schema: schema.root), namesLabels: true)
    (epsilon, delta, rho) = (request.epsilon.value, request.delta.value, budget.rho.value)
    tables = plan.tables.map { table in
      Table(
        name: table.name, owner: table.owner.map { schema.tables[$0].name },
        columns: table.columns.map(\.schema.name))
    }
    shares = [
      "bins": 100 * LinkedBudget.ordered, "lengths": 100 * LinkedBudget.lengths,
      "labels": 100 * (LinkedBudget.labels + LinkedBudget.labelCounts),
      "pairs": 100 * LinkedBudget.pairs, "people": 100 * LinkedBudget.people,
      "chains": 100 * LinkedBudget.chains,
    ]
    fewPeople = LinkedBudget.fewPeople(rho: budget.rho)
    hazards = linked.hazards(schema, unlearned: [], restsOnOtherPeople: false).map(\.explanation)
    _ = try linked.promises(schema)
  }
}
