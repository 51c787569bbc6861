import Examples

/// The numbers of the story of the faces.
package struct FaceStorySettings: Sendable, Encodable {
  package var people = 40
  /// Pictures of each person that models are trained on, and others that judge them.
  package var trained = 7
  package var held = 3
  /// Budgets of a picture; the last is the one that is judged.
  package var epsilons = [100.0, 10, 1]
  package var delta = 1e-9
  package var seed: UInt64 = 2026

  package init() {}
}

/// The faces that a recogniser gives away, whose classes are the people it was trained on
/// (docs/why-privacy.md).
package struct FaceStory: Sendable, Encodable {
  /// A model with its budget for each picture; nil without privacy.
  package struct Finding: Sendable, Encodable {
    package let epsilon: Double?
    /// The shares of pictures that the model itself names rightly.
    package let trained: Double
    package let held: Double
    /// The share of people whose drawn face an independent recogniser names.
    package let recognised: Double
  }

  package let settings: FaceStorySettings
  package let findings: [Finding]
  /// The share of training pictures that the independent recogniser names.
  package let recogniser: Double
  /// The first people: a true picture, and the one drawn from each model, from -0.5 to 0.5.
  let drawings: [(title: String, pictures: [[Float]])]

  private enum CodingKeys: CodingKey { case settings, findings, recogniser }

  static let drawnPeople = 5

  /// Tells the story of invented faces.
  package init(_ settings: FaceStorySettings, check: () throws -> Void = {}) throws {
    let faces = FaceExample(
      people: settings.people, pictures: settings.trained + settings.held, seed: settings.seed)
    try self.init(settings, pictures: faces.pictures, people: faces.people, check: check)
  }

  /// Tells the story of some pictures, square and of `FaceExample.shades` shades; those of a person
  /// follow each other.
  package init(
    _ settings: FaceStorySettings, pictures: [[UInt8]], people: [Int],
    check: () throws -> Void = {}
  ) throws {
    let each = settings.trained + settings.held
    let isTrained = pictures.indices.map { $0 % each < settings.trained }
    let values = pictures.map { $0.map { FaceWeights.value(UInt16($0)) } }
    let own = pictures.indices.filter { isTrained[$0] }
    let held = pictures.indices.filter { !isTrained[$0] }
    let training = FaceTraining(
      pictures: own.map { pictures[$0] }, people: own.map { people[$0] }, count: settings.people,
      shades: FaceExample.shades)
    let judge = FaceRecogniser(
      held.map { values[$0] }, people: held.map { people[$0] }, count: settings.people)
    let side = Int(Double(pictures.first?.count ?? 0).squareRoot())
    func share(_ pictures: [Int], _ guess: ([Float]) -> Int?) -> Double {
      let hits = pictures.count { guess(values[$0]) == people[$0] }
      return Double(hits) / Double(max(pictures.count, 1))
    }
    let first = (0..<min(Self.drawnPeople, settings.people)).map { values[$0 * each] }
    var (findings, drawings) = ([Finding](), [("a picture", first)])
    for epsilon in [nil] + settings.epsilons.map(Optional.some) {
      try check()
      let weights =
        try epsilon.map { try training.privately(epsilon: $0, delta: settings.delta) }
        ?? training.plain()
      let inversion = FaceInversion(weights: weights, side: side)
      let drawn = (0..<settings.people).map(inversion.picture)
      let hits = drawn.indices.count { judge.person(in: drawn[$0]) == $0 }
      findings.append(
        Finding(
          epsilon: epsilon, trained: share(own, weights.guess), held: share(held, weights.guess),
          recognised: Double(hits) / Double(settings.people)))
      drawings.append(
        (FaceFigures.title(epsilon), Array(drawn.prefix(Self.drawnPeople))))
    }
    recogniser = share(own, judge.person)
    (self.settings, self.findings, self.drawings) = (settings, findings, drawings)
  }

  package var plain: Finding? { findings.first { $0.epsilon == nil } }
  /// The model with the least budget.
  package var safest: Finding? {
    findings.filter { $0.epsilon != nil }.min { ($0.epsilon ?? 0) < ($1.epsilon ?? 0) }
  }

  /// The reasons why the story does not hold, a sentence each; empty if it does.
  package var failures: [String] {
    var failures: [String] = []
    if let plain, plain.recognised < 0.95 {
      failures.append("Faces drawn from the plain model are not recognised.")
    }
    if let plain, plain.held < 0.7 { failures.append("The plain model recognises nobody.") }
    if let safest, safest.recognised > 0.1 {
      failures.append("Faces drawn from the private model are recognised.")
    }
    return failures
  }

  package var holds: Bool { failures.isEmpty }
}
