import Foundation
import Quality
import Reports
import Tables
import Testing

@Suite struct ReportPageTests {
  enum Page: String, CaseIterable {
    case release, owner

    func html() throws -> String {
      switch self {
      case .release:
        try ReportSamples.release(hazards: [
          ReportHazard(severity: .caution, title: "A <hazard>", detail: "b & c")
        ]).html()
      case .owner: try ReportSamples.owner().html()
      }
    }
  }

  @Test(arguments: Page.allCases)
  func `a page is whole by itself and runs nothing`(page: Page) throws {
    let html = try page.html()
    for forbidden in [
      "<script", "http:", "https:", "src=", "url(", "@import", "javascript:", "onload", "<link",
      "<iframe",
    ] {
      #expect(!html.contains(forbidden), "found \(forbidden)")
    }
    #expect(html.hasPrefix("<!doctype html>"))
    #expect(html.contains("prefers-color-scheme:dark") && html.contains("@media print"))
  }

  @Test(arguments: Page.allCases)
  func `names are escaped wherever they appear`(page: Page) throws {
    let html = try page.html()
    #expect(html.contains("a&lt;b&gt;&amp;&quot;c"))
    #expect(!html.contains("a<b>"))
    #expect(!html.contains("x<y"))
    #expect(!html.contains("&amp;lt;"), "escaped twice")
    #expect(!html.contains("{{") && !html.contains("}}}"), "a tag of the template was left")
  }

  @Test(arguments: Page.allCases)
  func `every picture has a name, and elements are closed`(page: Page) throws {
    let html = try page.html()
    let pictures = html.components(separatedBy: "<svg").dropFirst()
    #expect(pictures.count > 5)
    for picture in pictures {
      let start = picture.drop { $0 != ">" }.dropFirst()
      #expect(start.hasPrefix("<title>") && !start.hasPrefix("<title></title>"))
    }
    for element in [
      "svg", "section", "table", "details", "div", "article", "tr", "td", "p", "ul", "li", "h2",
      "h3", "main", "dl",
    ] {
      let opened =
        html.components(separatedBy: "<\(element)>").count
        + html.components(separatedBy: "<\(element) ").count - 2
      let closed = html.components(separatedBy: "</\(element)>").count - 1
      #expect(opened == closed, "<\(element)>: \(opened) opened, \(closed) closed")
    }
    #expect(html.components(separatedBy: "<details").count > 4, "figures stand behind the pictures")
  }

  @Test func `only the owner's page speaks of the original's figures and says that it stays`()
    throws
  {
    let release = try Page.release.html()
    let owner = try Page.owner.html()
    #expect(owner.contains("Stays with you: not private"))
    #expect(!release.contains("Stays with you"))
    #expect(!release.contains("class=\"original\" data-"))
    #expect(owner.contains("synthetic 34 %, original") || owner.contains(", original "))
    #expect(!release.contains(", original "))
  }

  /// A relation that noise alone may show is not called one, and what follows from others is drawn
  /// apart.
  @Test func `bars and relations show their noise`() throws {
    var report = ReportSamples.release()
    let names = try #require(report.associations).columns
    let values = try #require(report.associations).cramersV
    #expect(try !report.html().contains("class=\"whisker\""), "nothing is known of its noise")
    for index in report.distributions.indices {
      for bar in report.distributions[index].bars.indices {
        report.distributions[index].bars[bar].margin = 0.02
      }
      report.distributions[index].missing.margin = 0.02
    }
    var places: [(Int, Int)] = []
    for first in names.indices {
      for second in names.indices where second > first { places.append((first, second)) }
    }
    let strongest = try #require(values.indices.max { values[$0] < values[$1] })
    func html(_ floor: Double, isMeasured: Bool) throws -> String {
      report.expectedError?.pairs = places.enumerated().map { index, place in
        ExpectedError.Pair(
          first: names[place.0], second: names[place.1], distance: 0.1,
          isMeasured: index == strongest ? isMeasured : true,
          floor: index == strongest ? floor : 1)
      }
      return try report.html()
    }
    let bar = "\(names[places[strongest].0]) × \(names[places[strongest].1])"
    let ranked = SVG.escape(bar.prefix(26) + "")
    let known = try html(values[strongest] / 2, isMeasured: true)
    #expect(known.contains("class=\"whisker\"") && known.contains(" ± 2"))
    #expect(known.contains("1 were counted together and stand out of the noise"))
    #expect(known.contains(ranked) && !known.contains("class=\"hatch\""))
    let noise = try html(1, isMeasured: true)
    #expect(noise.contains("0 were counted together and stand out of the noise"))
    #expect(!noise.contains("class=\"hatch\"") && noise.contains("no more than noise"))
    let implied = try html(1, isMeasured: false)
    #expect(implied.contains("class=\"hatch\"") && implied.contains("follows from others"))
  }

