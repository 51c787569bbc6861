/// What is known about a table before a release looks at it: the metadata file that its owner reads and edits.
///
/// Whatever a release uses of it is public: declared by the owner, or learned privately and paid for.
public struct Schema: Sendable, Equatable {
  /// The version of the file format. Version 2 adds the roles `quasi-identifier` and `sensitive` and what stands for identifiers
  /// (`treatment`, `pattern`, `locale`). Version 3 says where facts come from (`facts`, `reviewed`, `provenance`), whether values repeat
  /// like persons (`repeats`) and that each row is a person of its own (`unit: {row: person}`). Older files mean what they meant.
  public static let currentVersion = 3

  /// What the table is called in reports.
  public var name: String
  /// How the file is written.
  public var format: TableFormat
  /// About how many rows there are, as public knowledge; used by plans, and as a limit on what is written.
  public var approximateRows: Int?
  /// Whom the guarantee protects.
  public var unit: PrivacyUnit
  /// Whether the owner declares that each row is a person of its own. Means nothing where a column says who.
  public var eachRowIsAPerson = false
  /// The population that the table's people belong to: tables of one population share one budget. Nil where the table stands alone.
  public var people: String?
  /// In the order of the file.
  public var columns: [ColumnSchema]
  /// Rules that every row keeps.
  public var constraints: [Constraint]
  /// Whether the owner declared it or it was inferred from the rows.
  public var origin: Origin
  /// Where its facts come from.
  public var provenance = TableProvenance()

  /// A schema; without further words, of a comma-separated file whose unit of privacy is the row.
  public init(
    name: String, format: TableFormat = TableFormat(), approximateRows: Int? = nil, unit: PrivacyUnit = .row,
    columns: [ColumnSchema], constraints: [Constraint] = [], origin: Origin = .declared
  ) {
    self.name = name
    self.format = format
    self.approximateRows = approximateRows
    self.unit = unit
    self.columns = columns
    self.constraints = constraints
    self.origin = origin
  }

  /// Who says what the schema says.
  public enum Origin: Sendable, Equatable {
    /// Read from a file that the owner answers for.
    case declared
    /// Inferred from the rows: the one look that nobody pays for, an accepted hazard of the release.
    case inferred
  }

  /// What is known of the column of that name; nil where there is none.
  public func column(named name: String) -> ColumnSchema? { columns.first { $0.name == name } }
}

/// How the file is written.
public struct TableFormat: Sendable, Equatable {
  /// The byte between cells.
  public var delimiter: UInt8
  /// Whether the first line holds the names of the columns.
  public var hasHeader: Bool
  /// Lines in front of the names, or of the first row, that belong to no row: titles, comments, `sep=;`.
  public var skippedLines = 0
  /// The sign before the decimals of a number.
  public var decimalMark = DecimalMark.point
  /// Whole cells, compared after trimming, that mean "missing".
  public var missingTokens: [String]
  /// How a missing token inside quotes is read in a column of labels.
  public var quotedTokens = QuotedTokens.text

  /// A format; without further words, comma-separated with a header, quoted tokens being text.
  public init(
    delimiter: UInt8 = UInt8(ascii: ","), hasHeader: Bool = true,
    missingTokens: [String] = TableFormat.defaultMissingTokens
  ) {
    self.delimiter = delimiter
    self.hasHeader = hasHeader
    self.missingTokens = missingTokens
  }

  /// The missing tokens of a table that names none.
  public static let defaultMissingTokens = ["", "NA", "N/A", "NaN", "nan", "NULL", "null", "?"]
}

/// The sign before the decimals of a number. The other sign stands in no number of the file.
public enum DecimalMark: String, Sendable, Equatable, CaseIterable {
  /// As in 1.5.
  case point
  /// As in 1,5: what spreadsheets write in most of Europe and South America, usually between semicolons.
  case comma

  package var byte: UInt8 { self == .point ? UInt8(ascii: ".") : UInt8(ascii: ",") }
}

/// How a missing token inside quotes is read in a column of labels. In a column of any other type it is missing.
public enum QuotedTokens: String, Sendable, Equatable, CaseIterable {
  /// As a label like any other: a writer that quotes only what needs it says so that the word is meant.
  case text
  /// As missing: for files in which every cell is quoted, so that quotes tell nothing.
  case missing
}

/// Whom the guarantee protects: neighbouring tables differ in one unit.
public enum PrivacyUnit: Sendable, Equatable {
  case row
  /// All rows that share a value of `column`, of which at most `maximumRows`, drawn at random, are used.
  case person(column: String, maximumRows: Int)

