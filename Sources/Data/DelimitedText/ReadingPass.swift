import Foundation
import Tables

/// Reads a file without a schema: once for all columns, and again for those that need another kind.
struct ReadingPass {
  private let url: URL
  private let file: String
  private let layout: FileLayout
  private let mostRows: Int?
  private var builders: [any ColumnBuilder]
  private var rowCount: Int?
  private(set) var blankLines = 0

  init(url: URL, file: String, layout: FileLayout, setting: BuilderSetting, mostRows: Int? = nil) {
    self.url = url
    self.file = file
    self.layout = layout
    self.mostRows = mostRows
    builders = layout.names.map { _ in InferringBuilder(setting) }
  }

  /// The time pattern of each column, if any.
  var timeCandidates: [TimeCandidate?] { builders.map(\.timeCandidate) }

  mutating func run() throws(TableError) -> [BuiltColumn] {
    var columns = [BuiltColumn?](repeating: nil, count: builders.count)
    var pending = Array(builders.indices)
    // Run at least once: if the first row is faulty there is no column to read, and the fault is
    // met on the way.
    repeat {
      let failed = try stream(to: pending)
      var unfinished = failed
      for column in pending where !failed.contains(column) {
        columns[column] = builders[column].finish()
        if columns[column] == nil { unfinished.insert(column) }
      }
      pending = unfinished.sorted()
      for column in pending {
        guard builders[column].canRetry else {
          throw TableError(
            file: file, place: TableError.Place(row: nil, line: 1, column: layout.names[column]),
            problem: .tooManyDistinctLabels)
        }
        builders[column].retry()
      }
    } while !pending.isEmpty
    return columns.compactMap { $0 }
  }

  /// Feeds all rows to the given columns, and returns those that cannot go on as they are.
  private mutating func stream(to columns: [Int]) throws(TableError) -> Set<Int> {
    let rows = try RowStream(url, layout: layout, mostRows: mostRows)
    var active = columns
    var failed: Set<Int> = []
    var count = 0
    while let block = try rows.next() {
      count += block.rowCount
      for column in active where !builders[column].append(block, column: column) {
        failed.insert(column)
      }
      active.removeAll(where: failed.contains)
      if active.isEmpty && rowCount != nil { return failed }
    }
    guard rowCount == nil || rowCount == count else {
      throw TableError(file: file, problem: .changedWhileReading)
    }
    rowCount = count
    blankLines = rows.blankLines
    return failed
  }
}
