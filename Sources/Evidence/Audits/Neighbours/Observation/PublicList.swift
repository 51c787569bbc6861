import Foundation

/// The public list of what is compared: all that a run leaves or says which may leave the house of the table's owner.
///
/// Compared are the exit status; standard error as a whole; the JSON document on standard output; the name, the mode and the content of
/// every file of the release folder; and the names of whatever else is left in the folder that the program worked in and in the one for
/// temporary files. What is not compared stands below, with the reason. Time and memory are not looked at.
package enum PublicList {
  /// Members of the JSON document on standard output that are for the owner: counts of cells that did not fit, and where their report is.
  static let ownersWords: Set<String> = ["ownerMessages", "ownerReport"]

  /// Values that say nothing about rows: keyed marks that only the owner can read and the public key, which differ in every run because
  /// every run has a fresh ledger; hashes of files that are compared themselves; the clock.
  private static let keyed: Set<String> = ["/marks", "/signer", "/files", "/created", "/date"]

  /// The signature of the manifest, which is as random as the key.
  static let signature = "manifest.signature.json"

  /// The owner's own files beside the release: the ledger, the keys, the owner's reports, and the files that the audit wrote.
  static func isOwners(_ name: String) -> Bool {
    [
      "ledger.sqlite", "look.sqlite", "keys", "owner", "table.csv", "schema.yaml", "policy.yaml", "observed.yaml", "learned.yaml",
    ].contains { name.hasPrefix($0) }
  }

  static func isLeftOut(_ path: String) -> Bool { keyed.contains { path.hasSuffix(".json\($0)") } }

  /// Hazards that a release names and that excuse it: what it says follows from rows that nobody paid for, and it says so. Of such a
  /// release only the exit status, the files and the hazards are compared.
  static let excusing: Set<String> = ["inferred-schema", "observed-facts", "seeded-run"]

  /// Hazards that the facts of a schema may decide about: whether values come back as those of persons do, how many rows there are, and
  /// which columns there is something to learn of. In an excused release those facts follow from rows for nothing, so such hazards do too,
  /// like all else that the release says, and are not compared. Under a schema that its owner declares, or that was learned and paid for,
  /// they are.
  static let decidedByFacts: Set<String> = ["repeated-persons", "large-delta", "unlearned-columns"]

  /// When attacks decide whether a release is published, or `--strict` does, the release names that as a hazard, one bit: refused runs are
  /// left out, and those that were published are compared with each other. That it is named is tested beside the gate
  /// (`Tests/EndToEndTests/GateRunTests.swift`, `TotalPreparationTests.swift`).
  ///
  /// - Returns: the exit status of a refusal that is left out; nil where nothing excuses one.
  static func namedRefusal(of run: FuzzedRun) -> Int32? {
    if run.policy?.attacks == true { return 3 }
    // Without a schema all follows from the rows for nothing, and with a doubt about what is a row there is no release.
    return run.isStrict || run.origin == .inferred ? 1 : nil
  }
}
