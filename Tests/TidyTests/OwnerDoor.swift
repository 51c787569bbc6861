/// The door around the curator, for what stays with the data's owner.
///
/// Every file in `Sources` that goes through it is listed here, with the number of lines and the reason. A new use is a change of
/// the privacy of the whole program: it is discussed before it is listed.
enum OwnerDoor {
  struct Use: Equatable {
    let path: String
    let count: Int
    let reason: String
  }

  static let allowed: [Use] = [
    Use(
      path: "Sources/CommandLine/Commands/AttackCommand.swift", count: 1,
      reason: "Attacking a release needs the people it was made from; the result is printed to the owner, marked not private."),
    Use(
      path: "Sources/CommandLine/Commands/BudgetBook.swift", count: 1,
      reason: "The budget commands find a table's account by its keyed fingerprint, which stays in the owner's ledger."),
    Use(
      path: "Sources/CommandLine/Commands/EvaluateCommand.swift", count: 1,
      reason: "Comparing a release with its original is what the owner asks for; the result is printed to the owner, marked not private."),
    Use(
      path: "Sources/CommandLine/Commands/InspectCommand.swift", count: 1,
      reason: "Inspection writes the schema that the owner reads and corrects, and advice that the owner alone sees."),
    Use(
      path: "Sources/Releases/Gate/People.swift", count: 2,
      reason: "People who were held out, or whom the owner gave, are attacked for comparison. No figure of it travels."),
    Use(
      path: "Sources/CommandLine/Options/DocumentOptions.swift", count: 1,
      reason: "Scanning and redacting read a file for its owner: what its columns hold is judged by its first rows."),
    Use(
      path: "Sources/Releases/Pipeline/Account.swift", count: 2,
      reason:
        "A release, or a look that is paid for, finds the account to charge by the table's keyed fingerprint, which stays in the owner's ledger."
    ),
    Use(
      path: "Sources/Releases/Pipeline/SourceReader.swift", count: 2,
      reason: "Row numbers that do not fit the schema are told to the owner; a schema is inferred where none is given: a named hazard."),
    Use(
      path: "Sources/Releases/Pipeline/Synthesis.swift", count: 1,
      reason:
        "The owner's report and the gate attack the release and compare it with its original. Figures stay beside the release, never in "
        + "it; that a gate looked is a named hazard."),
    Use(
      path: "Sources/Releases/Pipeline/UnprotectedSynthesis.swift", count: 1,
      reason: "--no-privacy trains on the rows as they are. What comes out is no release: unsigned, and NOT PRIVATE in every file's name."),
  ]

  /// On how many lines each file goes through the door, the declaration of the door itself left out.
  static func uses(in files: [SourceText]) -> [String: Int] {
    var uses: [String: Int] = [:]
    for file in files where file.isSource {
      let calls = file.violations(of: /\bopenForOwner\s*\(/, holding: ["openForOwner"], in: file.code, rule: "").count
      let declarations = file.violations(of: /\bfunc\s+openForOwner\b/, holding: ["openForOwner"], in: file.code, rule: "").count
      let count = calls - declarations
      if count > 0 { uses[file.path] = count }
    }
    return uses
  }

  /// Networks that see codes of rows inside the curator's wall (`GradientComputation`), by file, with the reason to trust that rows stay
  /// apart and nothing of them stays behind.
  static let gradientComputations: [String: String] = [
    "Sources/AdversarialSynthesis/PrivateCriticism.swift":
      "The critic: linear layers and rectifiers, which treat each row by itself; the memory of its pass is wiped after each call."
  ]

  /// Files that declare a type of this kind.
  static func gradientComputations(in files: [SourceText]) -> Set<String> {
    let pattern = /\b(?:class|extension)\b[^(]*[:,]\s*GradientComputation\b/
    let holding = files.filter { file in
      file.isSource && !file.violations(of: pattern, holding: ["GradientComputation"], in: file.code, rule: "").isEmpty
    }
    return Set(holding.map(\.path))
  }
}
