/// The subject of a pair. A fault in one place of the program hardly shows in a pair that chance
/// alone puts together. Pairs go through all themes in turn, so that every audit covers all of
/// them, whatever its seed.
enum PairTheme: CaseIterable {
  /// Anything combined with anything.
  case free
  /// The quotation marks of one row, and their effect on the others.
  case marks
  /// One cell that does not fit a declared schema.
  case misfit
  /// Facts that `inspect` saw or that were inferred, and what becomes of them.
  case provenance
  /// A gate that can fail.
  case gate
  /// All rows of one person.
  case person
  /// Hardly any rows. A file without rows is not a table and is outside the guarantee.
  case edge
  /// The slowest engines.
  case engine
  /// The people of the audits of mechanisms, and the one person who affects counts most: five
  /// identical rows, two of which are used.
  case worst
  /// A predictive model in place of a table.
  case training

  static func of(_ number: Int) -> PairTheme { allCases[(number - 1) % allCases.count] }

  var sizes: [Int] {
    switch self {
    case .free: [12, 40, 40, 120, 300]
    // Enough rows to learn labels at a small epsilon.
    case .marks: [2_000]
    case .misfit, .provenance: [40, 120, 120]
    case .gate: [12, 12, 40, 120]
    case .person: [12, 40, 120, 300]
    case .edge: [1, 1, 1, 2, 3]
    case .engine, .worst: [40, 120]
    // Enough rows to learn a target at an epsilon of 0.5.
    case .training: [120, 300]
    }
  }

  var isByPerson: Double {
    switch self {
    case .person: 1
    case .marks, .misfit, .provenance, .gate: 0.15
    case .free, .edge, .engine, .worst, .training: 0.35
    }
  }

  /// The epsilons to request, each as likely as it is frequent here. Small ones reveal a certain
  /// difference soonest.
  var epsilons: [Double] {
    switch self {
    case .marks: [0.1, 0.1, 0.5]
    case .worst: [0.5, 1]
    case .training: [0.1, 0.5, 1]
    default: [0.1, 0.1, 0.1, 0.1, 0.1, 0.02, 0.5, 1]
    }
  }

  /// Whether the unit may be a row that the table already has.
  var mayRepeat: Bool { self == .free || self == .edge || self == .engine }

  /// The possible numbers of ugly cells in each row of the unit.
  var blemishes: [Int] {
    switch self {
    case .misfit, .provenance, .gate: [1]
    case .marks: [0, 0, 1]
    case .free, .person, .edge, .engine, .worst, .training: [0, 1, 1, 2, 3, 6]
    }
  }

  /// The blemishes to choose from: those that change an observed fact, or those that hardly ever
  /// fit if one cell must not fit.
  var kinds: [Blemish] {
    switch self {
    case .provenance:
      [.missingWord, .missingWord, .missingWord, .oddNumber, .oddDate, .extreme, .longCell]
    case .misfit:
      [
        .missingWord, .missingWord, .oddNumber, .oddDate, .strangeText, .secondMeaning,
        .earlyDischarge,
      ]
    default: Blemish.allCases
    }
  }

  /// The probability that ordinary cells of a column are all alike.
  var isFlat: Double { self == .gate ? 0.8 : 0.2 }

  /// The probability that the table has some ugly rows before the unit is added.
  var isDirty: Double {
    switch self {
    case .marks, .misfit, .provenance, .gate: 0
    default: 0.25
    }
  }

  /// The share of ordinary cells that are missing, if they may be. None is missing if `inspect`
  /// must not see one before the unit is added.
  var missing: Double {
    switch self {
    case .provenance, .gate: 0
    case .marks: 0.3
    default: 0.08
    }
  }

  /// The shares of ordinary cells in quotation marks to choose from, for the table and for the
  /// unit.
  var quotes: (table: [Double], unit: [Double]) {
    self == .marks ? ([1, 1, 1, 0], [0, 0, 0, 0.5]) : ([0, 0, 1, 1, 0.3], [0, 0, 1, 0.5])
  }
}
