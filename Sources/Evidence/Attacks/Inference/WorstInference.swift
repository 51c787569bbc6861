import Basics
import Quality

/// `attribute-inference-worst`: the column that is betrayed most, and how much.
///
/// The worst of many honest figures is high by chance, so the search looks at a quarter of the
/// people, and its finding is measured on the others. Columns are left out if a guess is right nine
/// times in ten, or if the attack is right about nine strangers in ten: the risk is a share of the
/// secrets that remain, and with next to none left no affordable number of people bounds it. From
/// the rest, the search takes the column that it suspects most if it has reason to (``suspicion``),
/// and otherwise the most suspect of those that the number of people suffices to judge. Columns
/// about which nothing can be said are named.
struct WorstInference {
  /// The share of right guesses at which a search is not worthwhile.
  static let mostGuessed = 0.9
  /// Standard errors, among the people searched, from which a leak is suspected: with some forty
  /// honest trials, one release in twenty reaches it.
  private static let suspicion = 3.0
  /// One in this many people is searched; the others are measured.
  private static let searchedOneIn = 4

  private let tables: AttackTables
  private let targets: InferenceTargets
  private let searched: [InferenceTrial]
  /// The columns in which a guess is right nine times in ten.
  private let guessed: [Int]
  /// The columns that the number of people does not suffice to judge, however they are sought.
  private let unjudged: [Int]
  private let isJudged: [Bool]

  /// - Parameter limit: the risk to distinguish from none.
  init(trials: [InferenceTrial], tables: AttackTables, targets: InferenceTargets, limit: Double) {
    (self.tables, self.targets) = (tables, targets)
    let secrets = Set(trials.map(\.secret)).sorted()
    let guesses = Concurrently.map(secrets.count) { targets.bestGuess(secrets[$0], tables) }
    let known = Set(zip(secrets, guesses).filter { $0.1 >= Self.mostGuessed }.map(\.0))
    let searched = trials.filter { trial in
      !known.contains(trial.secret)
        && trial.rate(\.control, where: Self.isSearched) < Self.mostGuessed
    }
    isJudged = Concurrently.map(searched.count) { Self.suffices(searched[$0], limit: limit) }
    self.searched = searched
    let (tried, judged) = (
      Set(searched.map(\.secret)), Set(zip(searched, isJudged).filter(\.1).map(\.0.secret))
    )
    guessed = secrets.filter { !tried.contains($0) }
    unjudged = secrets.filter { tried.contains($0) && !judged.contains($0) }
  }

  private static func isSearched(_ place: Int) -> Bool { place % searchedOneIn == 0 }

  /// The risk that the measured people must be able to show, as a share of the limit. An honest
  /// release is then met with a chance of 99.8 %: the value may be 1.5 times the risk that can be
  /// shown, which is 2.9 standard errors.
  private static let shown = 0.4

  /// Whether the measured people would show this much if the attack were right about strangers as
  /// often as among the searched people.
  private static func suffices(_ trial: InferenceTrial, limit: Double) -> Bool {
    let (people, strangers) = (trial.original.indices, trial.control.indices)
    let measured = Double(strangers.count { !isSearched($0) })
    let rate = SuccessRate(
      successes: trial.rate(\.control, where: isSearched) * measured, attempts: measured)
    return RiskEstimate.smallestDetectable(
      attempts: people.count { !isSearched($0) }, control: rate) <= shown * limit
  }

  var notes: [String] {
    func names(_ columns: [Int]) -> String {
      columns.map { "'\(tables.columns[$0].name)'" }.joined(separator: ", ")
    }
    var notes: [String] = []
    if !guessed.isEmpty {
      notes.append(
        "Left out of the search for the worst inference, because a guess is right nine times in ten: \(names(guessed))."
      )
    }
    if !unjudged.isEmpty {
      notes.append(
        "Of these columns taken alone, so few people say nothing (of all columns together they do, and a leak that the search suspects is "
          + "measured all the same): \(names(unjudged)). Hold out more, or give more people to compare with."
      )
    }
    return notes
  }

  /// The outcome; nil if nothing is left to search.
  var outcome: AttackOutcome? {
    guard let worst else { return nil }
    func measured(_ hits: [Bool]) -> [Bool] {
      hits.indices.filter { !Self.isSearched($0) }.map { hits[$0] }
    }
    let (original, control) = (measured(worst.original), measured(worst.control))
    var outcome = AttackOutcome(
      name: "attribute-inference-worst", attempts: control.isEmpty ? 0 : original.count,
      successes: original.count { $0 })
    outcome.setControl(attempts: control.count, raw: control.count { $0 })
    var draw = Draw(seed: UInt64(worst.secret))
    (outcome.baselineAttempts, outcome.baselineSuccesses) = (
      targets.original.count, targets.randomGuesses(worst.secret, tables, &draw)
    )
    outcome.detail = detail(worst)
    return outcome
  }

  private var worst: InferenceTrial? {
    let trials = searched
    let scores = Concurrently.map(trials.count) { trials[$0].excess(where: Self.isSearched) }
    func highest(_ places: some Sequence<Int>) -> Int? { places.max { scores[$0] < scores[$1] } }
    guard let suspect = highest(scores.indices) else { return nil }
    guard scores[suspect] < Self.suspicion,
      let judged = highest(scores.indices.filter { isJudged[$0] })
    else { return trials[suspect] }
    return trials[judged]
  }

  private func detail(_ worst: InferenceTrial) -> String {
    let known =
      worst.known.count == tables.columns.count - 1
      ? "all other columns"
      : worst.known.sorted().map { "'\(tables.columns[$0].name)'" }.joined(separator: ", ")
    var text =
      "'\(tables.columns[worst.secret].name)' sought from \(known); the worst of \(searched.count) searched on a quarter of the people, "
      + "measured on the others"
    if !guessed.isEmpty {
      text +=
        "; in \(guessed.count) of \(tables.columns.count) columns a guess is right nine times in ten"
    }
    if !unjudged.isEmpty {
      text += "; of \(unjudged.count) columns taken alone so few people say nothing"
    }
    return text
  }
}

extension InferenceTargets {
  /// Returns how often a guess from the column alone, a random row's value, is right about the
  /// original's targets.
  func randomGuesses(_ secret: Int, _ tables: AttackTables, _ draw: inout Draw) -> Int {
    let (release, people) = (
      tables.values(secret, of: .synthetic), tables.values(secret, of: .original)
    )
    return original.count {
      Guess.isRight(draw.below(tables.syntheticRows), of: release, for: $0, of: people)
    }
  }

  /// Returns the share of strangers about whom the release's most frequent value is right.
  func bestGuess(_ secret: Int, _ tables: AttackTables) -> Double {
    let (release, people) = (
      tables.values(secret, of: .synthetic), tables.values(secret, of: .control)
    )
    var counts: [UInt64: (count: Int, row: Int)] = [:]
    for row in 0..<tables.syntheticRows {
      let key: UInt64 =
        switch release {
        case .labels(let labels): UInt64(UInt32(bitPattern: labels[row]))
        case .numbers(let numbers): numbers[row].isNaN ? .max : (numbers[row] + 0).bitPattern
        }
      counts[key, default: (0, row)].count += 1
    }
    guard let guess = counts.values.max(by: { ($0.count, $1.row) < ($1.count, $0.row) })?.row,
      !control.isEmpty
    else { return 0 }
    return Double(control.count { Guess.isRight(guess, of: release, for: $0, of: people) })
      / Double(control.count)
  }
}
