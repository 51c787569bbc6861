import Accounting
import Basics
import Curation
import Foundation
import Ledger
import LinkedSynthesis
import Manifests
import Releases
import Testing

/// Releases of linked tables from end to end: what leaves the curator is all that a release shows,
/// the ledger pays, and the folder is what its owner signed.
@Suite struct LinkedTests {
  private static let schema = """
    version: 6
    facts: declared
    person: people
    tables:
      - table: people
        key: pid
        columns:
          - {name: pid, type: identifier, role: identifier(uuid)}
          - {name: birth, type: date, format: dd.MM.yyyy}
          - {name: sex, type: category}
          - {name: died, type: date, format: dd.MM.yyyy, missing: yes}
      - table: visits
        key: vid
        parents: {pid: people}
        time: begin
        end: end
        columns:
          - {name: vid, type: integer, role: identifier(code)}
          - {name: pid, type: identifier, role: identifier(uuid)}
          - {name: begin, type: timestamp, format: "yyyy-MM-dd HH:mm:ss"}
          - {name: end, type: timestamp, format: "yyyy-MM-dd HH:mm:ss"}
          - {name: kind, type: category}
      - table: findings
        parents: {vid: visits}
        columns:
          - {name: vid, type: integer, role: identifier(code)}
          - {name: code, type: category}
          - {name: words, type: category}
      - table: codes
        public: yes
        key: code
        columns:
          - {name: code, type: category}
          - {name: text, type: category}
    rules:
      - visits.begin <= visits.end
      - visits.end before next visits.begin
      - people.birth <= visits.begin
      - visits.end <= people.died
      - findings.code -> findings.words
    """

  /// Files of `count` people whose births lie in the 19th century.
  private func workshop(_ count: Int = 250, leavingOut: Int? = nil) throws -> Workshop {
    let shop = try Workshop()
    var generator = SamplingGenerator(seed: 3)
    var (people, visits, findings) = (
      "pid,birth,sex,died\n", "vid,pid,begin,end,kind\n", "vid,code,words\n"
    )
    var number = 0
    for person in 0..<count {
      let key = "00000000-0000-4000-8000-" + String(format: "%012d", person)
      let kept = person != leavingOut
      let died = generator.below(4) == 0 ? "0\(1 + generator.below(9)).03.1899" : ""
      let (year, sex) = (1830 + generator.below(30), ["F", "M"][generator.below(2)])
      if kept { people += "\(key),15.06.\(year),\(sex),\(died)\n" }
      var day = 1
      for _ in 0..<(1 + generator.below(4)) {
        let month = 1 + generator.below(3)
        let code = generator.below(3)
        if kept, day < 26 {
          let begin = String(format: "1890-%02d-%02d 08:30:00", month, day)
          let end = String(format: "1890-%02d-%02d 17:00:00", month, day + 1)
          visits += "\(number),\(key),\(begin),\(end),\(["A", "B"][generator.below(2)])\n"
          findings += "\(number),K\(code),word \(code)\n"
        } else {
          _ = generator.below(2)
        }
        day += 2 + generator.below(8)
        number += 1
      }
    }
    try FileManager.default.createDirectory(
      at: shop.file("clinic"), withIntermediateDirectories: true)
    try shop.write(people, as: "clinic/people.csv")
    try shop.write(visits, as: "clinic/visits.csv")
    try shop.write(findings, as: "clinic/findings.csv")
    // A dictionary that several studies share is often a link.
    try shop.write("code,text\nK0,none\nK1,one\n", as: "shared.csv")
    try FileManager.default.createSymbolicLink(
      atPath: shop.file("clinic/codes.csv").path, withDestinationPath: "../shared.csv")
    try shop.write(Self.schema, as: "clinic.yaml")
    return shop
  }

  private func request(_ shop: Workshop, output: String = "release") throws -> LinkedRequest {
    var request = SynthesisRequest(
      input: shop.file("clinic"), output: shop.file(output), epsilon: try Epsilon(8),
      ledger: shop.file("ledger.sqlite"))
    request.schemaFile = shop.file("clinic.yaml")
    request.delta = Delta(checked: 1e-6)
    return LinkedRequest(request)
  }

