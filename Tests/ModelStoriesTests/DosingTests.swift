import Basics
import Examples
import Foundation
import ModelStories
import TestConditions
import Testing

/// The story of the dosing model (docs/why-privacy.md), and its parts beside slow and obvious ones.
@Suite struct DosingTests {
  private static let patients = DosingExample.patients(400, seed: 5)

  @Test func aTreeKnowsItsMembersByHeart() {
    let tree = GrownTree(Self.patients)
    let features = DosingFeatures(Self.patients)
    let alike = Dictionary(grouping: Self.patients, by: features.numbers)
    for patient in Self.patients {
      let same = alike[features.numbers(patient)] ?? []
      let mean = same.reduce(0) { $0 + $1.dose.squareRoot() } / Double(same.count)
      #expect(abs(tree.roots(of: patient)[Genotypes.index(of: patient)] - mean) < 1e-9)
    }
  }

  @Test func theNearestPatientIsTheOneAtTheLeastDistance() {
    let members = Array(Self.patients[..<120])
    let model = NearestPatient(members)
    let features = DosingFeatures(members)
    let rows = members.map(features.numbers)
    let spreads = rows[0].indices.map { column in
      let mean = rows.reduce(0) { $0 + $1[column] } / Double(rows.count)
      let squares = rows.reduce(0) { $0 + ($1[column] - mean) * ($1[column] - mean) }
      return (squares / Double(rows.count)).squareRoot()
    }
    for patient in Self.patients[100..<160] {
      let roots = model.roots(of: patient)
      for pair in 0..<Genotypes.count {
        let asked = features.numbers(Genotypes.patient(patient, with: pair))
        let distances = rows.map { row in
          row.indices.reduce(0.0) { sum, index in
            guard spreads[index] > 0 else { return sum }
            let step = (row[index] - asked[index]) / spreads[index]
            return sum + step * step
          }
        }
        let least = distances.min() ?? 0
        let nearest = zip(members, distances).filter { $0.1 < least + 1e-9 }
        #expect(nearest.contains { abs($0.0.dose.squareRoot() - roots[pair]) < 1e-12 })
      }
    }
  }

  /// What least squares leaves over is at right angles to every column.
  @Test func theLinearModelIsTheOneOfLeastSquares() {
    let model = LinearDose(Self.patients)
    let features = DosingFeatures(Self.patients)
    var products = [Double](repeating: 0, count: DosingFeatures.count)
    for patient in Self.patients {
      let rest =
        model.roots(of: patient)[Genotypes.index(of: patient)] - patient.dose.squareRoot()
      for (column, value) in features.numbers(patient).enumerated() {
        products[column] += rest * value
      }
    }
    #expect(products.allSatisfy { abs($0) < 1e-3 }, "\(products)")
  }

  /// Small tables tell the same story, with wider errors.
  @Test func membersAreBetrayedByTheTreeAlone() throws {
    var settings = DosingStorySettings()
    (settings.members, settings.strangers, settings.tables) = (900, 450, 3)
    let story = try DosingStory(settings)
    let tree = try #require(story.finding(.tree))
    let neighbour = try #require(story.finding(.neighbour))
    #expect(tree.gap.value > 0.35 && neighbour.gap.value > 0.3)
    #expect(try #require(tree.membership).value > 0.9)
    let ours = try #require(story.finding(.privately))
    // Of three tables of 450 strangers: four standard errors of a share.
    let error = (0.25 / 1_350 + 0.25 / 2_700).squareRoot()
    #expect(abs(ours.gap.value) < 4 * error)
    #expect(abs(try #require(ours.membership).value - 0.5) < 0.05)
    let figures = DosingFigures(story).lines.joined(separator: "\n")
    for finding in story.findings { #expect(figures.contains("| \(finding.model.rawValue) |")) }
  }

  /// The story fails if a model with privacy betrays its members, or one without betrays nobody.
  @Test func aStoryThatDoesNotHoldIsSeen() throws {
    var settings = DosingStorySettings()
    (settings.members, settings.strangers, settings.tables) = (40, 40, 2)
    (settings.epsilon, settings.delta) = (1_000, 0.1)
    // Members who are the strangers too are told from nobody.
    let same = DosingTable(
      members: Array(Self.patients[..<40]), strangers: Array(Self.patients[..<40]))
    let story = try DosingStory(settings, tables: [same, same])
    #expect(story.failures.contains("The grown-out tree does not betray its members."))
  }

  /// The consortium's patients, beside the checkout: the bars of docs/benchmarks.md.
  @Test(
    .enabled(if: Consortium.isPresent, "needs ../shared/data/iwpc-warfarin, or UNDERSTUDY_SHARED"),
    .enabled(if: LongRun.isWanted, "long"))
  func theConsortiumsPatients() throws {
    let patients = try Consortium.patients()
    #expect(patients.count == 3_948)
    let tables = (0..<10).map { split in
      var random = SplitMix64(seed: UInt64(split))
      var order = Array(patients.indices)
      for place in order.indices.reversed() { order.swapAt(place, random.below(place + 1)) }
      let mixed = order.map { patients[$0] }
      let cut = 2 * mixed.count / 3
      return DosingTable(members: Array(mixed[..<cut]), strangers: Array(mixed[cut...]))
    }
    let story = try DosingStory(DosingStorySettings(), tables: tables)
    print(DosingFigures(story).table.joined(separator: "\n"))
    #expect(story.failures == [])
    #expect(try #require(story.finding(.privately)?.doseError).value <= 8.6)
  }
}
