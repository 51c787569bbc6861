import Accounting
import ArgumentParser
import Foundation
import Policies
import Releases
import TableSources
import Understudy

/// Options of the commands that make a release from a table of points.
struct PlaceOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The schema, with `place` and a person column.", valueName: "file"))
  var schema: String

  @Option(
    help: ArgumentHelp(
      "How much the release may reveal about any one person; 1 is usual.", valueName: "number"))
  var epsilon: Double

  @Option(help: ArgumentHelp("The chance that is left out of the guarantee.", valueName: "number"))
  var delta = Checked.usualDelta

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The folder to be made. Needed unless --plan.", valueName: "folder"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "What the release must promise, or nothing is read: a policy file without attacks and distances.",
      valueName: "policy"))
  var policy: String?

  @Flag(help: "Show what it costs and can show, and stop. Reads no point.")
  var plan = false

  @Flag(help: "Replace a release that is there already.")
  var force = false

  @Option(
    help: ArgumentHelp(
      "The folder of the key that signs releases. Default: beside the ledger.", valueName: "folder")
  )
  var keys: String?

  @Option(
    help: ArgumentHelp(
      "Makes the run repeatable and NOT PRIVATE. For tests only.", valueName: "number"))
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Tracks of people of the same kind who are not in the table, to compare with in the owner's report.",
      valueName: "file"))
  var control: String?

  @Option(
    name: .customLong("owner-report"),
    help: ArgumentHelp(
      "The folder for attacks on the release, outside of it. Default: owner/RELEASE-DATE beside the ledger.",
      valueName: "folder"))
  var ownerReport: String?

  @Flag(
    name: .customLong("no-owner-report"),
    help: "Leave out the attacks on the release, which stay with its owner.")
  var hasNoOwnerReport = false

  @OptionGroup var source: SourceOptions
  @OptionGroup var people: PeopleOptions
  @OptionGroup var ledger: LedgerOptions

  func validate() throws {
    try Checked.epsilon(epsilon)
    try Checked.delta(delta)
    if !plan, output == nil {
      throw ValidationError("-o: name the folder that is to be made, such as -o release")
    }
    if hasNoOwnerReport, ownerReport != nil || control != nil {
      throw ValidationError(
        "--no-owner-report: leaves out what --owner-report and --control are for. Leave out one or the other"
      )
    }
  }

  /// Returns the request. The table is opened unless only a plan is asked for.
  func request<Settings>(
    _ file: String, settings: Settings, _ console: Console
  ) throws -> PlaceRequest<Settings> {
    let input =
      try plan ? InputFile.url(file) : InputFile.table(file, schema: schema, of: source).url
    var request = PlaceRequest(
      input: input, schema: try InputFile.readable(schema),
      output: InputFile.url(output ?? "release"), epsilon: Epsilon(checked: epsilon),
      ledger: try ledger.url(), settings: settings)
    request.delta = Delta(checked: delta)
    request.policy = try policy.map { try InputFile.policy($0) }
    request.keys = keys.map(InputFile.url)
    request.replacesOutput = force
    request.control = try plan ? nil : control.map { try InputFile.table($0, schema: schema).url }
    request.isAttacked = !hasNoOwnerReport
    request.ownerFolder = ownerReport.map(InputFile.url)
    request.samePeopleAs = people.samePeopleAs
    request.hasOtherPeople = people.hasOtherPeople
    request.seed = plan ? nil : seed
    if !plan, seed != nil {
      console.warn("--seed makes this release NOT PRIVATE. Do not share it.")
    }
    return request
  }
}
