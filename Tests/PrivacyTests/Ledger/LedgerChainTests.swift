import Accounting
import Curation
import Foundation
import GRDB
import Ledger
import Tables
import Testing

/// Any change to the file without the ledger's own code is noticed when it is opened.
@Suite struct LedgerChainTests {
  /// Two datasets, grants, sessions open and closed, several charges.
  private func usedLedger(in folder: TemporaryFolder) throws -> LedgerSession {
    let (ledger, dataset) = try ledger(in: folder)
    let other = try ledger.register(
      ledger.fingerprint(of: OwnerTable(people(seed: 5))), name: "others")
    try ledger.grant(other, epsilon: Epsilon(2), delta: Delta(1e-7))
    let session = try ledger.openSession(
      dataset: dataset, reserving: reservation(0.0078125), purpose: "a release")
    for _ in 0..<3 { try session.charge(question(costing: 0.001953125)) }
    try session.close()
    _ = try ledger.openSession(
      dataset: other, reserving: reservation(0.001), purpose: "never closed")
    return session
  }

  /// A ledger that also holds populations, their grants, joined accounts, a declaration and a later
  /// sketch.
  private func sharedLedger(in folder: TemporaryFolder) throws {
    _ = try usedLedger(in: folder)
    let ledger = try Ledger(at: folder.ledger)
    try ledger.grant(toPeople: "ward-7", epsilon: Epsilon(1), delta: Delta(1e-9))
    let key = ledger.fingerprintKey
    let declared = PeopleClaim(population: "ward-7", areOthers: true)
    let table = people(41)
    _ = try ledger.admit(.compute(table: table, key: key), name: "march", claim: declared)
    _ = try ledger.admit(
      .compute(table: table, persons: ["name"], key: key), name: "march", claim: declared)
  }

