/// One attack of a suite on a release.
///
/// A new attack is one type that meets this protocol and one line in ``AttackSuite/attacks``, which
/// `understudy attack`, the trial of the gate and the owner's report all walk.
package protocol Attack: Sendable {
  /// The step in words, for progress.
  var title: String { get }
  /// What the attack tries to do to a person; nil if it compares tables only.
  var kind: AttackKind? { get }
  /// The names of its results, by which policies leave them out and reports show them.
  var names: [AttackName] { get }
  /// What there must be. Without it, the attack is not made.
  var needs: AttackNeeds { get }

  func run(_ scene: AttackScene) -> AttackResults
}

/// What an attack cannot do without.
package struct AttackNeeds: OptionSet, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  /// People who are not in the original.
  package static let control = AttackNeeds(rawValue: 1)
  /// Two columns, since one cannot be linked with another or guessed from it.
  package static let twoColumns = AttackNeeds(rawValue: 2)
  /// The synthetic rows nearest to each target, found once for all attacks.
  package static let neighbours = AttackNeeds(rawValue: 4)
}

/// Everything that one attack found.
package struct AttackResults {
  package var outcomes: [AttackOutcome]
  package var membership: [MembershipResult]
  package var copies: CopyCounts?
  /// The rows of the original that were copied, each listed once per copy.
  package var copiedRows: [Int]
  package var notes: [String]

  package init(
    outcomes: [AttackOutcome] = [], membership: [MembershipResult] = [], copies: CopyCounts? = nil,
    copiedRows: [Int] = [],
    notes: [String] = []
  ) {
    (self.outcomes, self.membership, self.copies) = (outcomes, membership, copies)
    (self.copiedRows, self.notes) = (copiedRows, notes)
  }
}

/// The tables under attack, and what several attacks share: the space of rows, the targets, and one
/// pass of nearest neighbours.
package struct AttackScene {
  package let tables: AttackTables
  package let options: AttackOptions
  let space: RowSpace
  package let targets: InferenceTargets
  private(set) var nearOriginal: Neighbours?
  private(set) var nearControl: Neighbours?

  init(tables: AttackTables, options: AttackOptions) {
    self.tables = tables
    self.options = options
    space = RowSpace(tables)
    var draw = Draw(seed: options.seed)
    targets = InferenceTargets(
      original: draw.choose(options.targets, of: tables.originalRows),
      control: draw.choose(options.targets, of: tables.controlRows))
  }

  mutating func lookForNeighbours() {
    let search = NeighbourSearch(matrix: RowMatrix(space, side: .synthetic))
    nearOriginal = search.nearest(
      1, to: QueryRows(space, side: .original, rows: targets.original), leavingOut: true)
    if tables.hasControl {
      nearControl = search.nearest(
        1, to: QueryRows(space, side: .control, rows: targets.control), leavingOut: true)
    }
  }

  func offers(_ needs: AttackNeeds) -> Bool {
    var offered: AttackNeeds = tables.columns.count > 1 ? [.twoColumns] : []
    if tables.hasControl { offered.insert(.control) }
    if nearOriginal != nil { offered.insert(.neighbours) }
    return offered.isSuperset(of: needs)
  }
}