  private func rows(_ shop: Workshop, _ file: String) throws -> [[String]] {
    try shop.text(file).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test func aReleaseIsVerifiedAndHoldsTogether() throws {
    let shop = try workshop()
    let plan = try LinkedReleasePlan(try request(shop))
    #expect(plan.tables.map(\.name) == ["people", "visits", "findings"])
    #expect(!shop.exists("ledger.sqlite"), "a plan spends nothing")
    let summary = try LinkedRelease.run(try request(shop))
    #expect(summary.isPrivate && summary.people > 100)
    var verification = ReleaseVerification(release: shop.file("release"))
    verification.ledger = shop.file("ledger.sqlite")
    let report = try verification.run()
    #expect(report.isPassed, "\(report.failures)")
    for name in ["people.csv", "visits.csv", "findings.csv", "codes.csv"] {
      #expect(
        try rows(shop, "release/\(name)")[0] == rows(shop, "clinic/\(name)")[0], "\(name)")
    }
    #expect(try shop.data("release/codes.csv") == shop.data("clinic/codes.csv"))
    let copied = try FileManager.default.attributesOfItem(
      atPath: shop.file("release/codes.csv").path)
    #expect(copied[.type] as? FileAttributeType == .typeRegular)
    try expectWhole(shop, "release")
    let whole = try shop.data("release/visits.csv")
    try (whole + Data(" ".utf8)).write(to: shop.file("release/visits.csv"))
    #expect(try !verification.run().isPassed)
    let drawn = try LinkedRelease.sample(
      shop.file("release"), people: 40, output: shop.file("more"), seed: 1)
    #expect(drawn > 80)
    #expect(try rows(shop, "more/people.csv").count == 41)
    #expect(try shop.data("more/codes.csv") == shop.data("clinic/codes.csv"))
    try expectWhole(shop, "more")
  }

  /// Keys are fresh and unique, links lead somewhere, times are in order and as they were written.
  private func expectWhole(_ shop: Workshop, _ folder: String) throws {
    let people = try rows(shop, "\(folder)/people.csv").dropFirst()
    let keys = people.map { $0[0] }
    #expect(Set(keys).count == keys.count)
    #expect(keys.allSatisfy { $0.count == 36 && !$0.hasPrefix("00000000-0000-4000") })
    #expect(people.allSatisfy { $0[1].wholeMatch(of: /(\d\d\.\d\d\.1[789]\d\d)?/) != nil })
    let visits = try rows(shop, "\(folder)/visits.csv").dropFirst()
    #expect(Set(visits.map { $0[0] }).count == visits.count)
    #expect(Set(visits.map { $0[1] }).isSubset(of: Set(keys)))
    var last: [String: String] = [:]
    for visit in visits where !visit[2].isEmpty && !visit[3].isEmpty {
      #expect(visit[2] <= visit[3] && last[visit[1]] ?? "" <= visit[2])
      #expect(visit[2].wholeMatch(of: /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/) != nil)
      last[visit[1]] = visit[3]
    }
    let findings = try rows(shop, "\(folder)/findings.csv").dropFirst()
    #expect(Set(findings.map { $0[0] }).isSubset(of: Set(visits.map { $0[0] })))
    let words = Dictionary(grouping: findings, by: { $0[1] }).mapValues {
      Set($0.map { $0[2] }).count
    }
    #expect(words.values.allSatisfy { $0 == 1 })
  }

  /// All that a release shows but the owner's key and keyed marks.
  private func sighting(_ shop: Workshop, _ probe: ReplayProbe) throws -> [String: Data] {
    var request = try request(shop)
    request.request.seed = 5
    request.request.probe = probe
    request.request.now = { Date(timeIntervalSince1970: 1_800_000_000) }
    _ = try LinkedRelease.run(request)
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(
      atPath: shop.file("release").path)
    where name.hasSuffix(".csv") || name == "linked-model.json" || name == "report.html" {
      files[name] = try shop.data("release/\(name)")
    }
    return files
  }

  /// A person more or fewer, and with the same noisy answers nothing differs by a byte; with the
  /// exact answers something does.
  @Test func nothingButTheAnswersTells() throws {
    let first = ReplayProbe()
    let all = try sighting(try workshop(), first)
    for person in [7, 200] {
      let replay = ReplayProbe(first.exchanges)
      let rest = try sighting(try workshop(leavingOut: person), replay)
      #expect(all.keys.sorted() == rest.keys.sorted())
      for (name, data) in all { #expect(data == rest[name], "\(name)") }
      #expect(first.exchanges.map(\.question) == replay.exchanges.map(\.question))
      #expect(
        zip(first.exchanges, replay.exchanges).contains { $0.exact != $1.exact },
        "nobody made a difference")
    }
  }
}
