/// The facts known about a table before a release looks at it: the metadata file that its owner
/// reads and edits.
///
/// Everything that a release uses from it is public: declared by the owner, or learned privately
/// and paid for.
package struct Schema: Sendable, Equatable {
  /// The version of the file format. Version 2 adds the roles `quasi-identifier` and `sensitive`
  /// and the replacement of identifiers (`treatment`, `pattern`, `locale`). Version 3 adds the
  /// provenance of facts (`facts`, `reviewed`, `provenance`), whether values repeat like persons
  /// (`repeats`), and that each row is a person (`unit: {row: person}`). Version 4 adds formats of
  /// numbers, code words (`codes`) and the types `scientific` and `time`. Version 5 has `rules` for
  /// `constraints`, and more kinds of them. Older files keep their meaning.
  package static let currentVersion = 5

  /// The table's name in reports.
  package var name: String
  /// The format of the file.
  package var format: TableFormat
  /// The approximate number of rows, as public knowledge. Used by plans and to limit the output.
  package var approximateRows: Int?
  /// The unit that the guarantee protects.
  package var unit: PrivacyUnit
  /// Whether the owner declares that each row is a separate person. Has no meaning if a column
  /// names the person.
  package var eachRowIsAPerson = false
  /// The population that the table's people belong to. Tables of one population share one budget.
  /// Nil if the table stands alone.
  package var people: String?
  /// The columns that say where and when; nil if the rows are no points.
  package var place: PlaceColumns?
  /// The columns, in the order of the file.
  package var columns: [ColumnSchema]
  /// Rules that every row keeps.
  package var rules: [Rule]
  /// For rules by which one column determines another: the label of the other for each label, as
  /// public knowledge. What a map says is never learned.
  package var maps: [Rule: [String: String]] = [:]
  /// Whether the owner declared the schema or it was inferred from the rows.
  package var origin: Origin
  /// The provenance of its facts.
  package var provenance = TableProvenance()

  /// Creates a schema; by default, of a comma-separated file whose unit of privacy is the row.
  package init(
    name: String, format: TableFormat = TableFormat(), approximateRows: Int? = nil,
    unit: PrivacyUnit = .row,
    columns: [ColumnSchema], rules: [Rule] = [], origin: Origin = .declared
  ) {
    self.name = name
    self.format = format
    self.approximateRows = approximateRows
    self.unit = unit
    self.columns = columns
    self.rules = rules
    self.origin = origin
  }

  /// The source of a schema.
  package enum Origin: Sendable, Equatable {
    /// Read from a file that the owner answers for.
    case declared
    /// Inferred from the rows: the one unpaid look, an accepted hazard of the release.
    case inferred
  }

  /// Returns the description of the column with the given name; nil if there is none.
  package func column(named name: String) -> ColumnSchema? { columns.first { $0.name == name } }
}

/// The format of a file.
package struct TableFormat: Sendable, Equatable {
  /// The byte between cells.
  package var delimiter: UInt8
  /// Whether the first line holds the column names.
  package var hasHeader: Bool
  /// Lines before the names or the first row that belong to no row: titles, comments, `sep=;`.
  package var skippedLines = 0
  /// The sign before the decimals of a number.
  package var decimalMark = DecimalMark.point
  /// Whole cells that mean "missing", compared after trimming.
  package var missingTokens: [String]
  /// How missing tokens inside quotes are read in a column of labels.
  package var quotedTokens = QuotedTokens.text

  /// Creates a format; by default, comma-separated with a header, quoted tokens being text.
  package init(
    delimiter: UInt8 = UInt8(ascii: ","), hasHeader: Bool = true,
    missingTokens: [String] = TableFormat.defaultMissingTokens
  ) {
    self.delimiter = delimiter
    self.hasHeader = hasHeader
    self.missingTokens = missingTokens
  }

  /// The missing tokens of a table that names none.
  package static let defaultMissingTokens = ["", "NA", "N/A", "NaN", "nan", "NULL", "null", "?"]
}

/// The sign before the decimals of a number. The other sign occurs in no number of the file.
package enum DecimalMark: String, Sendable, Equatable, CaseIterable {
  /// As in 1.5.
  case point
  /// As in 1,5. Spreadsheets write it in most of Europe and South America, usually between
  /// semicolons.
  case comma

  package var byte: UInt8 { self == .point ? UInt8(ascii: ".") : UInt8(ascii: ",") }
}

/// How a missing token inside quotes is read in a column of labels. In other columns it is missing.
package enum QuotedTokens: String, Sendable, Equatable, CaseIterable {
  /// As an ordinary label: a writer that quotes only when needed signals that the word is meant.
  case text
  /// As missing, for files in which every cell is quoted, so that quotes carry no information.
  case missing
}

/// The unit that the guarantee protects: neighbouring tables differ in one unit.
package enum PrivacyUnit: Sendable, Equatable {
  case row
  /// All rows that share a value of `column`. At most `maximumRows`, drawn at random, are used.
  case person(column: String, maximumRows: Int)

  /// The largest number of rows that one unit contributes to the table that is used.
  package var maximumRows: Int {
    switch self {
    case .row: 1
    case .person(_, let maximumRows): maximumRows
    }
  }
}

