/// What a pair is made to be about: a fault in one place of the program hardly shows in a pair that chance alone put together. Pairs go
/// through all themes in turn, so that every audit looks at all of them, whatever its seed.
enum PairTheme: CaseIterable {
  /// Anything with anything.
  case free
  /// Quotation marks of one row, and what they do to the others.
  case marks
  /// One cell that does not fit a declared schema.
  case misfit
  /// What `inspect` saw, or what was inferred, and what becomes of it.
  case provenance
  /// A gate that can fail.
  case gate
  /// All rows of one person.
  case person
  /// Hardly any rows. A file without rows is no table, which is outside the guarantee.
  case edge
  /// The engines that take longest.
  case engine
  /// The people of the audits of mechanisms, and the one person who can do most to counts: five rows all alike, of which two are used.
  case worst

  static func of(_ number: Int) -> PairTheme { allCases[(number - 1) % allCases.count] }

  var sizes: [Int] {
    switch self {
    case .free: [12, 40, 40, 120, 300]
    // Enough that labels are learned at a small epsilon.
    case .marks: [2_000]
    case .misfit, .provenance: [40, 120, 120]
    case .gate: [12, 12, 40, 120]
    case .person: [12, 40, 120, 300]
    case .edge: [1, 1, 1, 2, 3]
    case .engine, .worst: [40, 120]
    }
  }

  var isByPerson: Double {
    switch self {
    case .person: 1
    case .marks, .misfit, .provenance, .gate: 0.15
    case .free, .edge, .engine, .worst: 0.35
    }
  }

  /// The epsilons that are asked for, each as likely as it stands here: at small ones a certain difference is caught soonest.
  var epsilons: [Double] {
    switch self {
    case .marks: [0.1, 0.1, 0.5]
    case .worst: [0.5, 1]
    default: [0.1, 0.1, 0.1, 0.1, 0.1, 0.02, 0.5, 1]
    }
  }

  /// Whether the unit may be a row that the table has already.
  var mayRepeat: Bool { self == .free || self == .edge || self == .engine }

  /// How many cells of each row of the unit are made ugly.
  var blemishes: [Int] {
    switch self {
    case .misfit, .provenance, .gate: [1]
    case .marks: [0, 0, 1]
    case .free, .person, .edge, .engine, .worst: [0, 1, 1, 2, 3, 6]
    }
  }

  /// What makes cells ugly: for a fact that is observed, what changes one; for one cell that does not fit, what hardly ever fits.
  var kinds: [Blemish] {
    switch self {
    case .provenance: [.missingWord, .missingWord, .missingWord, .oddNumber, .oddDate, .extreme, .longCell]
    case .misfit: [.missingWord, .missingWord, .oddNumber, .oddDate, .strangeText, .secondMeaning, .earlyDischarge]
    default: Blemish.allCases
    }
  }

  /// How likely ordinary cells of a column are all alike.
  var isFlat: Double { self == .gate ? 0.8 : 0.2 }

  /// How likely the table has some ugly rows before the unit comes.
  var isDirty: Double {
    switch self {
    case .marks, .misfit, .provenance, .gate: 0
    default: 0.25
    }
  }

  /// The share of ordinary cells that are missing, where they may be. What `inspect` shall not see before the unit comes is nowhere.
  var missing: Double {
    switch self {
    case .provenance, .gate: 0
    case .marks: 0.3
    default: 0.08
    }
  }

  /// The share of ordinary cells in quotation marks: one of these for the table, one for the unit.
  var quotes: (table: [Double], unit: [Double]) {
    self == .marks ? ([1, 1, 1, 0], [0, 0, 0, 0.5]) : ([0, 0, 1, 1, 0.3], [0, 0, 1, 0.5])
  }
}
