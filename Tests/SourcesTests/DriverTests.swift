import DatabaseTables
import Foundation
import TableSources
import Testing

/// How drivers are found, and which are refused.
@Suite struct DriverTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "understudy-drivers-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func write(_ text: String, as name: String, permissions: Int = 0o644) throws -> String {
    let file = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: file.path)
    return file.path
  }

  private func find(_ name: String) throws -> DriverLibrary {
    defer { try? FileManager.default.removeItem(at: folder) }
    return try DriverLibrary(
      named: name, environment: ["ADBC_DRIVER_PATH": "relative:\(folder.path)", "HOME": "/nowhere"])
  }

  @Test func aManifestIsRead() throws {
    let library = try write("code", as: "lib.so")
    _ = try write(
      """
      # made by hand
      manifest_version = 1
      name = 'Example'
      version = "1.2.3" # of the library

      [ADBC]
      version = "1.1.0"

      [Driver]
      entrypoint = "ExampleInit"
      [Driver.shared]
      "linux_amd64" = "\(library)"
      linux_arm64 = "\(library)"
      macos_arm64 = "\(library)"
      """, as: "example.toml")
    let found = try find("example")
    #expect(
      found.path == library && found.entryPoint == "ExampleInit" && found.version == "1.2.3"
        && found.name == "example")
  }

  @Test(arguments: [
    "[Driver]\nshared = \"lib.so\"\n", "[Driver]\n", "[Driver\n", "shared\n",
    "[Driver]\nshared = \"/lib.so\n",
  ])
  func aManifestWithoutALibraryIsRefused(_ text: String) throws {
    let path = try write(text, as: "broken.toml")
    #expect(throws: DriverFault.manifest(path: path)) { try find("broken") }
  }

  @Test(arguments: [0o664, 0o646]) func aFileThatOthersMayWriteIsRefused(_ permissions: Int) throws
  {
    let library = try write("code", as: "open.so", permissions: permissions)
    _ = try write("[Driver]\nshared = \"\(library)\"\n", as: "open.toml")
    #expect(throws: DriverFault.writable(path: library)) { try DriverLibrary(named: library) }
    #expect(throws: DriverFault.writable(path: library)) { try find("open") }
    let closed = try DriverTests()
    let manifest = try closed.write(
      "[Driver]\nshared = \"/lib.so\"\n", as: "m.toml", permissions: permissions)
    #expect(throws: DriverFault.writable(path: manifest)) { try closed.find("m") }
  }

  @Test func whatIsNotThereIsRefused() throws {
    #expect(throws: DriverFault.notAFile(path: "/nowhere/lib.so")) {
      try DriverLibrary(named: "/nowhere/lib.so")
    }
    for name in ["../example", "lib/example", "", ".hidden"] {
      #expect(throws: DriverFault.relativePath) { try DriverLibrary(named: name, environment: [:]) }
    }
    let missing = #expect(throws: DriverFault.self) { try find("none") }
    guard case .missing(name: "none", let folders)? = missing else {
      Issue.record("another fault: \(String(describing: missing))")
      return
    }
    #expect(folders.first == folder.path, "relative folders are left out")
  }
}

/// Addresses, and names and texts as parts of SQL.
@Suite struct AddressTests {
  @Test(arguments: [
    "postgresql://user:secret@host/db", "postgresql://host/db?password=x",
    "postgresql://host/db?user=a&PassWord=x", "sc://h:1/;token=abc",
    "snowflake://host/db?sslpassword=x", "postgresql://:@host/db",
    "postgresql://host/db?p%61ssword=x",
  ]) func aPasswordInAnAddressIsRefused(_ text: String) {
    #expect(throws: AddressFault.password) { try DatabaseAddress(text) }
  }

  @Test func otherMachinesMustProveThemselves() throws {
    #expect(
      try DatabaseAddress("postgresql://u@host:5/db").uri
        == "postgresql://u@host:5/db?sslmode=verify-full")
    #expect(
      try DatabaseAddress("postgresql://host/db?a=b").uri
        == "postgresql://host/db?a=b&sslmode=verify-full")
    for address in [
      "postgresql://localhost/db", "postgresql:///db", "postgresql://u@[::1]:5/d",
      "postgresql://h/d?sslmode=require", "sc://h",
    ] {
      #expect(try DatabaseAddress(address).uri == address)
    }
    #expect(
      DatabaseAddress.isOne("postgresql://h/d") && !DatabaseAddress.isOne("a/b.csv")
        && !DatabaseAddress.isOne("C:/b.csv"))
  }

  @Test func namesStayNames() throws {
    #expect(try SQLDialect.standard.table("clinic.Patients").sql == "\"clinic\".\"Patients\"")
    #expect(try SQLDialect.standard.table("\"a.b\".\"c\"\"d\"").sql == "\"a.b\".\"c\"\"d\"")
    #expect(
      try SQLDialect.standard.table("x\"; DROP TABLE t; --\"").sql == "\"x; DROP TABLE t; --\"")
    #expect(try SQLDialect.spark.table("a`b").sql == "`a``b`")
    for name in ["", "a..b", "a.b.c.d", "\"open", "a\0b", "."] {
      #expect(throws: AddressFault.noTable, "\(name)") { try SQLDialect.standard.table(name) }
    }
  }

  @Test func codesHaveSentences() {
    let faults: [(String, Int, DatabaseFault)] = [
      ("42501", 14, .noRights), ("42P01", 3, .noSuchTable), ("42703", 5, .noSuchColumn),
      ("57P01", 10, .ended), ("57014", 11, .cancelled),
      ("28P01", 10, .login), ("08006", 10, .unreachable), ("22P02", 5, .cell),
      ("25006", 5, .readOnly), ("53100", 10, .diskFull), ("53400", 10, .diskFull),
      ("42601", 5, .query), ("XX000", 9, .other(code: "XX000", status: 9)), ("", 14, .noRights),
      ("ab'; ", 2, .other(code: "", status: 2)),
    ]
    for (code, status, fault) in faults {
      #expect(DatabaseFault(code: code, status: status) == fault, "\(code)")
    }
  }
}
