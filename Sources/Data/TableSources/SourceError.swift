/// The reason why a source cannot be read. It names tables, columns, types and files, and never a
/// cell.
package enum SourceError: Error, Equatable, Sendable, Codable {
  /// A column has a type that no file could show.
  case columnType(table: String, column: String, type: String)
  /// A column holds a number or a time beyond what cells can hold.
  case outOfRange(table: String, column: String)
  case text(SourceColumnFault, table: String, column: String)
  case noColumns(table: String)
  case linesAbove(table: String)
  /// The driver's parts of one answer contradict each other.
  case malformed(table: String)
  case compressed(table: String)
  case format(table: String, format: String)
  case noParts(folder: String)
  case partsDiffer(folder: String, part: String)
  case address(AddressFault)
  case driver(DriverFault)
  case database(DatabaseFault, table: String)
  /// The process that reads ended without a result.
  case readerDied(table: String)
  case notInTime(table: String, seconds: Int)
  case cannotStart
  /// The private copy of the rows cannot be written.
  case noRoom(table: String)
  case statistics(StatisticsFault, file: String)
}

/// The fault of an address on which a table was asked for.
package enum AddressFault: Error, Equatable, Sendable, Codable {
  case password
  case unreadable
  case noTable
  case tableAndQuery
  case driverNeeded(scheme: String)
  case notADatabase
}

/// The reason why a driver cannot be used.
package enum DriverFault: Error, Equatable, Sendable, Codable {
  case missing(name: String, folders: [String])
  case relativePath
  case manifest(path: String)
  case writable(path: String)
  case notAFile(path: String)
  case unloadable(path: String)
  /// A name that the library needs and nothing provides.
  case symbol(path: String, name: String)
  case entry(path: String, name: String)
  case refused(path: String)
}

/// The reason why a file of a statistics program cannot be read.
package enum StatisticsFault: String, Equatable, Sendable, Codable {
  case damaged
  case encoding
  case version
  case memory
  case unreadable
}

extension SourceError: CustomStringConvertible {
  /// Describes the error, with the remedy in the last sentence.
  package var description: String {
    switch self {
    case .columnType(let table, let column, let type):
      "\(table): column '\(column)' has the type \(type), which is not read. Convert the column to text, a number or a date in a query, or "
        + "leave it out."
    case .outOfRange(let table, let column):
      "\(table): column '\(column)' holds a value beyond 64 bits, or a date outside the years 1 to 9999. Convert the column to text in a "
        + "query, or leave such values out."
    case .text(let fault, let table, let column): fault.sentence(table: table, column: column)
    case .noColumns(let table): "\(table): there is not one column. Name another table or query."
    case .linesAbove(let table):
      "\(table): the schema says that lines stand above the rows, and this source has none. Take `skip` out of its `format`."
    case .malformed(let table):
      "\(table): what was delivered contradicts itself, and is not read. Try another version of the driver, or export the table as CSV."
    case .compressed(let table):
      "\(table): the Arrow stream is compressed. Write it without compression."
    case .format(let table, let format):
      "\(table): this is \(format), which is not read. Export the table as CSV, Parquet or Arrow stream."
    case .noParts(let folder):
      "\(folder): this folder is not a table: it has no files whose names end in .parquet. Name a file, or a folder of Parquet parts."
    case .partsDiffer(let folder, let part):
      "\(folder): the part \(part) has other columns than the first. Name the parts of one table alone, or write the table anew with the "
        + "same columns in each."
    case .address(let fault): fault.sentence
    case .driver(let fault): fault.sentence
    case .database(let fault, let table): fault.sentence(table: table)
    case .readerDied(let table):
      "\(table): the process that reads it ended by itself: its driver failed, or memory ran out. Try again, or another version of the "
        + "driver."
    case .notInTime(let table, let seconds):
      "\(table): not read within \(seconds) seconds, and given up. Allow more time, or ask for less."
    case .cannotStart:
      "The process that reads sources cannot be started. Check that the program can be run under its own path."
    case .noRoom(let table):
      "\(table): the private copy of its rows cannot be written. Make room in the folder for temporary files."
    case .statistics(let fault, let file): fault.sentence(file: file)
    }
  }

