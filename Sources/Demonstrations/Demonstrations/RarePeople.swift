import Accounting
import AdversarialSynthesis
import Attacks
import DelimitedText
import Examples
import Foundation
import Manifests
import Quality
import Releases
import SchemaFiles
import Synthesis
import Tables

/// The purpose of privacy in numbers: stand-ins of a table with planted rare people, made by the
/// same networks with and without a guarantee, under the same attacks (docs/why-privacy.md).
///
/// Every table is a fresh draw with other people, so that outcomes of different tables are
/// independent and add up. To measure how much the attacks could see, they also run against the
/// table itself, which betrays everyone in it.
package struct RarePeople {
  /// The columns that an acquaintance of a person knows, and the rest of the row.
  static let known = ["age", "sex", "town", "occupation"]
  static let unknown = ["diagnosis", "days", "finding"]

  package let settings: RarePeopleSettings
  /// The folder where tables and stand-ins are kept.
  let folder: URL

  /// - Parameter folder: must exist.
  package init(settings: RarePeopleSettings, folder: URL) {
    (self.settings, self.folder) = (settings, folder)
  }

  /// Makes everything and attacks it.
  /// - Throws: any error from making stand-ins or from `progress`.
  package func run(progress: @escaping (SynthesisProgress) throws -> Void = { _ in }) throws
    -> RarePeopleReport
  {
    var strangers = Distances()
    var standIns = StandInKind.allCases.map { StandIn(kind: $0) }
    for number in 1...settings.tables {
      let example = ClinicExample(
        ordinary: settings.ordinary, rare: settings.rare, visits: settings.visits,
        seed: settings.seed &+ UInt64(number) &* 1_000_003)
      try strangers.add(example.strangers.people, beside: example.patients.people)
      let files = try write(example, number: number)
      for (place, kind) in StandInKind.allCases.enumerated() {
        if kind == .unprotected, number > settings.tablesWithoutPrivacy { continue }
        let note = "table \(number) of \(settings.tables)"
        let release = try make(kind, of: example, files: files, number: number) { step in
          try progress(
            SynthesisProgress(
              phase: step.phase, fraction: step.fraction, detail: "\(note), \(kind.title)"))
        }
        try progress(
          SynthesisProgress(phase: .attacking, fraction: 0, detail: "\(note), \(kind.title)"))
        try standIns[place].add(release, of: example)
      }
    }
    return RarePeopleReport(settings: settings, standIns: standIns, strangers: strangers)
  }

  private func write(_ example: ClinicExample, number: Int) throws -> (patients: URL, schema: URL) {
    let files = ["patients", "strangers"].map {
      folder.appendingPathComponent("\($0)-\(number).csv")
    }
    for (table, file) in zip([example.patients.table, example.strangers.table], files) {
      try CSVWriter.write(table, to: file, format: ClinicExample.schema.format)
    }
    let schema = folder.appendingPathComponent("clinic.schema.yaml")
    try SchemaFile.write(ClinicExample.schema, to: schema)
    return (files[0], schema)
  }

  /// Makes a stand-in, as its receiver reads it.
  private func make(
    _ kind: StandInKind, of example: ClinicExample, files: (patients: URL, schema: URL),
    number: Int,
    progress: @escaping (SynthesisProgress) throws -> Void
  ) throws -> Table {
    let output = folder.appendingPathComponent("\(kind.rawValue)-\(number)")
    switch kind {
    case .original: return example.patients.people
    case .unprotected:
      var synthesis = UnprotectedSynthesis(input: files.patients, output: output)
      synthesis.schemaFile = files.schema
      synthesis.seed = settings.seed &+ UInt64(number)
      synthesis.steps = settings.steps
      _ = try synthesis.run(progress: progress)
      return try read(output.appendingPathComponent(UnprotectedSynthesis.FileName.table))
    case .protected:
      // Each table invents other people under the same numbers, so each has a ledger of its own.
      var request = SynthesisRequest(
        input: files.patients, output: output, epsilon: try Epsilon(settings.epsilon),
        ledger: folder.appendingPathComponent("ledger-\(number).sqlite"))
      request.delta = try Delta(settings.delta)
      request.schemaFile = files.schema
      request.engine = .gan
      request.comparesWithOriginal = false
      _ = try Synthesis.run(request, progress: progress)
      return try read(output.appendingPathComponent(ReleaseArtefact.table.name))
    }
  }

  private func read(_ file: URL) throws -> Table {
    try TableReader.read(file, under: ClinicExample.schema, columns: .anyDescribed).table
  }
}

/// The size of the demonstration of ``RarePeople``. The defaults are those of docs/why-privacy.md.
package struct RarePeopleSettings: Codable, Sendable, Equatable {
  /// Ordinary and rare people in each table.
  package var ordinary = 4_500
  package var rare = 50
  /// Rows of each rare person: a visit every other week of a year.
  package var visits = 24
  /// Tables from which stand-ins are made with a guarantee, each a fresh draw with other rare
  /// people; the first few also without one.
  package var tables = 10
  package var tablesWithoutPrivacy = 2
  package var epsilon = 1.0
  package var delta = 1e-9
  /// Training steps without a guarantee; nil for the usual number.
  package var steps: Int?
  /// The seed of the tables and of the training without a guarantee. Noise that protects is never
  /// repeatable.
  package var seed: UInt64 = 2026

  package init() {}
}