  /// Changes a copy without the triggers that forbid it, and restores them as a careful forger
  /// would.
  private func forged(_ folder: TemporaryFolder, _ statements: String) throws -> (
    LedgerError?, String?
  ) {
    let copy = folder.file("copy-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: folder.ledger, to: copy)
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    try DatabaseQueue(path: copy.path, configuration: configuration).write { db in
      let triggers = try Row.fetchAll(
        db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
      try db.execute(sql: statements)
      for trigger in triggers { try db.execute(sql: trigger["sql"] as String) }
    }
    return (ledgerError { try Ledger(at: copy) }, try LedgerAudit(at: copy).fault)
  }

  private func expectNoticed(_ folder: TemporaryFolder, _ statements: String) throws {
    let (error, fault) = try forged(folder, statements)
    guard case .corrupt = error, fault != nil else {
      Issue.record("unnoticed: \(statements)")
      return
    }
  }

  private static let tables = [
    "journal", "datasets", "grants", "sessions", "charges", "settlements", "chain", "head",
    "secrets", "populations",
    "population_grants", "joins", "declarations", "sketches",
  ]

  @Test func anUntouchedLedgerOpens() throws {
    let folder = try TemporaryFolder()
    _ = try usedLedger(in: folder)
    let (error, fault) = try forged(folder, "SELECT 1")
    #expect(error == nil && fault == nil)
    #expect(try LedgerAudit(at: folder.ledger).entries == 10)
  }

  @Test func deletingAnyRowIsNoticed() throws {
    let folder = try TemporaryFolder()
    try sharedLedger(in: folder)
    for table in Self.tables {
      let rows = try DatabaseQueue(path: folder.ledger.path).read {
        try Int64.fetchAll($0, sql: "SELECT rowid FROM \(table)")
      }
      #expect(!rows.isEmpty)
      for row in rows { try expectNoticed(folder, "DELETE FROM \(table) WHERE rowid = \(row)") }
    }
  }

  /// Each column of each row in turn is replaced by another value of its kind.
  @Test func editingAnyCellIsNoticed() throws {
    let folder = try TemporaryFolder()
    try sharedLedger(in: folder)
    var edits: [String] = []
    try DatabaseQueue(path: folder.ledger.path).read { db in
      for table in Self.tables {
        for row in try Row.fetchAll(db, sql: "SELECT rowid AS at, * FROM \(table)") {
          for (column, value) in row where column != "at" && column != "only" && !value.isNull {
            let other =
              switch value.storage {
              case .string: "\(column) || 'x'"
              case .blob: "zeroblob(length(\(column)))"
              default: column == "sequence" ? "\(column) + 100" : "\(column) + \(column) / 2 + 0.25"
              }
            edits.append(
              "UPDATE \(table) SET \(column) = \(other) WHERE rowid = \(row["at"] as Int64)")
          }
        }
      }
    }
    #expect(edits.count > 60)
    for edit in edits {
      do { try expectNoticed(folder, edit) } catch let error as DatabaseError
        where error.resultCode == .SQLITE_CONSTRAINT
      {}
    }
  }

  @Test(arguments: [
    // Reordering, inserting, and truncating to a shorter ledger that is consistent in itself.
    "UPDATE journal SET canonical = (SELECT canonical FROM journal AS other WHERE other.sequence = 11 - journal.sequence)",
    "UPDATE charges SET sequence = -sequence WHERE sequence IN (6, 7); UPDATE charges SET sequence = 13 + sequence WHERE sequence < 0",
    "INSERT INTO journal (canonical) VALUES ('{}')",
    "INSERT INTO grants (sequence, dataset, created, epsilon, delta, origin) VALUES (11, 1, '', 5, 0, 'grant')",
    "INSERT INTO grants (sequence, dataset, created, epsilon, delta, origin) VALUES (6, 1, '', 5, 0, 'grant')",
    "INSERT INTO secrets (name, value) VALUES ('other', zeroblob(32))",
    "DELETE FROM sessions WHERE sequence = 10; DELETE FROM chain WHERE sequence = 10; DELETE FROM journal WHERE sequence = 10",
    """
    DELETE FROM sessions WHERE sequence = 10; DELETE FROM chain WHERE sequence = 10; DELETE FROM journal WHERE sequence = 10;
    UPDATE sqlite_sequence SET seq = 9; UPDATE head SET count = 9, hash = (SELECT hash FROM chain WHERE sequence = 9)
    """,
    "UPDATE sqlite_sequence SET seq = 11", "DELETE FROM sqlite_sequence",
    "CREATE TRIGGER quiet BEFORE INSERT ON charges BEGIN SELECT RAISE(IGNORE); END",
    "CREATE TABLE notes (text TEXT)", "DROP INDEX charges_of_session",
  ])
  func otherForgeriesAreNoticed(_ statements: String) throws {
    let folder = try TemporaryFolder()
    _ = try usedLedger(in: folder)
    try expectNoticed(folder, statements)
  }

  @Test func aDroppedTriggerIsNoticed() throws {
    let folder = try TemporaryFolder()
    _ = try usedLedger(in: folder)
    try DatabaseQueue(path: folder.ledger.path).write {
      try $0.execute(sql: "DROP TRIGGER charges_never_update")
    }
    guard case .corrupt = ledgerError({ try Ledger(at: folder.ledger) }) else {
      Issue.record("a dropped trigger went unnoticed")
      return
    }
  }

  /// A ledger that was intact when it was opened is not extended past a forged head.
  @Test func aHeadForgedMeanwhileIsNoticed() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    try DatabaseQueue(path: folder.ledger.path).write {
      try $0.execute(sql: "UPDATE head SET count = 1")
    }
    guard
      case .corrupt = ledgerError({ try ledger.grant(dataset, epsilon: Epsilon(1), delta: .zero) })
    else {
      Issue.record("a forged head was extended")
      return
    }
  }

  @Test func marksAreReadByTheirLedgerAlone() throws {
    let (folder, elsewhere) = (try TemporaryFolder(), try TemporaryFolder())
    let session = try usedLedger(in: folder)
    let (first, second) = (try session.marks(), try session.marks())
    #expect(
      first.nonce != second.nonce && first.dataset != second.dataset
        && first.settlement != second.settlement)
    #expect(try LedgerAudit(at: folder.ledger).events(of: first)?.count == 3)
    _ = try usedLedger(in: elsewhere)
    #expect(try LedgerAudit(at: elsewhere.ledger).events(of: first) == nil)
  }