  @Test func `a seeded run promises nothing`() throws {
    var guarantee = ReportSamples.guarantee
    guarantee.isPrivate = false
    let html = try ReportSamples.release(guarantee: guarantee).html()
    #expect(html.contains("Not private") && html.contains("promises no privacy"))
    #expect(
      !html.contains("limited by differential privacy") && !html.contains("How sure an attacker"))
  }

  @Test(arguments: [
    (0.5, "1.65", "a strict limit"), (1, "2.72", "a strict limit"),
    (10, "22,026", "a very loose limit"),
  ])
  func `the promise is e to the epsilon`(epsilon: Double, factor: String, strength: String) throws {
    var guarantee = ReportSamples.guarantee
    guarantee.epsilon = epsilon
    let html = try ReportSamples.release(guarantee: guarantee).html()
    #expect(html.contains("factor of at most \(factor)"))
    #expect(html.contains(strength))
    #expect(html.contains("10⁻⁹") && html.contains("at most 1 in 1 billion"))
    #expect(html.contains("at most 3 are used"))
  }

  @Test func `the least of reports still makes a page`() throws {
    let report = ReleaseReport(
      title: "t", software: "s", date: "d",
      guarantee: ReportGuarantee(epsilon: 1, delta: 0, unit: .row, accounting: "pure"), rows: 0)
    let html = try report.html()
    #expect(html.contains("no hazard was recorded"))
    #expect(
      !html.contains("id=\"budget\"") && !html.contains("id=\"associations\"")
        && !html.contains("id=\"distributions\""))
    let column = Table(columns: [Column(name: "x", type: .integer, cells: .ticks([1]))])
    let owner = OwnerReport(
      title: "t", software: "s", date: "d",
      quality: try QualityReport.measure(original: OwnerTable(column), synthetic: column))
    #expect(try owner.html().contains("No model was trained"))
  }

  @Test func `a hundred columns stay under three megabytes`() throws {
    let rows = 60
    let columns = (0..<100).map { place in
      Column(
        name: "measurement number \(place)", type: .integer,
        cells: .ticks((0..<rows).map { Int64(($0 * (place + 3)) % 53) }))
    }
    let table = Table(columns: columns)
    let quality = try QualityReport.measure(original: OwnerTable(table), synthetic: table)
    let owner = try OwnerReport(title: "wide", software: "s", date: "d", quality: quality).html()
    let sketch = TableSketch(of: table)
    let release = try ReleaseReport(
      title: "wide", software: "s", date: "d", guarantee: ReportSamples.guarantee, rows: rows,
      distributions: sketch.distributions,
      associations: sketch.associations
    ).html()
    print("100 columns: owner \(owner.utf8.count) bytes, release \(release.utf8.count) bytes")
    #expect(owner.utf8.count < 3_000_000)
    #expect(release.utf8.count < 3_000_000)
    #expect(release.contains("Show the other 76 columns"))
  }

  @Test(arguments: Page.allCases)
  func `a page is the same as the one that was read and approved`(page: Page) throws {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
      .appendingPathComponent("Vectors/Reports/report-\(page.rawValue).html")
    let html = try page.html()
    if ProcessInfo.processInfo.environment["UNDERSTUDY_WRITE_GOLDEN"] != nil {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try html.write(to: url, atomically: true, encoding: .utf8)
    }
    let golden = try String(contentsOf: url, encoding: .utf8)
    let difference = zip(html.split(separator: "\n"), golden.split(separator: "\n")).first {
      $0 != $1
    }
    #expect(
      html == golden,
      "first difference: \(String(describing: difference)). UNDERSTUDY_WRITE_GOLDEN=1 writes a new one."
    )
  }
}
