import Foundation

/// The public list of compared items: everything a run leaves or says that may leave the premises
/// of the table's owner.
///
/// The comparison covers the exit status; standard error as a whole; the JSON document on standard
/// output; the name, mode and content of every file in the release folder; and the names of
/// anything else left in the program's working folder and in the folder for temporary files. The
/// exceptions are listed below, with the reasons. Time and memory are not examined.
package enum PublicList {
  /// Members of the JSON document on standard output that are for the owner: counts of cells that
  /// did not fit, and the place of their report.
  static let ownersWords: Set<String> = ["ownerMessages", "ownerReport"]

  /// Values that say nothing about rows: keyed marks that only the owner can read and the public
  /// key, which differ in every run because every run has a fresh ledger; hashes of files that are
  /// compared themselves; the clock.
  private static let keyed: Set<String> = ["/marks", "/signer", "/files", "/created", "/date"]

  /// The signature of the manifest, which is as random as the key.
  static let signature = "manifest.signature.json"

  /// Returns whether a file beside the release is the owner's own: the ledger, the keys, the
  /// owner's reports, and the files that the audit wrote.
  static func isOwners(_ name: String) -> Bool {
    [
      "ledger.sqlite", "look.sqlite", "keys", "owner", "table.csv", "schema.yaml", "policy.yaml",
      "observed.yaml", "learned.yaml",
    ].contains { name.hasPrefix($0) }
  }

  static func isLeftOut(_ path: String) -> Bool { keyed.contains { path.hasSuffix(".json\($0)") } }

  /// Hazards that excuse a release that names them: its statements follow from rows that nobody
  /// paid for, and it says so. For such a release, only the exit status, the files and the hazards
  /// are compared.
  static let excusing: Set<String> = ["inferred-schema", "observed-facts", "seeded-run"]

  /// Hazards that the facts of a schema may decide: whether values recur as those of persons do,
  /// how many rows there are, and which columns have something to learn. In an excused release,
  /// those facts come from rows without a charge. So do such hazards, like everything else that the
  /// release says, and they are not compared. They are compared if the owner declared the schema,
  /// or if it was learned and paid for.
  static let decidedByFacts: Set<String> = ["repeated-persons", "large-delta", "unlearned-columns"]

  /// If attacks or `--strict` decide whether a release is published, the release names that as a
  /// hazard, one bit. Refused runs are left out, and published ones are compared with each other.
  /// Tests beside the gate check that the release names the hazard
  /// (`Tests/EndToEndTests/GateRunTests.swift`, `TotalPreparationTests.swift`).
  ///
  /// - Returns: the exit status of a refusal that is left out; nil if nothing excuses one.
  static func namedRefusal(of run: FuzzedRun) -> Int32? {
    if run.policy?.attacks == true { return 3 }
    // Without a schema, everything comes from the rows without a charge, and doubt about what
    // counts as a row prevents a release.
    return run.isStrict || run.origin == .inferred ? 1 : nil
  }
}