  /// A ledger restored to an older state is consistent in itself; the marks of a release made since
  /// then reveal it.
  @Test func anOlderCopyLacksTheLaterRelease() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    let copy = folder.file("copy")
    try FileManager.default.copyItem(at: folder.ledger, to: copy)
    let session = try ledger.openSession(
      dataset: dataset, reserving: reservation(0.0078125), purpose: "")
    try session.charge(question(costing: 0.001953125))
    try session.close()
    let marks = try session.marks()
    let older = try LedgerAudit(at: copy)
    #expect(older.fault == nil && older.events(of: marks) == nil)
    #expect(try LedgerAudit(at: folder.ledger).events(of: marks)?.count == 1)
  }

  private static let withoutPeople =
    "DROP TABLE sketches; DROP TABLE declarations; DROP TABLE joins; DROP TABLE population_grants; DROP TABLE populations;"

  /// A ledger of format 2: every account is unchanged, and tampering is noticed before the ledger
  /// gets new tables.
  @Test func aLedgerOfFormatTwoKeepsWhatItHolds() throws {
    let folder = try TemporaryFolder()
    let session = try usedLedger(in: folder)
    let before = try Ledger(at: folder.ledger).report(furtherDelta: Delta(1e-9))
    try DatabaseQueue(path: folder.ledger.path).write {
      try $0.execute(sql: "\(Self.withoutPeople) PRAGMA user_version = 2")
    }
    try expectNoticed(folder, "UPDATE charges SET rho = rho / 2 WHERE sequence = 6")
    let old = try LedgerAudit(at: folder.ledger)
    #expect(old.isChained && old.fault == nil && old.entries == 10)
    let ledger = try Ledger(at: folder.ledger)
    let audit = try LedgerAudit(at: folder.ledger)
    #expect(audit.fault == nil && audit.entries == 10)
    let after = try ledger.report(furtherDelta: Delta(1e-9))
    #expect(
      after.datasets.map(\.usedEpsilon) == before.datasets.map(\.usedEpsilon)
        && after.populations.isEmpty)
    #expect(try audit.events(of: session.marks())?.count == 3)
    try expectNoticed(folder, "UPDATE charges SET rho = rho / 2 WHERE sequence = 6")
  }

  /// A ledger of version 1: no chain, no head, no units.
  @Test func anOldLedgerIsChainedFromWhereItStands() throws {
    let folder = try TemporaryFolder()
    let session = try usedLedger(in: folder)
    try DatabaseQueue(path: folder.ledger.path).write {
      try $0.execute(
        sql:
          "\(Self.withoutPeople) DROP TABLE chain; DROP TABLE head; ALTER TABLE sessions DROP COLUMN unit; PRAGMA user_version = 1"
      )
    }
    #expect(try !LedgerAudit(at: folder.ledger).isChained)
    let ledger = try Ledger(at: folder.ledger)
    let audit = try LedgerAudit(at: folder.ledger)
    #expect(audit.isChained && audit.fault == nil && audit.entries == 11)
    #expect(
      try ledger.report(furtherDelta: Delta(1e-9)).datasets.first?.sessions.first?.charges.count
        == 3)
    _ = try ledger.openSession(
      dataset: session.dataset, reserving: reservation(0.0001), purpose: "goes on")
    try expectNoticed(folder, "UPDATE charges SET rho = rho / 2 WHERE sequence = 6")
  }

  @Test func unitsAreNotMixed() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    func open(_ unit: PrivacyUnit) throws {
      _ = try ledger.openSession(
        dataset: dataset, reserving: reservation(0.0001), purpose: "", unit: unit)
    }
    try open(.person(column: "who", maximumRows: 3))
    try open(.person(column: "who", maximumRows: 5))
    let error = ledgerError { try open(.row) }
    #expect(
      error == .unitDiffers(dataset: "patients", kept: "person in column 'who'", asked: "row"))
    #expect(ledgerError { try open(.person(column: "other", maximumRows: 3)) } != nil)
  }
}