/// How the contribution of a person with several rows is bounded.
package enum PersonBound: String, Sendable, Codable, CaseIterable {
  /// At most ``PrivacyUnit/maximumRows`` rows are used, drawn at random.
  case rows
  /// All rows are used, and what they add to a table of counts is shortened to a length.
  case norm
}

/// The source of a bound or a list of categories.
package enum Knowledge<Value: Sendable & Equatable>: Sendable, Equatable {
  /// To be learned through the curator, at a cost.
  case learned
  /// Public knowledge that the owner answers for.
  case declared(Value)
}

/// The facts known about one column.
package struct ColumnSchema: Sendable, Equatable {
  /// The name as the header writes it, or one made from the column's position if there is none.
  package var name: String
  /// The type, which decides how cells are read and written.
  package var type: ColumnType
  /// The purpose of the column.
  package var role: ColumnRole
  /// Whether cells may be missing.
  package var isNullable: Bool
  /// The text of a missing cell.
  package var missingToken: String
  /// The lowest and highest tick, for ordered types.
  package var bounds: Knowledge<ClosedRange<Int64>>
  /// Whether bins are even in the logarithm, as suits money and durations.
  package var isLogarithmic = false
  /// The longest gap between the columns that a rule puts before this one and this one, in ticks;
  /// nil if nobody has said. A public bound: longer gaps count as this one.
  package var longestGap: Int64?
  /// All possible labels, for categories.
  package var categories: Knowledge<[String]>
  /// The public classification that the labels are codes of, for labels to learn: a code that is
  /// too rare to be named is released as the group it belongs to.
  package var hierarchy: CodeHierarchy?
  /// The label that replaces labels too rare to be released.
  package var otherLabel: String
  /// The column's text in the file's header line, if it differs from ``name``; it can be empty.
  package var header: String?
  /// The fewest digits after the point in a decimal: 2 writes 49 as 49.00, 0 writes 49.0 as 49.
  package var minimumFractionDigits: Int
  /// The signs around and between the digits of a number.
  package var numberFormat = NumberFormat.plain
  /// The code words of an ordered column, such as `N` among incomes. Each is a value of its own
  /// beside the numbers or times, whether or not it occurs.
  package var codes: [String] = []
  /// The treatment of an identifier. Has no meaning for other roles.
  package var treatment = IdentifierTreatment.fake
  /// The form of an identifier's replacement, see ``FakePattern``; nil for the usual one of its
  /// kind.
  package var pattern: FakePattern?
  /// The country or language of replacement names.
  package var locale = FakeLocale.english
  /// The meaning of the column in words, for people; nil if nobody has said.
  package var meaning: String?
  /// The meanings of codes among the values, for people: `1` means `male`.
  package var labels: [String: String] = [:]
  /// Whether values recur in several rows as those of a person do; nil if nobody has said.
  package var repeats: Bool?
  /// The provenance of these facts.
  package var provenance = ColumnProvenance()

  /// Creates a column; by default, ordinary, never missing, and with bounds and categories to
  /// learn.
  package init(
    name: String, type: ColumnType, role: ColumnRole = .ordinary, isNullable: Bool = false,
    missingToken: String = "",
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

  /// Returns a column with this schema's name, type and format, and the given cells.
  /// - Parameter written: The text in the file's header line; nil if it is the schema's.
  package func filled(with cells: Cells, header written: String? = nil) -> Column {
    var shape = ColumnShape(
      name: name, header: written ?? header, type: type, missingToken: missingToken,
      minimumFractionDigits: minimumFractionDigits)
    shape.numberFormat = numberFormat
    shape.codes = codes
    return Column(shape, cells: cells)
  }
}

/// The purpose of a column.
package enum ColumnRole: Sendable, Equatable {
  /// Modelled. Describes things or the recording, or nothing else is known about it.
  case ordinary
  /// Modelled. Others may know it about a person or look it up, so several together single people
  /// out.
  case quasiIdentifier
  /// Modelled. People would not want it known about them, such as health or money.
  case sensitive
  /// A column that researchers will predict: its marginals weigh more.
  case target
  /// Names a person or record. Replaced by fakes of the kind, never modelled.
  case identifier(IdentifierKind)
  /// Free prose. Replaced by a fixed placeholder, never modelled.
  case prose
  /// Left out of the release.
  case drop
}

/// The kind of an identifier, which decides the fakes that replace it.
package enum IdentifierKind: String, Sendable, Equatable, CaseIterable {
  case personName = "person-name"
  case givenName = "given-name"
  case familyName = "family-name"
  case email
  case phone
  case uuid
  /// A number or code. Digits and letters are replaced in place.
  case code
  case other
  case address
  case url
  case ipAddress = "ip-address"
  case macAddress = "mac-address"
  /// Used in the United States.
  case socialSecurityNumber = "ssn"
  case creditCard = "credit-card"
  case iban
}

extension ColumnSchema {
  /// Whether a model may see the column.
  package var isModelled: Bool { role.isModelled }
}
