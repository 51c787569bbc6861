import Analyses
import Foundation
import Testing

/// Cox models, with hardly any noise, against the partial likelihood of the rows.
@Suite struct CoxTests {
  private let study = Study(3_000)

  /// Newton's method on the partial likelihood of two terms, with ties as Breslow (1974) treats
  /// them, person by person.
  private func partialLikelihood() -> [Double] {
    let people = study.people.sorted { $0.months > $1.months }
    func terms(_ person: Study.Person) -> [Double] {
      [(Double(person.age) - 50) / 10, person.isIll ? 1 : 0]
    }
    var coefficients = [0.0, 0]
    for _ in 0..<20 {
      var (weight, first, second) = (0.0, [0.0, 0], [0.0, 0, 0])
      var (score, information) = ([0.0, 0], [0.0, 0, 0])
      var next = 0
      for month in Set(people.map(\.months)).sorted(by: >) {
        while next < people.count, people[next].months >= month {
          let x = terms(people[next])
          let risk = exp(coefficients[0] * x[0] + coefficients[1] * x[1])
          weight += risk
          for term in 0..<2 { first[term] += risk * x[term] }
          second[0] += risk * x[0] * x[0]
          second[1] += risk * x[0] * x[1]
          second[2] += risk * x[1] * x[1]
          next += 1
        }
        for person in people where person.months == month && person.died {
          let x = terms(person)
          for term in 0..<2 { score[term] += x[term] - first[term] / weight }
          information[0] += second[0] / weight - first[0] * first[0] / weight / weight
          information[1] += second[1] / weight - first[0] * first[1] / weight / weight
          information[2] += second[2] / weight - first[1] * first[1] / weight / weight
        }
      }
      let determinant = information[0] * information[2] - information[1] * information[1]
      coefficients[0] += (information[2] * score[0] - information[1] * score[1]) / determinant
      coefficients[1] += (information[0] * score[1] - information[1] * score[0]) / determinant
    }
    return [coefficients[0] / 10, coefficients[1]]
  }

  @Test func thePartialLikelihoodIsReached() throws {
    let found = try study.ask(
      "{kind: cox, time: months, event: died, terms: [age, ill]}", rho: 1e9)
    #expect(found.measure == "log hazard ratio")
    #expect(found.numbers.map(\.name) == ["age", "ill=yes"])
    for (number, expected) in zip(found.numbers, partialLikelihood()) {
      let error = try #require(number.standardError)
      let estimate = try #require(number.estimate)
      #expect(abs(estimate - expected) < 0.5 * error, "\(number.name): \(estimate), \(expected)")
      #expect(try #require(number.noiseShare) < 0.01)
    }
  }

  /// At a price, of 40 intervals about 2 miss by chance; more than 10 do with probability below
  /// 1e-5.
  @Test func intervalsCoverTheirTruth() throws {
    let text = "{kind: cox, time: months, event: died, terms: [age, ill]}"
    let truth = try #require(
      try Study(200_000, seed: 1234).ask(text, rho: 1e12).numbers.last?.estimate)
    var outside = 0
    for round in 0..<40 {
      let number = try #require(
        try Study(3_000, seed: UInt64(700 + round)).ask(text, rho: 0.5, seed: UInt64(round))
          .numbers.last)
      let (low, high) = (try #require(number.low), try #require(number.high))
      if truth < low || truth > high { outside += 1 }
    }
    #expect(outside <= 10, "n = 40, k = \(outside)")
  }

  /// At a low price the answer is said to be unknown, as the plan says.
  @Test func noiseDrownsIt() throws {
    let text = "{kind: cox, time: months, event: died, terms: [age, ill]}"
    #expect(try study.ask(text, rho: 1e-4).numbers.allSatisfy { !$0.isKnown })
    let plan = try study.inquiry(text).predicted(rho: 1e-4, unitRows: 1)
    #expect(plan.numbers.allSatisfy { !$0.isKnown })
  }
}
