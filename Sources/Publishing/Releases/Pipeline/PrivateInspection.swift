import Accounting
import Basics
import ColumnRoles
import Curation
import DelimitedText
import DomainLearning
import Encoding
import Foundation
import Ledger
import SchemaFiles
import Tables

/// Learns the facts of a schema through the curator and pays for them, so that none comes from a
/// row that nobody paid for.
///
/// The file's format and its header are public: the owner gives the format, and the first line says
/// nothing about anyone.
package struct PrivateInspection {
  /// The table of people.
  package var input: URL
  /// The ε that the look costs.
  package var epsilon: Epsilon
  /// The δ that the look costs.
  package var delta: Delta
  /// The ledger file.
  package var ledger: URL
  /// The file's format, as the owner gives it.
  package var format: TableFormat
  /// The unit that the guarantee protects. The people of a budget keep the unit of their first
  /// charge.
  package var unit: PrivacyUnit
  /// The owner's claim about whose people they are. A named population goes into the schema.
  package var claim = PeopleClaim()

  /// Creates a look by rows at a comma-separated file with a header.
  package init(input: URL, epsilon: Epsilon, delta: Delta, ledger: URL) {
    self.input = input
    self.epsilon = epsilon
    self.delta = delta
    self.ledger = ledger
    format = TableFormat()
    unit = .row
  }

  /// The result of a look.
  package struct Outcome: Sendable {
    /// The schema with the learned facts. Bounds and categories are still to be learned.
    package let schema: Schema
    /// Comments for the file.
    package let annotations: SchemaAnnotations
    /// The standard deviation of the noise on the deciding counts, in rows.
    package let sigma: Double
    /// Facts that could not be determined, by column.
    package let doubts: [String: [String]]
    /// Sentences for the owner.
    package let ownerMessages: [String]
  }

  /// Returns warnings for the owner before anything is charged, from the header alone.
  /// - Throws: the errors of tables.
  package func warnings() throws -> [String] {
    guard unit == .row else { return [] }
    var options = ReadOptions(delimiter: format.delimiter, hasHeader: format.hasHeader)
    options.skippedLines = format.skippedLines
    let names = try CellReader(input, options: options).names.filter {
      PersonSigns.namesPersons(header: $0)
    }
    guard let name = names.first else { return [] }
    return [
      "'\(name)' seems to say whom a row is about. This look protects rows, and a ledger keeps one unit for a dataset: if releases are to "
        + "protect persons, look with --person \(ShellWord.quoted(name)) --at-most ROWS instead."
    ]
  }

  /// Charges the ledger and asks the questions. Writes nothing.
  /// - Throws: ``ReleaseError``, and the errors of tables and of the ledger.
  package func run() throws -> Outcome {
    guard delta.value > 0, delta.value < 1 else { throw ReleaseError.deltaOutOfRange }
    let cells = try SensitiveTable.readCells(input, format: format, unit: unit)
    var schema = cells.schema
    if case .person(let column, _) = unit, schema.column(named: column) == nil {
      throw ReleaseError.unknownPerson(
        column, nearest: SchemaWords.nearest(to: column, in: schema.columns.map(\.name)))
    }
    let blueprint = try Blueprint(schema: schema)
    let (session, messages, rho) = try open()
    let curator = Curator(cells.consumeTable(), blueprint: blueprint, budget: session)
    let names = Set(schema.columns.filter(\.mayNamePersons).map(\.name))
    let learned: LearnedSchema
    do {
      learned = try SchemaLearner(
        curator: curator, missingTokens: format.missingTokens, personColumns: names,
        decimalMark: format.decimalMark
      ).learn(rho: rho)
      try session.close()
    } catch {
      _ = try? session.close()
      throw error
    }
    schema.describe(learned, name: input.tableName)
    schema.people = claim.population
    schema.provenance.cost = LearningCost(epsilon: epsilon.value, delta: delta.value)
    return Outcome(
      schema: schema, annotations: annotations(learned), sigma: learned.sigma,
      doubts: Dictionary(learned.columns.map { ($0.name, $0.doubts) }) { first, _ in first }.filter
      { !$0.value.isEmpty },
      ownerMessages: messages)
  }

  private func annotations(_ learned: LearnedSchema) -> SchemaAnnotations {
    let sigma = NumberText.count(Int(learned.sigma.rounded()))
    var annotations = SchemaAnnotations(header: [
      "Types, digits, missing cells and repetition were learned at epsilon \(NumberText.parameter(epsilon.value)) and delta "
        + "\(NumberText.parameter(delta.value)), and paid for; noise on their counts: about \(sigma) rows. Roles come from the header.",
      "How the file is written was said by its owner.",
    ])
    for column in learned.columns where !column.doubts.isEmpty {
      annotations.columns[column.name] = ColumnAnnotation(about: column.doubts)
    }
    return annotations
  }
}

extension Schema {
  /// Takes over the learned facts, with roles from the header.
  fileprivate mutating func describe(_ learned: LearnedSchema, name: String) {
    self.name = name
    provenance.facts = .learned
    provenance.format = .declared
    approximateRows = learned.rows.map { Schema.oneSignificantDigit(max($0, 1)) }
    let byName = Dictionary(learned.columns.map { ($0.name, $0) }) { first, _ in first }
    for index in columns.indices {
      if let column = byName[columns[index].name] {
        columns[index].describe(column)
      } else {
        // The person column reaches no model.
        (columns[index].type, columns[index].role) = (.identifier, .identifier(.code))
      }
    }
  }
}

extension ColumnSchema {
  fileprivate mutating func describe(_ learned: LearnedColumn) {
    type = learned.type
    isNullable = learned.isNullable
    missingToken = learned.missingToken
    minimumFractionDigits = learned.minimumFractionDigits
    repeats = learned.repeats
    role = ColumnRole(header: header ?? name)
    if let kind = learned.identifier, role.isModelled { role = .identifier(kind) }
    if type == .text { role = .prose }
    if role == .prose, type != .text { role = .ordinary }
    guard case .identifier = role else { return }
    switch type {
    case .category: type = .identifier
    case .decimal, .scientific, .boolean, .date, .timestamp: role = .ordinary
    case .integer, .identifier, .text: break
    }
  }
}

extension URL {
  /// The file's name up to its first point.
  package var tableName: String {
    let name = lastPathComponent.prefix { $0 != "." }
    return name.isEmpty ? "table" : String(name)
  }
}
