import Basics
import Foundation

/// Invented faces: several pictures of each person, which differ in light, place and expression.
/// They are drawn from a dozen numbers a person, so that nobody real is in them.
package struct FaceExample: Sendable {
  /// The width and the height of a picture.
  package static let side = 32
  /// The number of shades of grey.
  package static let shades = 32

  /// `[pictures][pixels]`: shades, row by row from the top; the pictures of a person follow each
  /// other.
  package let pictures: [[UInt8]]
  /// The person of each picture.
  package let people: [Int]

  /// The same numbers and seed give the same faces everywhere.
  package init(people: Int, pictures: Int, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var (drawn, owners) = ([[UInt8]](), [Int]())
    for person in 0..<people {
      let face = Face(&random)
      for _ in 0..<pictures {
        drawn.append(face.picture(&random))
        owners.append(person)
      }
    }
    (self.pictures, self.people) = (drawn, owners)
  }
}

/// The features of an invented person, in units of half a picture; 0 is the middle of the face.
private struct Face {
  private let width, height, skin, hair, hairline, fringe: Double
  private let eyeDistance, eyeSize, eyeHeight, browHeight, browSize, browSlope: Double
  private let noseLength, noseWidth, mouthHeight, mouthWidth, mouthSize: Double
  private let hasGlasses, hasBeard: Bool

  init(_ random: inout SplitMix64) {
    func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * random.uniform() }
    (width, height) = (between(0.48, 0.72), between(0.68, 0.86))
    (skin, hair) = (between(0.5, 0.85), between(0.05, 0.5))
    (hairline, fringe) = (between(-0.62, -0.3), between(-0.5, 0.5))
    (eyeDistance, eyeSize) = (between(0.19, 0.33), between(0.06, 0.12))
    (eyeHeight, browHeight) = (between(-0.2, -0.02), between(0.13, 0.24))
    (browSize, browSlope) = (between(0.025, 0.07), between(-0.3, 0.3))
    (noseLength, noseWidth) = (between(0.15, 0.36), between(0.05, 0.13))
    (mouthHeight, mouthWidth) = (between(0.38, 0.54), between(0.13, 0.3))
    mouthSize = between(0.03, 0.075)
    (hasGlasses, hasBeard) = (random.chance(0.3), random.chance(0.25))
  }

  func picture(_ random: inout SplitMix64) -> [UInt8] {
    let place = (x: 0.02 * random.normal(), y: 0.02 * random.normal())
    let (scale, turn) = (1 + 0.015 * random.normal(), 0.02 * random.normal())
    let (light, smile) = (0.04 * random.normal(), 0.03 * random.normal())
    let side = FaceExample.side
    return (0..<side * side).map { pixel in
      let x = (Double(pixel % side) + 0.5) / Double(side) * 2 - 1 - place.x
      let y = (Double(pixel / side) + 0.5) / Double(side) * 2 - 1 - place.y
      let shade =
        shade((x + turn * y) * scale, (y - turn * x) * scale, smile: smile)
        + light * x + 0.03 * random.normal()
      return UInt8(min(max(shade, 0), 0.999) * Double(FaceExample.shades))
    }
  }

  /// How far a point lies inside an ellipse, with a soft edge: from 0 to 1.
  private static func inside(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, edge: Double = 0.5
  ) -> Double {
    let radius = (x * x / (width * width) + y * y / (height * height)).squareRoot()
    return min(max((1 - radius) / edge + 0.5, 0), 1)
  }

  private func shade(_ x: Double, _ y: Double, smile: Double) -> Double {
    var shade = 0.75
    func paint(_ tone: Double, _ share: Double) { shade += (tone - shade) * share }
    paint(hair, Self.inside(x, y + 0.12, width + 0.12, height + 0.06, edge: 0.15))
    let face = Self.inside(x, y, width, height, edge: 0.15)
    paint(skin, face * (y > hairline + fringe * x * x ? 1 : 0))
    if hasBeard {
      paint(hair + 0.1, face * Self.inside(x, y - 0.62, width * 0.9, 0.34) * 0.8)
    }
    let across = abs(x) - eyeDistance
    paint(0.95, Self.inside(across, y - eyeHeight, eyeSize * 1.3, eyeSize))
    paint(0.1, Self.inside(across, y - eyeHeight, eyeSize * 0.6, eyeSize * 0.8))
    let brow = y - eyeHeight + browHeight - browSlope * across
    paint(hair, Self.inside(across, brow, eyeSize * 1.8, browSize))
    paint(skin - 0.2, Self.inside(x, y - eyeHeight - noseLength, noseWidth, 0.06))
    paint(skin - 0.1, Self.inside(x, y - eyeHeight - noseLength / 2, noseWidth / 2, noseLength / 2))
    let mouth = y - mouthHeight + smile * x * x * 12
    paint(skin * 0.45, Self.inside(x, mouth, mouthWidth, mouthSize))
    if hasGlasses {
      let radius = (across * across + (y - eyeHeight) * (y - eyeHeight)).squareRoot()
      paint(0.05, min(max(1.6 - abs(radius - 0.2) / 0.03, 0), 1))
      paint(0.05, abs(y - eyeHeight) < 0.03 && abs(x) < eyeDistance - 0.2 ? 1 : 0)
    }
    return shade
  }
}
