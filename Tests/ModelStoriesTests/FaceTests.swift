import Curation
import Examples
import Foundation
import ModelStories
import TestConditions
import Testing

/// The story of the faces (docs/why-privacy.md), and the gradients of its models.
@Suite struct FaceTests {
  @Test func facesAreDrawnFromThePlainModelAlone() throws {
    var settings = FaceStorySettings()
    (settings.people, settings.epsilons) = (20, [1])
    let story = try FaceStory(settings)
    let (plain, safest) = (try #require(story.plain), try #require(story.safest))
    #expect(plain.recognised >= 0.9 && plain.held >= 0.7, "\(plain)")
    // By chance one of 20 is recognised; 6 of them in fewer than one run of 3,000.
    #expect(safest.recognised <= 0.25, "\(safest)")
    let figures = FaceFigures(story: story)
    #expect(figures.lines.contains { $0.hasPrefix("| without privacy |") })
    #expect(figures.picture.contains("</svg>"))
  }

  @Test func theSameSeedDrawsTheSameFaces() {
    let (one, other) = (
      FaceExample(people: 3, pictures: 2, seed: 1), FaceExample(people: 3, pictures: 2, seed: 1)
    )
    #expect(one.pictures == other.pictures && one.people == [0, 0, 1, 1, 2, 2])
    #expect(Set(one.pictures).count == 6)
    #expect(one.pictures.allSatisfy { $0.allSatisfy { $0 < UInt8(FaceExample.shades) } })
  }

  /// The factors of a row, beside differences of its loss.
  @Test func gradientsAreTheSlopesOfTheLoss() {
    let (pixels, people) = (5, 3)
    var weights = FaceWeights(pixels: pixels, people: people)
    for index in weights.values.indices { weights.values[index] = Float(sin(Double(index))) }
    let codes: [UInt16] = [3, 30, 12, 0, 19, 2]
    let picture = codes.dropLast().map(FaceWeights.value)
    func loss(_ weights: FaceWeights) -> Double { -log(Double(weights.chances(picture)[2])) }
    let computation = SoftmaxGradients(
      pixels: pixels, people: people, personColumn: pixels, rowCapacity: 1)
    computation.move(to: weights)
    let factors = GradientFactors(blocks: computation.blocks, rowCapacity: 1)
    computation.differentiate(codes.span, rows: 1, into: factors)
    let inputs = Array(factors.inputs(0).prefix(pixels)) + [1]
    for (pixel, input) in inputs.enumerated() {
      for person in 0..<people {
        var (above, below) = (weights, weights)
        above.values[pixel * people + person] += 0.01
        below.values[pixel * people + person] -= 0.01
        let slope = (loss(above) - loss(below)) / 0.02
        #expect(abs(Double(input * factors.outputs(0)[person]) - slope) < 1e-3)
      }
    }
  }

  /// Real people: figures alone.
  @Test(
    .enabled(if: Olivetti.isPresent, "needs ../shared/data/olivetti, or UNDERSTUDY_SHARED"),
    .enabled(if: LongRun.isWanted, "long"))
  func theOlivettiFaces() throws {
    let faces = try Olivetti.faces()
    let story = try FaceStory(FaceStorySettings(), pictures: faces.pictures, people: faces.people)
    for finding in story.findings { print(finding) }
    #expect(story.failures == [])
  }
}
