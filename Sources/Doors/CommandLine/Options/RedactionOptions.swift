import ArgumentParser
import Foundation
import ProseRedaction
import Pseudonyms
import Understudy
import Words

/// The treatment of identifiers.
struct RedactionOptions: ParsableArguments {
  enum Policy: String, ExpressibleByArgument, CaseIterable {
    case hipaaSafeHarbor = "hipaa-safe-harbor"
  }

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "mask, tag, fake, pseudonym, drop or keep, for all types or, as in DATE=shift, for one. Also DATE=year, POSTAL_CODE=zip3, "
        + "AGE=cap. Repeatable. Default: tag.", valueName: "mode"))
  var mode: [String] = []

  @Option(
    help: ArgumentHelp(
      "Rules to keep to: hipaa-safe-harbor. The report says how the file stands with each line.",
      valueName: "policy"))
  var policy: Policy?

  @Option(
    help: ArgumentHelp(
      "Safe Harbor and zip3: areas of few people, three digits a line. Default: those of the census of 2000.",
      valueName: "file"))
  var zipTable: String?

  @Option(
    help: ArgumentHelp(
      "The owner's key, made where there is none: one key, one fake for each identifier. Default: a key for this run only.",
      valueName: "file"))
  var key: String?

  @Option(
    help: ArgumentHelp(
      "The field or column that says whose text it is: dates shift by person. Default: each document its own.",
      valueName: "name"))
  var personField: String?

  @Flag(help: "Read 3/4/2020 as 3 April where nothing in the document says otherwise.")
  var dayFirst = false

  func validate() throws { _ = try plan() }

  func plan() throws -> RedactionPlan {
    let entries = try mode.map(Self.entry)
    let usual = entries.last { $0.type == nil }?.mode ?? .tag
    var plan = policy == nil ? RedactionPlan(usual) : SafeHarbor.plan(usual: usual)
    for entry in entries { if let type = entry.type { plan[type] = entry.mode } }
    if policy != nil,
      let type = IdentifierType.allCases.first(where: { !SafeHarbor.allows(plan[$0]) })
    {
      throw ValidationError(
        "--mode: Safe Harbor does not allow \(plan[type].rawValue) for \(type.rawValue); it allows mask, tag and drop, "
          + "and DATE=year, POSTAL_CODE=zip3, AGE=cap")
    }
    return plan
  }

  private static func entry(_ text: String) throws -> (type: IdentifierType?, mode: RedactionMode) {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard let word = parts.last, let mode = RedactionMode(rawValue: word.lowercased()) else {
      throw ValidationError(
        "--mode: must be one of \(RedactionMode.allCases.map(\.rawValue).joined(separator: ", ")), or TYPE=MODE"
      )
    }
    guard parts.count == 2 else {
      guard mode.types == nil else {
        throw ValidationError(
          "--mode: \(mode.rawValue) is for one type; say \(mode.types?.first?.rawValue ?? "")=\(mode.rawValue)"
        )
      }
      return (nil, mode)
    }
    guard let type = IdentifierType(rawValue: parts[0].uppercased()) else {
      throw ValidationError(
        "--mode: there is no type \(parts[0]); `understudy scan --help` lists them")
    }
    guard mode.types?.contains(type) != false else {
      throw ValidationError(
        "--mode: \(mode.rawValue) is for \(mode.types?.first?.rawValue ?? "") only")
    }
    return (type, mode)
  }

  /// Returns the redactor that rewrites the texts.
  func redactor() throws -> Redactor {
    var zips = ThreeDigitZips.census2000
    if let zipTable {
      guard let text = try InputFile.text(zipTable) else {
        throw Failure(
          "\(zipTable): there is no such list of areas, or it cannot be read.",
          remedy: "Check the path.")
      }
      zips = try ThreeDigitZips(text, path: zipTable)
    }
    let key =
      try key.map { try PseudonymKey.open(at: InputFile.url($0)) } ?? PseudonymKey.ephemeral()
    return Redactor(
      plan: try plan(), key: key, zips: zips,
      thisYear: Calendar(identifier: .gregorian).component(.year, from: .now))
  }
}
