import Attacks
import Audits
import Foundation
import Testing

/// The whole-program fuzzer applied to this program: `understudy audit neighbours`, in short.
@Suite(.enabled(if: Command.built != nil, Command.absence))
struct NeighbourTests {
  private static func audit(_ settings: NeighbourSettings, _ program: Command) -> NeighbourAudit {
    NeighbourAudit(settings: settings, program: ProgramUnderAudit(executable: program.url))
  }

  /// A pair of each kind, with as many runs as it takes to prove a consistent difference in an exit
  /// status or a file.
  @Test func noPairContradictsItsClaim() throws {
    var settings = NeighbourSettings.short
    settings.falseAlarm = 1e-6
    let report = try Self.audit(settings, try #require(Command.built)).run()
    print(
      "neighbours: \(report.pairs.count) pairs, \(report.runs) runs, \(report.cpuSeconds) s, largest share \(report.largestShare)"
    )
    #expect(report.failures == [])
    #expect(report.pairs.count == settings.pairs && report.pairs.allSatisfy { $0.rounds > 0 })
  }

  @Test(.enabled(if: SharedData.runsLong, SharedData.long))
  func noPairContradictsItsClaimInTheDefaultRun() throws {
    var settings = NeighbourSettings()
    (settings.seed, settings.falseAlarm) = (UInt64(Date().timeIntervalSince1970), 1e-6)
    let report = try Self.audit(settings, try #require(Command.built)).run()
    print(
      "neighbours, seed \(settings.seed): \(report.pairs.count) pairs, \(report.runs) runs, \(report.cpuSeconds) s"
    )
    #expect(report.failures == [], "seed \(settings.seed)")
  }

  // MARK: Programs that are not ours

  /// A stand-in for the program: its output and files depend on the table, and nothing is charged
  /// for that.
  private static func shop(_ script: String) throws -> Workshop {
    let shop = try Workshop()
    try shop.writeProgram("#!/bin/sh\n\(script)\n", as: "program.sh")
    return shop
  }

  struct Leak: Sendable, CustomTestStringConvertible {
    let name: String
    let script: String
    var testDescription: String { name }
  }

  /// Every route by which the program might leak. Each is on the public list, and each is detected.
  static let leaks = [
    Leak(name: "exit status", script: "[ $(wc -l < table.csv) -gt 21 ] && exit 1; exit 0"),
    Leak(name: "standard error", script: "echo \"read $(wc -l < table.csv) lines\" >&2"),
    Leak(name: "standard output", script: "echo \"{\\\"rows\\\": $(wc -l < table.csv)}\""),
    Leak(
      name: "content of a file", script: "mkdir release; wc -l < table.csv > release/model-card.md"),
    Leak(
      name: "a number of a file",
      script: "mkdir release; echo \"{\\\"a\\\": [1, $(wc -l < table.csv)]}\" > release/model.json"),
    Leak(
      name: "size of a file",
      script: "mkdir release; head -c $(wc -l < table.csv) /dev/zero > release/report.html"),
    Leak(name: "rows of a table", script: "mkdir release; cp table.csv release/synthetic.csv"),
    Leak(name: "name of a file", script: "mkdir release; touch release/part-$(wc -l < table.csv)"),
    Leak(
      name: "mode of a file",
      script:
        "mkdir release; touch release/a; [ $(wc -l < table.csv) -gt 21 ] && chmod 600 release/a; true"
    ),
    Leak(
      name: "file beside the release",
      script: "[ $(wc -l < table.csv) -gt 21 ] && touch forgotten; true"),
    Leak(
      name: "temporary file",
      script: "[ $(wc -l < table.csv) -gt 21 ] && touch $TMPDIR/forgotten; true"),
    Leak(
      name: "hazards",
      script:
        "mkdir release; [ $(wc -l < table.csv) -gt 21 ] && echo '{\"hazards\": [\"x\"]}' > release/manifest.json; true"
    ),
  ]

  /// Two tables of 20 and 21 rows.
  private static let pair: NeighbourPair = {
    let column = FuzzedColumn(name: "a", kind: .integer)
    let row = FuzzedRow(cells: [FuzzedCell(text: "7")])
    func table(_ rows: Int) -> FuzzedTable {
      FuzzedTable(names: ["a"], rows: Array(repeating: row, count: rows))
    }
    return NeighbourPair(
      number: 1, without: table(20), with: table(21), schema: FuzzedSchema(columns: [column]),
      run: FuzzedRun(), change: "a row more",
      marks: [])
  }()

  @Test(arguments: leaks) func everyWayOutIsWatched(_ leak: Leak) throws {
    let shop = try Self.shop(leak.script)
    let audit = Self.audit(NeighbourSettings(), Command(url: shop.file("program.sh")))
    let result = try audit.judge(Self.pair)
    #expect(result.isRefuted, "\(leak.name): \(result)")
    print(
      "a leak by \(leak.name): refuted after \(result.refutedAfter ?? -1) runs on each file. \(result.event ?? "")"
    )
  }

  /// Output for the owner may differ.
  @Test(arguments: [
    "echo \"{\\\"ownerMessages\\\": [\\\"$(wc -l < table.csv) cells do not fit\\\"]}\"",
    "wc -l < table.csv > ledger.sqlite; mkdir keys; cp table.csv keys", "echo $$ > /dev/null",
    "mkdir release; echo \"{\\\"hazards\\\": [\\\"observed-facts\\\"], \\\"rows\\\": $(wc -l < table.csv)}\" > release/manifest.json",
  ]) func whatIsTheOwnersMayDiffer(_ script: String) throws {
    let shop = try Self.shop(script)
    let result = try Self.audit(NeighbourSettings(), Command(url: shop.file("program.sh"))).judge(
      Self.pair)
    #expect(!result.isRefuted && result.rounds >= 14 && result.provedEpsilon == 0, "\(result)")
  }

  /// The command run as a command: its verdict, its exit status and its files.
  @Test func theCommandSaysWhatItFound() throws {
    let shop = try Self.shop("[ $(($(wc -l < table.csv) % 2)) = 1 ] && exit 7; exit 0")
    let command = try #require(Command.built)
    let found = try command.run(
      ["audit", "neighbours", "--pairs", "3", "--program", "program.sh", "--keep", "kept"], in: shop
    )
    #expect(found.status == 3, "\(found.all)")
    let last = found.output.split(separator: "\n").last.map(String.init) ?? ""
    #expect(last.contains("contradicts its claim: epsilon is at least"), "\(last)")
    let kept = try FileManager.default.contentsOfDirectory(atPath: shop.file("kept").path)
    #expect(!kept.isEmpty && shop.exists("kept/\(kept[0])/with.csv"))
    let honest = try Self.shop("exit 0")
    let passed = try command.run(
      ["audit", "neighbours", "--pairs", "2", "--program", "program.sh", "--json", "--quiet"],
      in: honest)
    #expect(passed.status == 0 && passed.errors.isEmpty, "\(passed.all)")
    let report = try JSONDecoder().decode(NeighbourReport.self, from: Data(passed.output.utf8))
    #expect(
      report.verdict == "pass" && report.pairs.count == 2 && report.runs >= 56
        && report.largestShare == 0)
    let page = try command.run(
      ["audit", "neighbours", "--pairs", "2", "--program", "program.sh"], in: honest)
    #expect(
      page.output.split(separator: "\n").last?.hasPrefix("No pair contradicts its claim: 2 pairs")
        == true, "\(page.output)")
  }

  @Test(arguments: [
    ["--program", "nowhere"], ["--keep", "taken"], ["--pairs", "0"], ["--rounds", "1"],
    ["--false-alarm", "2"],
  ]) func whatCannotBeMeantIsRefused(_ words: [String]) throws {
    let shop = try Workshop()
    try shop.write("mine", as: "taken")
    let outcome = try #require(Command.built).run(["audit", "neighbours"] + words, in: shop)
    #expect(outcome.status == 1 || outcome.status == 2)
    #expect(
      outcome.errors.contains(
        words[0].hasPrefix("--p") && words[1] == "nowhere" ? "nowhere" : words[0].dropFirst(2))
        || outcome.status == 1
    )
  }
}
