import Basics
import Foundation
import TableSources

/// A driver of a database: a library on this machine, found by a manifest or named by its path.
package struct DriverLibrary: Sendable, Codable, Equatable {
  package let name: String
  /// The library's absolute path.
  package let path: String
  /// The function that fills the table of functions.
  package let entryPoint: String
  package let version: String?

  /// Finds a driver: an absolute path, or the name of a manifest in one of the standard's folders.
  ///
  /// Nothing is searched for in the folders of the system's libraries, and a file that others may
  /// write is refused: a driver is code that sees every row.
  package init(
    named name: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(DriverFault) {
    if name.hasPrefix("/") {
      self.init(
        name: URL(fileURLWithPath: name).deletingPathExtension().lastPathComponent, path: name,
        entryPoint: nil, version: nil)
    } else {
      guard !name.isEmpty, !name.contains("/"), !name.hasPrefix("."), !name.contains("\0") else {
        throw .relativePath
      }
      let folders = Self.folders(environment)
      guard
        let manifest = folders.map({ "\($0)/\(name).toml" }).first(where: {
          FileManager.default.fileExists(atPath: $0)
        })
      else {
        throw .missing(name: name, folders: folders)
      }
      try Self.requireClosed(manifest)
      try self.init(name: name, manifest: manifest)
    }
    try Self.requireClosed(path)
  }

  private init(name: String, path: String, entryPoint: String?, version: String?) {
    (self.name, self.path, self.version) = (name, path, version)
    let isDuckDB = URL(fileURLWithPath: path).lastPathComponent.contains("duckdb")
    self.entryPoint = entryPoint ?? (isDuckDB ? "duckdb_adbc_init" : "AdbcDriverInit")
  }

  private init(name: String, manifest path: String) throws(DriverFault) {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8),
      let values = ManifestText.values(of: text)
    else {
      throw .manifest(path: path)
    }
    let library = values["Driver.shared"] ?? values["Driver.shared.\(Self.platform)"]
    guard let library, library.hasPrefix("/"), !library.contains("\0") else {
      throw .manifest(path: path)
    }
    self.init(
      name: name, path: library, entryPoint: values["Driver.entrypoint"], version: values["version"]
    )
  }

  /// The folders of manifests, in the order in which they are looked through.
  package static func folders(_ environment: [String: String]) -> [String] {
    var folders = (environment["ADBC_DRIVER_PATH"] ?? "").split(separator: ":").map(String.init)
    let home = environment["HOME"] ?? NSHomeDirectory()
    #if os(macOS)
      folders += [
        "\(home)/Library/Application Support/ADBC/Drivers",
        "/Library/Application Support/ADBC/Drivers",
      ]
    #else
      let settings =
        environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "\(home)/.config"
      folders += ["\(settings)/adbc/drivers", "/etc/adbc/drivers"]
    #endif
    return folders.filter { $0.hasPrefix("/") }
  }

  private static var platform: String {
    #if os(macOS)
      let system = "macos"
    #else
      let system = "linux"
    #endif
    #if arch(arm64)
      return "\(system)_arm64"
    #else
      return "\(system)_amd64"
    #endif
  }

  /// Requires a plain file that only its owner may write.
  private static func requireClosed(_ path: String) throws(DriverFault) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .notAFile(path: path)
    }
    guard status.st_mode & (S_IWGRP | S_IWOTH) == 0, [0, getuid()].contains(status.st_uid) else {
      throw .writable(path: path)
    }
  }

  /// The record for a release, with the digest of the library as it is now.
  package func record() throws(DriverFault) -> DriverRecord {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    else { throw .notAFile(path: path) }
    return DriverRecord(name: name, version: version, sha256: ContentDigest.sha256(of: data))
  }
}

/// The subset of TOML that manifests of drivers are written in: tables, and keys whose values are
/// strings or whole numbers.
enum ManifestText {
  /// Returns the values by their full keys, such as `Driver.entrypoint`; nil for any other text.
  /// Lists, such as those of features, are skipped if they stand on one line.
  static func values(of text: String) -> [String: String]? {
    var values: [String: String] = [:]
    var table = ""
    for line in text.split(whereSeparator: \.isNewline) {
      let line = line.trimmingCharacters(in: .whitespaces)
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("[") {
        guard let end = line.firstIndex(of: "]"), !line.hasPrefix("[[") else { return nil }
        table = keys(line[line.index(after: line.startIndex)..<end]) + "."
        continue
      }
      guard let sign = line.firstIndex(of: "="), let value = value(line[line.index(after: sign)...])
      else { return nil }
      let key = table + keys(line[..<sign])
      guard values.updateValue(value, forKey: key) == nil else { return nil }
    }
    return values
  }

  private static func keys(_ text: Substring) -> String {
    text.split(separator: ".").map {
      $0.trimmingCharacters(in: CharacterSet(charactersIn: " \t\"'"))
    }.joined(separator: ".")
  }

  private static func value(_ text: Substring) -> String? {
    let text = text.trimmingCharacters(in: .whitespaces)
    guard let quote = text.first else { return nil }
    if quote == "'" {
      return text.dropFirst().firstIndex(of: "'").map {
        String(text[text.index(after: text.startIndex)..<$0])
      }
    }
    if quote == "\"" { return basicString(text.dropFirst()) }
    return text.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
  }

  /// Reads a string in double quotes; nil if it does not end or has an escape beyond the simple
  /// ones.
  private static func basicString(_ text: Substring) -> String? {
    var result = ""
    var isEscaped = false
    for character in text {
      if isEscaped {
        guard let plain = ["\\": "\\", "\"": "\"", "t": "\t", "n": "\n"][character] else {
          return nil
        }
        result.append(plain)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        return result
      } else {
        result.append(character)
      }
    }
    return nil
  }
}
