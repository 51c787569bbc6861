import Accounting
import Encoding
import Ledger
import LinkedTables
import Mechanisms
import Tables

/// The only door to the rows of linked tables.
///
/// Neighbouring tables differ by one added or removed person, with every row of theirs in every
/// table. Each answer is charged, drawn and recorded as by a ``Curator``. There are two kinds:
/// answers of a curator of one row for each person (a person's own row with computed columns, or
/// one of their rows at random), and sums over the people of vectors that a person's whole tree
/// gives, clipped in the L2 norm (`docs/proofs/person-sums.md`).
///
/// A curator belongs to one thread at a time.
package final class PeopleCurator {
  /// Charges and records: a curator of the root's table, which is asked nothing itself.
  package let desk: Curator
  let rows: TreeRows
  /// The codes of every row, by attribute; ``PeopleCurator/skipped`` where a row does not count.
  var codes: [[UInt16]] = []
  package private(set) var attributes: [AttributeShape] = []
  private let probe: (any CuratorProbe)?

  /// The table and the number of codes of an attribute.
  package struct AttributeShape: Sendable, Equatable {
    package let table: Int
    package let size: Int
  }

  /// The code of rows that no sum counts.
  static let skipped = UInt16.max

  /// Takes over the tables: nobody else can read them afterwards.
  package convenience init(
    _ people: consuming SensitivePeople, anchor: TreeAnchor, budget: any BudgetSession
  ) throws {
    try self.init(people.data, anchor: anchor, budget: budget, random: SecureRandom(), probe: nil)
  }

  /// Creates a curator whose noise anyone who knows the seed can repeat. It is not private, and a
  /// release says so.
  package convenience init(
    seeded people: consuming SensitivePeople, anchor: TreeAnchor, budget: any BudgetSession,
    seed: UInt64
  ) throws {
    try self.init(
      people.data, anchor: anchor, budget: budget, random: SecureRandom(testing: seed), probe: nil)
  }

  /// Creates a curator that shows exact answers to a probe, for tests whose people are invented.
  package convenience init(
    audited people: consuming SensitivePeople, anchor: TreeAnchor, budget: any BudgetSession,
    seed: UInt64, probe: any CuratorProbe
  ) throws {
    try self.init(
      people.data, anchor: anchor, budget: budget, random: SecureRandom(testing: seed),
      probe: probe)
  }

  private init(
    _ data: LinkedData, anchor: TreeAnchor, budget: any BudgetSession, random: SecureRandom,
    probe: (any CuratorProbe)?
  ) throws {
    rows = TreeRows(data, anchor: anchor)
    self.probe = probe
    desk = Curator(
      SensitiveTable(table: data.tables[data.rootIndex]),
      blueprint: try Blueprint(schema: data.schema.tables[data.rootIndex].schema), budget: budget,
      random: random, probe: probe)
  }

  /// Whether the noise came from the secure generator and nothing watched the answers.
  package var isPrivate: Bool { desk.isPrivate }

  // MARK: Views

  /// Returns a curator of a view of the root: one row for each person.
  package func curator(ofPeople view: TreeView) throws -> Curator {
    precondition(view.table == rows.data.rootIndex, "people have one row in the root alone")
    return try curator(of: view, rows: rows.byPerson[view.table].rows.map(Int.init))
  }

  /// Returns a curator of a view with one row for each person who has any, drawn at random from
  /// all of theirs. Every row still knows the row before it and its children.
  package func curator(ofOneRowEach view: TreeView) throws -> Curator {
    let groups = rows.byPerson[view.table]
    let chosen = (0..<groups.count).compactMap { person -> Int? in
      let own = groups[person]
      guard !own.isEmpty else { return nil }
      return Int(own[own.startIndex + Int(desk.random.uniform(below: UInt64(own.count)))])
    }
    return try curator(of: view, rows: chosen)
  }

  /// Takes over the charges of a curator that was made here and is asked no more.
  package func absorb(_ curator: Curator) { desk.absorb(curator) }

  private func curator(of view: TreeView, rows: [Int]) throws -> Curator {
    let table = table(of: view)
    let kept = Table(
      columns: table.columns.map { $0.replacing(cells: $0.cells.keeping(rows)) })
    return Curator(
      SensitiveTable(table: kept), blueprint: try Blueprint(schema: view.schema),
      budget: desk.budget, random: desk.random, probe: probe)
  }

  func table(of view: TreeView) -> Table {
    Table(
      columns: view.columns.map { column in
        guard case .attribute(let attribute) = column.value else {
          return column.schema.filled(with: rows.cells(column.value, in: view.table))
        }
        let codes = codes[attribute].map { $0 == Self.skipped ? Cells.missingCode : Int32($0) }
        let labels = LabelDictionary((0..<attributes[attribute].size).map(String.init))
        return column.schema.filled(with: .labels(codes: codes, dictionary: labels))
      })
  }

  /// Encodes every row of a view by a domain that is public or paid for, and returns the attributes
  /// of its variables.
  package func adopt(_ view: TreeView, domain: Domain) throws -> [Int] {
    let blueprint = try Blueprint(schema: view.schema)
    precondition(domain.variables == blueprint.variables, "a domain of other variables")
    let cells = blueprint.prepare(table(of: view))
    return zip(domain.codecs, cells).map { codec, cells in
      let column = codec.encode(cells)
      return store((0..<column.count).map { UInt16(column[$0]) }, in: view.table, size: codec.size)
    }
  }

  func store(_ made: [UInt16], in table: Int, size: Int) -> Int {
    precondition(size < Int(Self.skipped), "an attribute of too many codes")
    codes.append(made)
    attributes.append(AttributeShape(table: table, size: size))
    return codes.count - 1
  }
}

extension Cells {
  /// Returns the cells of some rows, in that order.
  fileprivate func keeping(_ rows: [Int]) -> Cells {
    switch self {
    case .ticks(let ticks): .ticks(rows.map { ticks[$0] })
    case .labels(let codes, let dictionary):
      .labels(codes: rows.map { codes[$0] }, dictionary: dictionary)
    }
  }
}
