import Analyses
import EncryptedScoring
import Foundation
import Testing

/// Models judged on the rows, with hardly any noise, against the definitions: scores are those of
/// `predict`, row by row. The stand-in knows no relation.
@Suite struct ModelTests {
  private let study = Study(3_000)

  private func analysis(_ kind: Analysis.Kind, link: Link = .logistic) throws -> Analysis {
    var analysis = Analysis(kind: kind)
    analysis.outcome = "ill"
    analysis.model = try JudgedModel(Study.card(link: link))
    return analysis
  }

  /// The sum of points of each person, as `predict` computes it from a file.
  private func sums() throws -> [Double] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "understudy-study-\(UUID().uuidString).csv")
    try Data(study.csv.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let card = try Study.card()
    let unit = try IntegerPoints(card).unit
    return try PlainScores.sums(card, table: file).map { Double($0) * unit }
  }

  /// Over all pairs of a person with the event and one without.
  @Test func theAreaIsTheShareOfPairs() throws {
    let sums = try sums()
    let ill = study.people.indices.filter { study.people[$0].isIll }
    let well = study.people.indices.filter { !study.people[$0].isIll }
    var pairs = 0.0
    for one in ill {
      // Whole scores are rounded: sums within a rounding of each other are ties.
      for other in well {
        let apart = sums[one] - sums[other]
        pairs += abs(apart) < 0.01 ? 0.5 : apart > 0 ? 1 : 0
      }
    }
    let expected = pairs / Double(ill.count * well.count)
    for link in [Link.logistic, .identity] {
      let number = try #require(
        try study.ask(analysis(.discrimination, link: link), rho: 1e9).numbers.first)
      let (estimate, error) = (try #require(number.estimate), try #require(number.standardError))
      #expect(abs(estimate - expected) < 0.5 * error, "\(estimate), \(expected), \(error)")
      #expect(expected > 0.6, "the model tells something")
    }
  }

  /// The means, and a logistic regression by Newton's method, person by person.
  @Test func calibrationIsThatOfTheRows() throws {
    let sums = try sums()
    let outcomes = study.people.map { $0.isIll ? 1.0 : 0 }
    var coefficients = [0.0, 1]
    for _ in 0..<30 {
      var (score, information) = ([0.0, 0], [0.0, 0, 0])
      for (sum, outcome) in zip(sums, outcomes) {
        let mean = 1 / (1 + exp(-coefficients[0] - coefficients[1] * sum))
        score[0] += outcome - mean
        score[1] += (outcome - mean) * sum
        information[0] += mean * (1 - mean)
        information[1] += mean * (1 - mean) * sum
        information[2] += mean * (1 - mean) * sum * sum
      }
      let determinant = information[0] * information[2] - information[1] * information[1]
      coefficients[0] += (information[2] * score[0] - information[1] * score[1]) / determinant
      coefficients[1] += (information[0] * score[1] - information[1] * score[0]) / determinant
    }
    let excess = zip(sums, outcomes).reduce(0) { $0 + $1.1 - 1 / (1 + exp(-$1.0)) }
    let expected = [
      "observed minus predicted share": excess / Double(sums.count),
      "calibration intercept": coefficients[0], "calibration slope": coefficients[1],
    ]
    let found = try study.ask(analysis(.calibration), rho: 1e9).numbers
    for (name, value) in expected {
      let number = try #require(found.first { $0.name == name })
      let (estimate, error) = (try #require(number.estimate), try #require(number.standardError))
      #expect(abs(estimate - value) < 0.5 * error, "\(name): \(estimate), \(value), \(error)")
    }
    let shares = found.filter { $0.name.hasPrefix("share if predicted") }
    #expect(shares.count >= 5 && shares.allSatisfy(\.isKnown))
  }

  /// Rows that a condition leaves out do not count, also by a column that the model reads.
  @Test func conditionsLeaveRowsOut() throws {
    var part = try analysis(.calibration)
    part.conditions = [Analysis.Condition(column: "age", values: ["40..52"])]
    let own = study.people.indices.filter { (40...52).contains(study.people[$0].age) }
    let sums = try sums()
    let excess = own.reduce(0.0) {
      $0 + (study.people[$1].isIll ? 1 : 0) - 1 / (1 + exp(-sums[$1]))
    }
    let number = try #require(try study.ask(part, rho: 1e9).numbers.first)
    let error = try #require(number.standardError)
    #expect(
      try abs(#require(number.estimate) - excess / Double(own.count)) < 0.5 * error)
  }

  @Test(arguments: [
    (Analysis.Kind.calibration, Link.identity, "analysis.wrong-model"),
    (.discrimination, .square, "analysis.wrong-model"),
  ]) func otherLinksAreRefused(_ kind: Analysis.Kind, _ link: Link, _ id: String) throws {
    do {
      _ = try study.inquiry(analysis(kind, link: link))
      Issue.record("\(kind) of a model with the link \(link) was accepted")
    } catch let fault as AnalysisFault {
      #expect(fault.id == id)
    }
  }

  /// Columns that the release lacks, numbers in place of labels, and an outcome among the model's
  /// own columns are refused before any row is read.
  @Test func modelsOfOtherTablesAreRefused() throws {
    func fault(_ name: String, _ shape: ColumnLayout.Shape, points: [Double]) throws -> String {
      var analysis = try analysis(.discrimination)
      analysis.model = try JudgedModel(
        Scorecard(
          name: "other", link: .logistic, intercept: 0,
          columns: [ScoredColumn(name: name, shape: shape, points: points)]))
      do {
        _ = try study.inquiry(analysis)
        return ""
      } catch let fault as AnalysisFault {
        return fault.id
      }
    }
    #expect(try fault("height", .bins(edges: [1]), points: [0, 1]) == "analysis.unknown-column")
    #expect(try fault("town", .bins(edges: [1]), points: [0, 1]) == "analysis.wrong-column")
    #expect(
      try fault("ill", .categories(["yes"]), points: [1]) == "analysis.column-twice")
  }
}