  /// A stable name for programs that read errors.
  package var id: String {
    switch self {
    case .columnType: "source.column-type"
    case .outOfRange: "source.out-of-range"
    case .text: "source.text"
    case .noColumns: "source.no-columns"
    case .linesAbove: "source.lines-above"
    case .malformed: "source.malformed"
    case .compressed: "source.compressed"
    case .format: "source.format"
    case .noParts: "source.no-parts"
    case .partsDiffer: "source.parts-differ"
    case .address(let fault): fault.id
    case .driver(let fault): fault.id
    case .database(let fault, _): fault.id
    case .readerDied: "source.reader-died"
    case .notInTime: "source.time-limit"
    case .cannotStart: "source.cannot-start"
    case .noRoom: "source.no-room"
    case .statistics: "source.statistics-file"
    }
  }
}

extension SourceColumnFault {
  fileprivate func sentence(table: String, column: String) -> String {
    switch self {
    case .notUTF8:
      "\(table): column '\(column)' holds text that is not UTF-8. Convert it in a query, or leave the column out."
    case .nulByte:
      "\(table): column '\(column)' holds a NUL byte, which no text has. Take it out in a query, or leave the column out."
    case .tooManyLabels:
      "\(table): column '\(column)' has more than two thousand million distinct texts. Leave the column out."
    }
  }
}

extension AddressFault {
  fileprivate var sentence: String {
    switch self {
    case .password:
      "The address holds a password, which everyone on this machine can see. Leave it out, and put it into a password file (PGPASSFILE) or "
        + "the environment (PGPASSWORD, for Spark SPARK_CONNECT_AUTHENTICATE_TOKEN)."
    case .unreadable:
      "The address cannot be read. Write it like postgresql://user@host:5432/database."
    case .noTable: "An address of a database needs a table. Name one, or give a query."
    case .tableAndQuery: "A table and a query are two sources. Leave one of them out."
    case .driverNeeded(let scheme):
      "No driver is known for addresses that begin with \(scheme)://. Name one."
    case .notADatabase:
      "A table, a query and a driver belong to the address of a database, and a file was named. Leave them out."
    }
  }

  var id: String {
    switch self {
    case .password: "source.password-in-address"
    case .unreadable: "source.address"
    case .noTable: "source.no-table"
    case .tableAndQuery: "source.table-and-query"
    case .driverNeeded: "source.driver-needed"
    case .notADatabase: "source.not-a-database"
    }
  }
}

extension DriverFault {
  fileprivate var sentence: String {
    switch self {
    case .missing(let name, let folders):
      "There is no driver '\(name)': none of these folders has \(name).toml: \(folders.joined(separator: ", ")). Run "
        + "scripts/install-drivers.sh, or name the library by its absolute path."
    case .relativePath:
      "A driver is named by the name of its manifest or by an absolute path. Write one of the two."
    case .manifest(let path):
      "\(path): this manifest of a driver names no library for this system. Write `shared = \"/path/to/library.so\"` under [Driver]."
    case .writable(let path):
      "\(path): others than its owner may write this file, and a driver is code. Take that away with `chmod go-w`, and check who owns it."
    case .notAFile(let path):
      "\(path): there is no such driver. Install it again, or mend the path in its manifest."
    case .unloadable(let path):
      "\(path): the system cannot load this driver. Install one for this system."
    case .symbol(let path, let name):
      "\(path): this driver needs '\(name)', which nothing here provides. Install another version of it."
    case .entry(let path, let name):
      "\(path): this library has no function '\(name)'. Name its entry point in the manifest."
    case .refused(let path):
      "\(path): this driver speaks no version of ADBC that is known here. Install another version of it."
    }
  }

  var id: String {
    switch self {
    case .missing: "driver.missing"
    case .relativePath: "driver.relative-path"
    case .manifest: "driver.manifest"
    case .writable: "driver.writable"
    case .notAFile: "driver.not-a-file"
    case .unloadable: "driver.unloadable"
    case .symbol: "driver.symbol"
    case .entry: "driver.entry"
    case .refused: "driver.refused"
    }
  }
}

extension StatisticsFault {
  fileprivate func sentence(file: String) -> String {
    switch self {
    case .damaged:
      "\(file): the file is damaged or cut short. Fetch it again, or export it as CSV in UTF-8 where it was made."
    case .encoding:
      "\(file): its texts are in an encoding that is not known here. Export it as CSV in UTF-8 where it was made."
    case .version:
      "\(file): this version of the format is not read. Save it in another version, or export it as CSV in UTF-8."
    case .memory: "\(file): there is not enough memory to read it. Export fewer rows or columns."
    case .unreadable: "\(file): the file cannot be read. Check the path and its permissions."
    }
  }
}
