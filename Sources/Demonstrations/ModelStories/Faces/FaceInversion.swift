/// Draws the face that a model takes for a person most of all (Fredrikson, Jha and Ristenpart
/// 2015): from grey, up the gradient of the person's likelihood, smoothed a little on the way.
struct FaceInversion {
  let weights: FaceWeights
  let side: Int

  private static let steps = 200
  private static let stepLength: Float = 0.25
  private static let smoothedEvery = 10

  /// Returns a picture of numbers from -0.5 to 0.5.
  func picture(of person: Int) -> [Float] {
    let (pixels, people) = (weights.pixels, weights.people)
    var picture = [Float](repeating: 0, count: pixels)
    for step in 1...Self.steps {
      let chances = weights.chances(picture)
      var slope = [Float](repeating: 0, count: pixels)
      for pixel in 0..<pixels {
        let start = pixel * people
        var mean: Float = 0
        for other in 0..<people { mean += chances[other] * weights.values[start + other] }
        slope[pixel] = weights.values[start + person] - mean
      }
      let length = slope.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 1e-9 else { return picture }
      for pixel in 0..<pixels {
        let moved = picture[pixel] + Self.stepLength * slope[pixel] / length
        picture[pixel] = min(max(moved, -0.5), 0.5)
      }
      if step % Self.smoothedEvery == 0 { picture = smoothed(picture) }
    }
    return picture
  }

  private func smoothed(_ picture: [Float]) -> [Float] {
    picture.indices.map { pixel in
      let (x, y) = (pixel % side, pixel / side)
      let around = [(-1, 0), (1, 0), (0, -1), (0, 1)].map { step in
        picture[min(max(y + step.1, 0), side - 1) * side + min(max(x + step.0, 0), side - 1)]
      }
      return 0.6 * picture[pixel] + 0.1 * around.reduce(0, +)
    }
  }
}

/// Recognises people by pictures that no model has seen: the person whose mean picture correlates
/// best with a picture, both without what all faces share.
struct FaceRecogniser {
  private let mean: [Float]
  private let faces: [[Float]]

  /// - Parameter pictures: at least one of each person.
  init(_ pictures: [[Float]], people: [Int], count: Int) {
    let mean = Self.mean(pictures)
    self.mean = mean
    faces = (0..<count).map { person in
      let own = zip(pictures, people).filter { $0.1 == person }.map(\.0)
      return Self.direction(Self.mean(own), from: mean)
    }
  }

  func person(in picture: [Float]) -> Int? {
    let direction = Self.direction(picture, from: mean)
    let likeness = faces.map { face in
      zip(face, direction).reduce(Float(0)) { $0 + $1.0 * $1.1 }
    }
    return likeness.indices.max { likeness[$0] < likeness[$1] }
  }

  private static func mean(_ pictures: [[Float]]) -> [Float] {
    var sum = [Float](repeating: 0, count: pictures.first?.count ?? 0)
    for picture in pictures {
      for pixel in sum.indices { sum[pixel] += picture[pixel] / Float(pictures.count) }
    }
    return sum
  }

  private static func direction(_ picture: [Float], from mean: [Float]) -> [Float] {
    let rest = zip(picture, mean).map(-)
    let length = max(rest.reduce(0) { $0 + $1 * $1 }.squareRoot(), 1e-9)
    return rest.map { $0 / length }
  }
}
