/// Below the doors, texts name things, not options of the command line, because other doors have
/// none.
///
/// An error describes the problem, and `FlagAdvice` in the command line adds the option that solves
/// it.
enum FlagRule {
  static let doors = "Sources/Doors"

  /// Files whose texts do name options, with the reason. None of these texts describes an error.
  static let allowed: [String: String] = [
    "Account.swift": "What a charge was for, as it stands in ledgers.",
    "Account+Acceptance.swift": "A command for the owner to run, and what a charge was for.",
    "Asking.swift": "A command for the owner to run, and what a charge was for.",
    "PlaceAccount.swift": "The same as `Asking.swift`.",
    "Training.swift": "What a charge was for.",
    "LinkedRelease.swift": "What a charge was for.",
    "ShellWord.swift": "Commands for the owner to run.",
    "PrivateInspection.swift": "A note to the owner on the look that was asked for.",
    "RowLimit.swift": "A note to the owner on the rows that were written.",
    "ReadNote.swift": "Notes to the owner on how a file was read.",
    "AIMSynthesizer.swift": "The limits of a plan, for its reader.",
    "Gate.swift": "How to meet a line of a policy: reports show it beside the line.",
    "Gate+Evidence.swift": "The same.",
    "Gate+Utility.swift": "The same.",
    "Policy+Presets.swift": "Comments in a policy file that its owner edits.",
    "SchemaFile+Write.swift": "Comments in a schema file that its owner edits.",
    "ReleaseVerification+Contents.swift": "A line of a verification, for its reader.",
    "ReleaseReport+Make.swift": "A command that a report tells its reader to run.",
    "EvidenceTable.swift": "A report, on how the release was asked for.",
    "GuaranteeScope.swift": "The same.",
    "Hazard.swift": "The same.",
    "OwnerWording.swift": "The same.",
    "UnprotectedSynthesis.swift": "A page that tells its reader how a release is made.",
    "ReportStyle.swift": "Names of colours in a style sheet.",
    "MapScript.swift": "The same.",
    "ProgramUnderAudit.swift": "The audit starts the program itself.",
  ]

  /// The lines whose strings hold an option, whatever the file.
  static func flags(in file: SourceText) -> [Violation] {
    guard file.isSource, !file.isUnder([doors]) else { return [] }
    return file.violations(
      of: /(?:^|[^\w-])--[a-z][\w-]*/, holding: ["--"], in: file.literals,
      rule: "a text below the doors names an option of the command line")
  }

  static func violations(in file: SourceText) -> [Violation] {
    allowed[String(file.path.split(separator: "/").last ?? "")] == nil ? flags(in: file) : []
  }
}
