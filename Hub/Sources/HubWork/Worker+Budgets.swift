import Foundation
import HubRecords
import HubStore
import Understudy

/// The budgets of tables. To recognise a table it must be read, which takes seconds for millions of
/// rows, so the name of its budget is kept with a stamp of its file.
extension Worker {
  /// The name of the budget that a job will charge; nil for a grant, which can make a budget, and
  /// for a table without a budget.
  func budgetName(of request: RequestRecord, _ dataset: Dataset, _ marks: LedgerMarks) async throws
    -> String?
  {
    guard request.spec.kind != .budget else { return nil }
    let stamp = Self.stamp(of: dataset.source)
    if let stamp, let name = try store.budget(of: dataset.id, stamp: stamp),
      marks.hasBudget(named: name)
    {
      return name
    }
    return try await read(dataset, stamp)?.name
  }

  /// The delta that is left to the budget of a job: learning rare labels uses some of it up, and
  /// who asks for more than is left is refused. Nil for a table without a budget.
  func deltaLeft(to job: Job) async throws -> Double? {
    guard let name = try store.present(job)?.budget else { return nil }
    return try await workbench.budgets().first { $0.name == name }?.furtherDelta
  }

  /// The present balance of a data set, as the ledger tells it.
  func balance(of id: String, after job: Job) async throws -> [Event] {
    guard let dataset = try store.state().datasets[id]?.dataset else { return [] }
    let budgets = try await workbench.budgets()
    let known = try store.present(job)?.budget.flatMap { name in budgets.first { $0.name == name } }
    let budget: Budget? =
      if let known { known } else { try? await read(dataset, Self.stamp(of: dataset.source)) }
    guard let budget else { return [] }
    let marks = try LedgerMarks(budgets)
    return [
      .balanceSeen(
        dataset: id,
        balance: Balance(
          grantedEpsilon: budget.grantedEpsilon, furtherEpsilon: budget.furtherEpsilon,
          answerEpsilon: marks.answerEpsilon(of: budget.name), ledgerEntry: marks.newest))
    ]
  }

  /// Reads a table to find its budget, and keeps the name. Nil for a table that may not be opened.
  /// - Parameter stamp: The stamp of the file before it was read.
  private func read(_ dataset: Dataset, _ stamp: String?) async throws -> Budget? {
    guard mayOpen(dataset.source) else { return nil }
    let budget = try await workbench.budget(
      of: .file(URL(filePath: dataset.source)), schema: .text(dataset.schema))
    if let budget, let stamp {
      try store.keep(budget: budget.name, of: dataset.id, stamp: stamp)
    }
    return budget
  }

  /// Number, length and time of a file, one of which changes if its contents do; nil if there is
  /// none.
  private static func stamp(of path: String) -> String? {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      attributes[.type] as? FileAttributeType == .typeRegular,
      let number = attributes[.systemFileNumber] as? NSNumber,
      let length = attributes[.size] as? NSNumber,
      let time = attributes[.modificationDate] as? Date
    else { return nil }
    return "\(number) \(length) \(time.timeIntervalSince1970)"
  }
}
