/// The door around the curator, for data that stays with its owner.
///
/// Every file in `Sources` that uses it is listed here, with the number of lines and the reason. A
/// new use changes the privacy of the whole program and must be discussed before it is listed.
enum OwnerDoor {
  struct Use: Equatable {
    let path: String
    let count: Int
    let reason: String
  }

  static let allowed: [Use] = [
    Use(
      path: "Sources/Evidence/Audits/Transcripts/SimulatedPeople.swift", count: 1,
      reason:
        "Audits read invented people from a file, so that reading is audited too; nobody else is in it."
    ),
    Use(
      path: "Sources/Doors/Understudy/Evidence/TableAttack.swift", count: 1,
      reason:
        "Attacking a release needs the people it was made from; the result is printed to the owner, marked not private."
    ),
    Use(
      path: "Sources/Doors/Understudy/Evidence/TrackAttack.swift", count: 1,
      reason:
        "Attacking a map or trips needs the people they were made from; the result is printed to the owner, marked not private."
    ),
    Use(
      path: "Sources/Publishing/Releases/Places/PlaceTrial.swift", count: 2,
      reason:
        "The owner's report attacks a map or trips, with the people of the table and with others whom the owner gave. It is made after "
        + "publication and stays beside the ledger: no figure of it travels."
    ),
    Use(
      path: "Sources/Doors/Understudy/Budgets/BudgetBook.swift", count: 1,
      reason:
        "A table's account is found by its keyed fingerprint, which stays in the owner's ledger."),
    Use(
      path: "Sources/Doors/Understudy/Evidence/TableComparison.swift", count: 1,
      reason:
        "Comparing a release with its original is what the owner asks for; the result is printed to the owner, marked not private."
    ),
    Use(
      path: "Sources/Doors/Understudy/Inspection/TableInspection.swift", count: 1,
      reason:
        "Inspection writes the schema that the owner reads and corrects, and advice that the owner alone sees."
    ),
    Use(
      path: "Sources/Doors/Understudy/Inspection/FolderInspection.swift", count: 1,
      reason:
        "Inspection of a folder writes the schema that the owner reads and corrects, and advice that the owner alone sees."
    ),
    Use(
      path: "Sources/Doors/Understudy/Evidence/LinkedFolder.swift", count: 1,
      reason:
        "Comparing and attacking linked tables is what the owner asks for; the result is printed to the owner, marked not private."
    ),
    Use(
      path: "Sources/Publishing/Releases/Trial/People.swift", count: 3,
      reason:
        "People who were held out, or whom the owner gave, are attacked for comparison. No figure of it travels."
    ),
    Use(
      path: "Sources/Doors/Understudy/Prose/DocumentSettings.swift", count: 1,
      reason:
        "Scanning and redacting read a file for its owner: what its columns hold is judged by its first rows."
    ),
    Use(
      path: "Sources/Publishing/Releases/Pipeline/Account.swift", count: 1,
      reason:
        "A release finds the account to charge by the table's keyed fingerprint, which stays in the owner's ledger."
    ),
    Use(
      path: "Sources/Publishing/Releases/Pipeline/Account+Acceptance.swift", count: 1,
      reason:
        "A look that is paid for finds the account to charge by the table's keyed fingerprint, which stays in the owner's ledger."
    ),
    Use(
      path: "Sources/Publishing/Releases/Answers/Asking.swift", count: 1,
      reason:
        "A question finds the account to charge by the table's keyed fingerprint, which stays in the owner's ledger."
    ),
    Use(
      path: "Sources/Publishing/Releases/Places/PlaceAccount.swift", count: 1,
      reason:
        "A map, or a set of trips, finds the account to charge by the table's keyed fingerprint, which stays in the owner's ledger."
    ),
    Use(
      path: "Sources/Publishing/Releases/Check/TableCheck+Make.swift", count: 1,
      reason:
        "How a table fits its schema is shown to its owner before anything is spent, marked not private."
    ),
    Use(
      path: "Sources/Publishing/Releases/Check/StrayTexts.swift", count: 1,
      reason:
        "The texts that do not fit a schema are shown to the owner who has to correct it, marked not private."
    ),
    Use(
      path: "Sources/Publishing/Releases/Pipeline/SourceReader.swift", count: 2,
      reason:
        "How many cells did not fit the schema is told to the owner; a strict request refuses them, and a schema is inferred where none is "
        + "given: named hazards."),
    Use(
      path: "Sources/Publishing/Releases/Pipeline/Synthesis.swift", count: 1,
      reason:
        "The owner's report and the gate attack the release and compare it with its original. Figures stay beside the release, never in "
        + "it; that a gate looked is a named hazard."),
    Use(
      path: "Sources/Publishing/Releases/Pipeline/UnprotectedSynthesis.swift", count: 1,
      reason:
        "--no-privacy trains on the rows as they are. What comes out is no release: unsigned, and NOT PRIVATE in every file's name."
    ),
  ]

