import Accounting
import Foundation
import Ledger
import SchemaFiles
import Tables

extension Workbench {
  /// Returns the budgets of all people that the ledger knows; none if there is no ledger yet.
  public func budgets() async throws -> [Budget] {
    try await perform { _, _ in try book()?.report().accounts.map(Budget.init) ?? [] }
  }

  /// Returns the budget of a table's people; nil if the ledger has none.
  /// - Parameter schema: The schema that the table's releases use.
  public func budget(of table: TableSource, schema: TableSchema? = nil) async throws -> Budget? {
    try await perform { files, _ in
      guard let book = try book() else { return nil }
      guard case .known(let report) = try book.find(book.dataset(table, schema, files)) else {
        return nil
      }
      return report.accounts.first.map(Budget.init)
    }
  }

  /// Adds to what releases of a table's people may spend in total. It cannot be taken back.
  ///
  /// - Parameters:
  ///   - schema: The schema that the table's releases use.
  ///   - people: The owner's statement on a table that resembles a known one.
  ///   - isAccepted: Whether the owner accepts a total beyond ε 20 or δ 0.001, at which hardly
  ///     anything is promised.
  public func grant(
    epsilon: Double, delta: Double = 1e-9, to table: TableSource, schema: TableSchema? = nil,
    people: PeopleStatement = .unstated, isAccepted: Bool = false
  ) async throws -> BudgetReceipt {
    try await perform { files, _ in
      let grant = try BudgetGrant(epsilon, delta, isAccepted: isAccepted)
      let book = try BudgetBook(at: ledger)
      let dataset = try book.dataset(table, schema, files)
      let claim = PeopleClaim(
        population: dataset.population, samePeopleAs: people.names, areOthers: people == .others)
      var notes: [String] = []
      return BudgetReceipt(
        try book.grant(grant, to: dataset, claim: claim) { notes.append($0) }, notes: notes)
    }
  }

  /// Adds to what releases of a population may spend in total, as schemas name it with `people:`. A
  /// new name makes one.
  public func grant(
    epsilon: Double, delta: Double = 1e-9, toPopulation name: String, isAccepted: Bool = false
  ) async throws -> BudgetReceipt {
    try await perform { _, _ in
      let grant = try BudgetGrant(epsilon, delta, isAccepted: isAccepted)
      var notes: [String] = []
      return BudgetReceipt(
        try BudgetBook(at: ledger).grant(grant, toPeople: name) { notes.append($0) }, notes: notes)
    }
  }

  /// Returns the ledger's accounts; nil if there is no ledger yet.
  private func book() throws -> BudgetBook? {
    FileManager.default.fileExists(atPath: ledger.path) ? try BudgetBook(at: ledger) : nil
  }
}

extension BudgetBook {
  fileprivate func dataset(_ table: TableSource, _ schema: TableSchema?, _ files: StagedFiles)
    throws -> Dataset
  {
    let schemaFile = try files.url(of: schema)
    return try dataset(
      of: files.url(of: table, under: schemaFile), schema: try schemaFile.map(SchemaFile.read))
  }
}

extension BudgetGrant {
  fileprivate init(_ epsilon: Double, _ delta: Double, isAccepted: Bool) throws {
    self.init(epsilon: try Epsilon(epsilon), delta: try Delta(delta))
    self.isAccepted = isAccepted
  }
}

extension BudgetReceipt {
  fileprivate init(_ granted: GrantedBudget, notes: [String]) {
    guard let account = granted.report.accounts.first else {
      preconditionFailure("a grant has an account")
    }
    self.init(budget: Budget(report: account), notes: notes + granted.messages)
  }
}
