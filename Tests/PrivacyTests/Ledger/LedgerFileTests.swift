import Accounting
import Foundation
import GRDB
import Ledger
import Testing

@Suite struct LedgerFileTests {
  private func permissions(_ url: URL) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
    return try #require(attributes[.posixPermissions] as? NSNumber).intValue
  }

  @Test func onlyItsOwnerCanReadIt() throws {
    let folder = try TemporaryFolder()
    let place = folder.url.appendingPathComponent("data/understudy/ledger.sqlite")
    let before = try Ledger(at: place)
    #expect(try permissions(place) == 0o600)
    #expect(try permissions(place.deletingLastPathComponent()) == 0o700)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: place.path)
    let after = try Ledger(at: place)
    #expect(try permissions(place) == 0o600)
    #expect(before.fingerprintKey == after.fingerprintKey)
  }

  @Test func everyLedgerHasItsOwnKey() throws {
    let folder = try TemporaryFolder()
    let keys = try ["a", "b"].map { try Ledger(at: folder.file($0)).fingerprintKey }
    #expect(keys[0] != keys[1])
  }

  @Test func noOtherFileIsLeftBeside() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    try ledger.openSession(dataset: dataset, reserving: reservation(0.001), purpose: "").charge(
      question(costing: 0.0005))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["ledger.sqlite"])
  }

  @Test func aNewerFormatIsRefusedAndLeftAlone() throws {
    let folder = try TemporaryFolder()
    _ = try Ledger(at: folder.ledger)
    try DatabaseQueue(path: folder.ledger.path).write {
      try $0.execute(sql: "PRAGMA user_version = 4")
    }
    let bytes = try Data(contentsOf: folder.ledger)
    #expect(
      ledgerError { try Ledger(at: folder.ledger) }
        == .newerVersion(path: folder.ledger.path, found: 4, supported: 3))
    #expect(try Data(contentsOf: folder.ledger) == bytes)
  }

  @Test func anotherFileIsRefusedAndLeftAlone() throws {
    let folder = try TemporaryFolder()
    let table = folder.file("patients.csv")
    try Data(String(repeating: "name,age\nAda,36\n", count: 100).utf8).write(to: table)
    let database = folder.file("other.sqlite")
    try DatabaseQueue(path: database.path).write {
      try $0.execute(sql: "CREATE TABLE notes (text TEXT)")
    }
    for file in [table, database] {
      let bytes = try Data(contentsOf: file)
      let mode = try permissions(file)
      #expect(ledgerError { try Ledger(at: file) } == .notALedger(path: file.path))
      #expect(try Data(contentsOf: file) == bytes)
      #expect(try permissions(file) == mode)
    }
    #expect(ledgerError { try Ledger(at: folder.url) } == .isFolder(path: folder.url.path))
    #expect(
      ledgerError { try Ledger(at: table.appendingPathComponent("ledger.sqlite")) }
        == .cannotCreate(path: table.path + "/ledger.sqlite", reason: "its folder cannot be made"))
  }

  @Test func aDamagedFileIsRefused() throws {
    let folder = try TemporaryFolder()
    _ = try ledger(in: folder)
    var bytes = try Data(contentsOf: folder.ledger)
    // The first page identifies the file as a ledger; the rest is overwritten.
    let page = 4096
    for index in page..<bytes.count { bytes[index] = 0x5A }
    try bytes.write(to: folder.ledger)
    guard case .corrupt = ledgerError({ try Ledger(at: folder.ledger) }) else {
      Issue.record("a damaged ledger was opened")
      return
    }
    try bytes.prefix(page + 10).write(to: folder.ledger)
    guard case .corrupt = ledgerError({ try Ledger(at: folder.ledger) }) else {
      Issue.record("a truncated ledger was opened")
      return
    }
  }

  @Test func sumsThatDoNotAddUpAreNoticed() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    let session = try ledger.openSession(
      dataset: dataset, reserving: reservation(0.0078125), purpose: "")
    try session.charge(question(costing: 0.001953125))
    try session.close()
    #expect(try ledger.report(furtherDelta: Delta(1e-9)).datasets.count == 1)
    try DatabaseQueue(path: folder.ledger.path).write {
      try $0.execute(
        sql: "DROP TRIGGER settlements_never_update; UPDATE settlements SET rho = rho / 2")
    }
    guard case .corrupt = ledgerError({ try ledger.report(furtherDelta: Delta(1e-9)) }) else {
      Issue.record("a forged settlement went unnoticed")
      return
    }
  }

  @Test func nothingIsEverChangedOrDeleted() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    let session = try ledger.openSession(
      dataset: dataset, reserving: reservation(0.0078125), purpose: "")
    try session.charge(question(costing: 0.001953125))
    try session.close()
    let database = try DatabaseQueue(path: folder.ledger.path)
    for table in [
      "journal", "datasets", "grants", "sessions", "charges", "settlements", "secrets", "chain",
    ] {
      let column = try database.read { try #require($0.columns(in: table).first).name }
      for statement in ["DELETE FROM \(table)", "UPDATE \(table) SET \(column) = \(column)"] {
        #expect(throws: DatabaseError.self, "\(statement)") {
          try database.write { try $0.execute(sql: statement) }
        }
      }
    }
  }

  @Test func everyChangeHasOneNumberAndOneCanonicalText() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    let session = try ledger.openSession(
      dataset: dataset, reserving: reservation(0.0078125), purpose: "a release")
    try session.charge(question(costing: 0.001953125))
    try session.close()
    let rows = try DatabaseQueue(path: folder.ledger.path).read {
      try Row.fetchAll($0, sql: "SELECT sequence, canonical FROM journal ORDER BY sequence")
    }
    #expect(rows.map { $0["sequence"] as Int } == [1, 2, 3, 4, 5])
    let texts = rows.map {
      ($0["canonical"] as String).replacing(/"time":"[^"]*"/, with: "\"time\":\"T\"")
    }
    #expect(
      texts[1].hasPrefix(
        "{\"dataset\":\"\(dataset.identity)\",\"delta\":1e-06,\"epsilon\":1,\"kind\":\"grant\",\"origin\":\"grant\""
      ))
    // Grants and sessions name the rule that counts them.
    #expect(
      texts[1].contains("\"rule\":\"gaussian\"") && texts[2].contains("\"rule\":\"gaussian\""))
    let rho = try price(0.001953125)
    #expect(texts[3].contains("\"kind\":\"charge\",\"rho\":\(rho),\"session\":3,\"time\":\"T\""))
    #expect(
      texts[4]
        == "{\"delta\":0,\"kind\":\"settlement\",\"rho\":\(rho),\"session\":3,\"time\":\"T\"}")
  }

  @Test func aLedgerThatIsMovedAwayIsNotWritten() throws {
    let folder = try TemporaryFolder()
    let (ledger, dataset) = try ledger(in: folder)
    let session = try ledger.openSession(
      dataset: dataset, reserving: reservation(0.0078125), purpose: "")
    try FileManager.default.moveItem(at: folder.ledger, to: folder.file("elsewhere"))
    #expect(
      ledgerError { try session.charge(question(costing: 0.001)) }
        == .replaced(path: folder.ledger.path))
    _ = try Ledger(at: folder.ledger)
    #expect(
      ledgerError { try session.charge(question(costing: 0.001)) }
        == .replaced(path: folder.ledger.path))
  }

  @Test func aBusyLedgerIsWaitedForAndThenReported() throws {
    let folder = try TemporaryFolder()
    let (_, dataset) = try ledger(in: folder)
    let impatient = try Ledger(at: folder.ledger, busySeconds: 0.2)
    let blocker = try DatabaseQueue(path: folder.ledger.path)
    try blocker.writeWithoutTransaction { db in
      try db.inTransaction(.exclusive) {
        let started = ContinuousClock.now
        let error = ledgerError { try impatient.grant(dataset, epsilon: Epsilon(1), delta: .zero) }
        #expect(error == .busy(path: folder.ledger.path, seconds: 0.2))
        #expect(started.duration(to: .now) >= .milliseconds(150))
        #expect(
          ledgerError { try Ledger(at: folder.ledger, busySeconds: 0.05) }
            == .busy(path: folder.ledger.path, seconds: 0.05))
        return .rollback
      }
    }
    try impatient.grant(dataset, epsilon: Epsilon(1), delta: .zero)
  }

  @Test func errorsOfTheStoreAreNamed() {
    func meaning(_ code: ResultCode) -> LedgerError {
      LedgerError(DatabaseError(resultCode: code, message: "canary"), path: "L", busySeconds: 1)
    }
    #expect(meaning(.SQLITE_READONLY) == .readOnly(path: "L"))
    #expect(meaning(.SQLITE_READONLY_DBMOVED) == .readOnly(path: "L"))
    #expect(meaning(.SQLITE_BUSY) == .busy(path: "L", seconds: 1))
    #expect(meaning(.SQLITE_FULL) == .storage(path: "L", detail: "the disk is full"))
    #expect(
      meaning(.SQLITE_CORRUPT) == .corrupt(path: "L", detail: "its pages do not fit together"))
    #expect(!"\(meaning(.SQLITE_ERROR))".contains("canary"))
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser can write any file"))
  func aReadOnlyFileIsRefused() throws {
    let folder = try TemporaryFolder()
    _ = try ledger(in: folder)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o400], ofItemAtPath: folder.ledger.path)
    #expect(ledgerError { try Ledger(at: folder.ledger) } == .readOnly(path: folder.ledger.path))
  }

  @Test func itsPlaceIsTheOneNamedFirst() throws {
    let home = ["HOME": "/people/ada", "XDG_DATA_HOME": "/data/ada"]
    let named = home.merging(["UNDERSTUDY_LEDGER": "/srv/ledger.db"]) { $1 }
    #expect(
      try LedgerLocation.resolve(explicit: "/data/mine.db", environment: named).path
        == "/data/mine.db")
    #expect(
      try LedgerLocation.resolve(explicit: "~/mine.db", environment: named).path
        == "/people/ada/mine.db")
    #expect(try LedgerLocation.resolve(explicit: nil, environment: named).path == "/srv/ledger.db")
    let usual = try LedgerLocation.resolve(explicit: nil, environment: ["HOME": "/people/ada"]).path
    #if os(macOS)
      #expect(usual == "/people/ada/Library/Application Support/understudy/ledger.sqlite")
    #else
      #expect(
        try LedgerLocation.resolve(explicit: nil, environment: home).path
          == "/data/ada/understudy/ledger.sqlite")
      #expect(usual == "/people/ada/.local/share/understudy/ledger.sqlite")
      let relative = ["HOME": "/people/ada", "XDG_DATA_HOME": "data"]
      #expect(try LedgerLocation.resolve(explicit: "", environment: relative).path == usual)
    #endif
    #expect(
      ledgerError { try LedgerLocation.resolve(explicit: nil, environment: [:]) } == .noHomeFolder)
  }
}