  /// The number of lines in each file that use the door, except its own declaration.
  static func uses(in files: [SourceText]) -> [String: Int] {
    var uses: [String: Int] = [:]
    for file in files where file.isSource {
      let calls = file.violations(
        of: /\bopenForOwner\s*\(/, holding: ["openForOwner"], in: file.code, rule: ""
      ).count
      let declarations = file.violations(
        of: /\bfunc\s+openForOwner\b/, holding: ["openForOwner"], in: file.code, rule: ""
      ).count
      let count = calls - declarations
      if count > 0 { uses[file.path] = count }
    }
    return uses
  }

  /// Files that take the rows out of an `OwnerTable`, with the reason. Any other file can only pass
  /// the table on.
  static let rowReaders: [String: String] = [
    "Sources/Data/Tables/OwnerTable.swift": "The door itself.",
    "Sources/Privacy/Curation/Fingerprints/DatasetFingerprint+Compute.swift":
      "Keyed fingerprints stay in the owner's ledger.",
    "Sources/Identifiers/ProseRedaction/Documents/ColumnUses.swift":
      "What columns hold decides how a file is redacted for its owner.",
    "Sources/Evidence/Quality/QualityReport+Measure.swift":
      "The comparison with the original is the owner's.",
    "Sources/Evidence/Attacks/AttackSuite.swift":
      "What attacks find is the owner's; of the gate's decision a named bit travels.",
    "Sources/Evidence/Attacks/Linkage/LinkageAttack.swift": "The same, of sparse tables.",
    "Sources/Evidence/PlaceAttacks/PeopleTracks.swift": "The same, of tracks.",
    "Sources/Evidence/Audits/Transcripts/SimulatedPeople.swift": "The people are invented.",
    "Sources/Publishing/Releases/Check/TableCheck+Make.swift":
      "How a table fits its schema is for the owner.",
    "Sources/Publishing/Releases/Check/StrayTexts.swift":
      "The texts that do not fit a schema are for the owner.",
    "Sources/Publishing/Releases/Pipeline/SourceReader.swift":
      "Cells that do not fit are counted for the owner; a schema is inferred, a named hazard.",
    "Sources/Publishing/Releases/Pipeline/Account+Acceptance.swift":
      "Which columns name persons is guessed to know the people again.",
    "Sources/Publishing/Releases/Pipeline/UnprotectedSynthesis.swift":
      "--no-privacy trains on the rows. What comes out is no release.",
    "Sources/Publishing/Releases/Pipeline/PlantedFloor.swift":
      "A planted fault, compiled for the neighbours' audit only.",
    "Sources/Doors/Understudy/Inspection/TableInspection.swift": "Inspection is for the owner.",
    "Sources/Doors/Understudy/Inspection/FolderInspection.swift":
      "Inspection of several tables is for the owner.",
    "Sources/Doors/Understudy/Evidence/LinkedFolder.swift":
      "Rows of several tables are linked, compared and attacked for their owner.",
    "Sources/Doors/Understudy/Budgets/BudgetBook.swift":
      "Which columns name persons is guessed to know the people again.",
    "Sources/Doors/Understudy/Evidence/TableAttack.swift":
      "The release that is attacked is read like the original; which columns are identifiers is judged for the owner.",
    "Sources/Doors/Understudy/Evidence/TableComparison.swift":
      "The release that is compared is read like the original; which columns are identifiers is judged for the owner.",
  ]

  static func rowReaders(in files: [SourceText]) -> Set<String> {
    Set(
      files.filter { file in file.isSource && file.code.contains { $0.contains("ownersRows") } }
        .map(\.path))
  }

  /// A door of the curator that gives up the guarantee, and a file that uses it.
  struct OpenCurator: Hashable, CustomStringConvertible {
    /// `seeded`: anyone who knows the seed can remove the noise. `audited`: a probe sees exact
    /// answers.
    let door: String
    let path: String
    var description: String { "Curator(\(door):) in \(path)" }
  }

  static let openCurators: [OpenCurator: String] = [
    OpenCurator(door: "seeded", path: "Sources/Publishing/Releases/Request/ChargedRequest.swift"):
      "`--seed` makes a run that can be repeated: what it makes says that it is not private, and an answer is not kept.",
    OpenCurator(door: "audited", path: "Sources/Publishing/Releases/Request/ChargedRequest.swift"):
      "Tests watch whole runs on invented people; what they write is marked like a seeded run. No command can ask for it.",
    OpenCurator(door: "seeded", path: "Sources/Publishing/Releases/Linked/LinkedRequest.swift"):
      "A seed that its owner asks for; the release is marked not private in its manifest, model and report.",
    OpenCurator(door: "audited", path: "Sources/Publishing/Releases/Linked/LinkedRequest.swift"):
      "Tests watch whole releases of invented people; they are marked like seeded ones. No command can ask for it.",
    OpenCurator(door: "seeded", path: "Sources/Publishing/Releases/Pipeline/DeclaredTable.swift"):
      "Its rows are public by declaration: the noise on them protects nobody.",
    OpenCurator(door: "seeded", path: "Sources/Evidence/Audits/Intervals/IntervalAudit.swift"):
      "The people are invented.",
    OpenCurator(
      door: "audited", path: "Sources/Publishing/Releases/Pipeline/UnprotectedSynthesis.swift"):
      "--no-privacy promises nothing: its domain is that of exact answers, rare labels among them. What comes out is no release.",
    OpenCurator(
      door: "audited", path: "Sources/Evidence/Audits/Neighbours/GradientNeighbours.swift"):
      "The people are invented.",
    OpenCurator(door: "audited", path: "Sources/Evidence/Audits/CanaryAudit.swift"):
      "The people are invented.",
    OpenCurator(door: "audited", path: "Sources/Evidence/Audits/TrainingAudit.swift"):
      "The people are invented.",
    OpenCurator(door: "audited", path: "Sources/Evidence/Audits/Transcripts/TranscriptAudit.swift"):
      "The people are invented.",
  ]

  /// Finds calls even if they extend over several lines.
  static func openCurators(in files: [SourceText]) -> Set<OpenCurator> {
    var found: Set<OpenCurator> = []
    for file in files where file.isSource {
      for call in file.code.joined(separator: "\n").matches(
        of: /\b(?:People)?Curator(?:\.init)?\(\s*(seeded|audited)\s*:/)
      {
        found.insert(OpenCurator(door: String(call.output.1), path: file.path))
      }
    }
    return found
  }

  /// Networks that see codes of rows inside the curator's wall (`GradientComputation`), by file,
  /// with the reason to trust that they keep rows apart and retain nothing of them. The tests also
  /// examine each, see ``examined(in:)``.
  static let gradientComputations: [String: String] = [
    "Sources/Models/AdversarialSynthesis/PrivateCriticism.swift":
      "The critic: linear layers and rectifiers, whose products take each row by itself; the memory of its pass is wiped after each call.",
    "Sources/Models/Prediction/RowScorer.swift":
      "Points of a row's own codes, added in one fixed order; nothing but the parameters is kept between calls.",
    "Sources/Demonstrations/ModelStories/Faces/SoftmaxGradients.swift":
      "A picture's own shades, added in one fixed order; its probabilities are wiped after each call. For invented faces.",
  ]

  /// The types of this kind that the sources declare, by file. A declaration may extend over
  /// several lines.
  static func declaredGradientComputations(in files: [SourceText]) -> [String: Set<String>] {
    let pattern =
      /\b(?:class|extension|actor)\s+([\w.]+)[^{}()]*[:,&]\s*(?:\w+\s*\.\s*)?GradientComputation\b[^{}()]*\{/
    var found: [String: Set<String>] = [:]
    for file in files where file.isSource {
      let names = file.code.joined(separator: "\n").matches(of: pattern).map {
        String($0.output.1.split(separator: ".").last ?? "")
      }
      if !names.isEmpty { found[file.path] = Set(names) }
    }
    return found
  }

  /// The file that lists the types whose rows the tests compare, alone and in every batch, as
  /// `Examined(TYPE.self`.
  static let examinations =
    "Tests/AdversarialSynthesisTests/Gradients/GradientComputationTests.swift"

  static func examined(in files: [SourceText]) -> Set<String> {
    let lines = files.first { $0.path == examinations }?.code ?? []
    return Set(
      lines.flatMap { $0.matches(of: /\bExamined\(\s*(\w+)\.self/).map { String($0.output.1) } })
  }
}
