import Basics
import Quality

/// `attribute-inference-worst`: the column that is betrayed most, and how much.
///
/// The worst of many honest figures is high by chance, so the search looks at a quarter of the people, and what it finds is measured on the
/// others. Left out is what a guess gets right nine times in ten, or is told right of nine strangers in ten: the risk is measured in
/// what is left to be told, and with next to nothing left no affordable number of people bounds it. Of the rest, the search takes the
/// column that it suspects most if it has reason to (``suspicion``), else the most suspect of those that so many people suffice to judge.
/// The columns of which nothing can be said are named.
struct WorstInference {
  /// Of guesses that are right so often there is nothing worth a search.
  static let mostGuessed = 0.9
  /// Standard errors, among the people that are searched, from which on a leak is suspected: of some forty honest trials one in twenty
  /// releases has one.
  private static let suspicion = 3.0
  /// One in so many people is searched, the others are measured.
  private static let searchedOneIn = 4

  private let tables: AttackTables
  private let targets: InferenceTargets
  private let searched: [InferenceTrial]
  /// The columns in which a guess is right nine times in ten.
  private let guessed: [Int]
  /// Those that so many people do not suffice to judge, however they are sought.
  private let unjudged: [Int]
  private let isJudged: [Bool]

  /// - Parameter limit: the risk that is to be told from none.
  init(trials: [InferenceTrial], tables: AttackTables, targets: InferenceTargets, limit: Double) {
    (self.tables, self.targets) = (tables, targets)
    let secrets = Set(trials.map(\.secret)).sorted()
    let guesses = Concurrently.map(secrets.count) { targets.bestGuess(secrets[$0], tables) }
    let known = Set(zip(secrets, guesses).filter { $0.1 >= Self.mostGuessed }.map(\.0))
    let searched = trials.filter { trial in
      !known.contains(trial.secret) && trial.rate(\.control, where: Self.isSearched) < Self.mostGuessed
    }
    isJudged = Concurrently.map(searched.count) { Self.suffices(searched[$0], limit: limit) }
    self.searched = searched
    let (tried, judged) = (Set(searched.map(\.secret)), Set(zip(searched, isJudged).filter(\.1).map(\.0.secret)))
    guessed = secrets.filter { !tried.contains($0) }
    unjudged = secrets.filter { tried.contains($0) && !judged.contains($0) }
  }

  private static func isSearched(_ place: Int) -> Bool { place % searchedOneIn == 0 }

  /// What the people that are measured must be able to show, as a share of the limit. An honest release is then met with a chance of
  /// 99.8 %:
  /// the value may be 1.5 times what can be shown, which is 2.9 standard errors.
  private static let shown = 0.4

  /// Whether the people that are measured would show so much, were strangers told as often as among those that are searched.
  private static func suffices(_ trial: InferenceTrial, limit: Double) -> Bool {
    let (people, strangers) = (trial.original.indices, trial.control.indices)
    let measured = Double(strangers.count { !isSearched($0) })
    let rate = SuccessRate(successes: trial.rate(\.control, where: isSearched) * measured, attempts: measured)
    return RiskEstimate.smallestDetectable(attempts: people.count { !isSearched($0) }, control: rate) <= shown * limit
  }

  var notes: [String] {
    func names(_ columns: [Int]) -> String { columns.map { "'\(tables.columns[$0].name)'" }.joined(separator: ", ") }
    var notes: [String] = []
    if !guessed.isEmpty {
      notes.append("Left out of the search for the worst inference, because a guess is right nine times in ten: \(names(guessed)).")
    }
    if !unjudged.isEmpty {
      notes.append(
        "Of these columns taken alone, so few people say nothing (of all columns together they do, and a leak that the search suspects is "
          + "measured all the same): \(names(unjudged)). Hold out more, or give more people to compare with.")
    }
    return notes
  }

  /// Nil where nothing is left to search.
  var outcome: AttackOutcome? {
    guard let worst else { return nil }
    func measured(_ hits: [Bool]) -> [Bool] { hits.indices.filter { !Self.isSearched($0) }.map { hits[$0] } }
    let (original, control) = (measured(worst.original), measured(worst.control))
    var outcome = AttackOutcome(
      name: "attribute-inference-worst", attempts: control.isEmpty ? 0 : original.count, successes: original.count { $0 })
    outcome.setControl(attempts: control.count, raw: control.count { $0 })
    var draw = Draw(seed: UInt64(worst.secret))
    (outcome.baselineAttempts, outcome.baselineSuccesses) = (targets.original.count, targets.randomGuesses(worst.secret, tables, &draw))
    outcome.detail = detail(worst)
    return outcome
  }

  private var worst: InferenceTrial? {
    let trials = searched
    let scores = Concurrently.map(trials.count) { trials[$0].excess(where: Self.isSearched) }
    func highest(_ places: some Sequence<Int>) -> Int? { places.max { scores[$0] < scores[$1] } }
    guard let suspect = highest(scores.indices) else { return nil }
    guard scores[suspect] < Self.suspicion, let judged = highest(scores.indices.filter { isJudged[$0] }) else { return trials[suspect] }
    return trials[judged]
  }

  private func detail(_ worst: InferenceTrial) -> String {
    let known =
      worst.known.count == tables.columns.count - 1
      ? "all other columns" : worst.known.sorted().map { "'\(tables.columns[$0].name)'" }.joined(separator: ", ")
    var text =
      "'\(tables.columns[worst.secret].name)' sought from \(known); the worst of \(searched.count) searched on a quarter of the people, "
      + "measured on the others"
    if !guessed.isEmpty { text += "; in \(guessed.count) of \(tables.columns.count) columns a guess is right nine times in ten" }
    if !unjudged.isEmpty { text += "; of \(unjudged.count) columns taken alone so few people say nothing" }
    return text
  }
}

extension InferenceTargets {
  /// How often a guess from the column alone is right of the original's targets: a random row's value.
  func randomGuesses(_ secret: Int, _ tables: AttackTables, _ draw: inout Draw) -> Int {
    let (release, people) = (tables.values(secret, of: .synthetic), tables.values(secret, of: .original))
    return original.count { Guess.isRight(draw.below(tables.syntheticRows), of: release, for: $0, of: people) }
  }

  /// The share of strangers of whom the release's most frequent value is right.
  func bestGuess(_ secret: Int, _ tables: AttackTables) -> Double {
    let (release, people) = (tables.values(secret, of: .synthetic), tables.values(secret, of: .control))
    var counts: [UInt64: (count: Int, row: Int)] = [:]
    for row in 0..<tables.syntheticRows {
      let key: UInt64 =
        switch release {
        case .labels(let labels): UInt64(UInt32(bitPattern: labels[row]))
        case .numbers(let numbers): numbers[row].isNaN ? .max : (numbers[row] + 0).bitPattern
        }
      counts[key, default: (0, row)].count += 1
    }
    guard let guess = counts.values.max(by: { ($0.count, $1.row) < ($1.count, $0.row) })?.row, !control.isEmpty else { return 0 }
    return Double(control.count { Guess.isRight(guess, of: release, for: $0, of: people) }) / Double(control.count)
  }
}