  /// The largest number of rows that one unit adds to the table that is used.
  public var maximumRows: Int {
    switch self {
    case .row: 1
    case .person(_, let maximumRows): maximumRows
    }
  }
}

/// Where a bound or a list of categories comes from.
public enum Knowledge<Value: Sendable & Equatable>: Sendable, Equatable {
  /// To be learned through the curator, at a cost.
  case learned
  /// Public knowledge, for which the owner answers.
  case declared(Value)
}

/// What is known about one column.
public struct ColumnSchema: Sendable, Equatable {
  /// As the header writes it; where it writes nothing, a name made of the column's position.
  public var name: String
  /// How cells are read and written.
  public var type: ColumnType
  /// What the column is for.
  public var role: ColumnRole
  /// Whether cells may be missing.
  public var isNullable: Bool
  /// How a missing cell is written.
  public var missingToken: String
  /// Lowest and highest tick, for ordered types.
  public var bounds: Knowledge<ClosedRange<Int64>>
  /// All labels there can be, for categories.
  public var categories: Knowledge<[String]>
  /// What stands for labels too rare to be released.
  public var otherLabel: String
  /// What the file's header line has for the column, where that is not ``name``: such as nothing at all.
  public var header: String?
  /// The fewest digits behind the point that a decimal is written with: 2 writes 49 as 49.00, 0 writes 49.0 as 49.
  public var minimumFractionDigits: Int
  /// What is done with an identifier. Means nothing at other roles.
  public var treatment = IdentifierTreatment.fake
  /// The form of what stands for an identifier, see ``FakePattern``; nil for the usual one of its kind.
  public var pattern: FakePattern?
  /// The country or language whose names stand for names.
  public var locale = FakeLocale.english
  /// Whether values come back in several rows as those of a person do; nil where nobody said.
  public var repeats: Bool?
  /// Where these facts come from.
  public var provenance = ColumnProvenance()

  /// A column; without further words, ordinary, never missing, its bounds and categories to be learned.
  public init(
    name: String, type: ColumnType, role: ColumnRole = .ordinary, isNullable: Bool = false, missingToken: String = "",
    bounds: Knowledge<ClosedRange<Int64>> = .learned, categories: Knowledge<[String]> = .learned,
    otherLabel: String = "other", header: String? = nil, minimumFractionDigits: Int = 0
  ) {
    self.name = name
    self.type = type
    self.role = role
    self.isNullable = isNullable
    self.missingToken = missingToken
    self.bounds = bounds
    self.categories = categories
    self.otherLabel = otherLabel
    self.header = header
    self.minimumFractionDigits = minimumFractionDigits
  }

  /// A column of this schema: its name, type and manner of writing, with these cells.
  package func filled(with cells: Cells) -> Column {
    Column(
      name: name, type: type, cells: cells, missingToken: missingToken, header: header, minimumFractionDigits: minimumFractionDigits)
  }
}

/// What a column is for.
public enum ColumnRole: Sendable, Equatable {
  /// Modelled. It tells about things or the recording, or nothing else is known of it.
  case ordinary
  /// Modelled. Others may know it of a person, or look it up, so that several of them together single people out.
  case quasiIdentifier
  /// Modelled. What people would not want known of them, such as health or money.
  case sensitive
  /// What researchers will predict: its marginals weigh more.
  case target
  /// Names a person or record: replaced by fakes of the kind, never modelled.
  case identifier(IdentifierKind)
  /// Free prose: replaced by a fixed placeholder, never modelled.
  case prose
  /// Left out of the release.
  case drop
}

/// What an identifier looks like, which decides the fakes that stand for it.
public enum IdentifierKind: String, Sendable, Equatable, CaseIterable {
  case personName = "person-name"
  case givenName = "given-name"
  case familyName = "family-name"
  case email
  case phone
  case uuid
  /// A number or code: digits and letters are replaced in their places.
  case code
  case other
  case address
  case url
  case ipAddress = "ip-address"
  case macAddress = "mac-address"
  /// Of the United States.
  case socialSecurityNumber = "ssn"
  case creditCard = "credit-card"
  case iban
}

/// A rule that every row keeps, in the original and in a release.
public enum Constraint: Sendable, Hashable {
  /// `earlier` ≤ `later` in every row where both are present; both of the same ordered type.
  case ordered(earlier: String, later: String)
  /// Each value of `determinant` has one value of `dependent`, such as a code and its description.
  case determines(determinant: String, dependent: String)
}

extension ColumnSchema {
  /// Whether a model may see the column.
  package var isModelled: Bool { role.isModelled }
}
