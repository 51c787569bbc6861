import DelimitedText
import Foundation
import Tables
import Testing

/// The speed of the reader and the writer. Only `scripts/bench.sh` runs it; it names the table in
/// UNDERSTUDY_BENCH_CSV and the file for the results in UNDERSTUDY_BENCH_RESULT.
@Suite struct CSVBenchmark {
  private static let environment = ProcessInfo.processInfo.environment

  private struct Result: Codable {
    var rows = 0
    /// By column: the sum of an integer column, or the number of labels.
    var facts: [String: Int] = [:]
    var readSeconds: [Double] = []
    var writeSeconds: [Double] = []
    var peakMegabytes = 0.0
    var typedMegabytes = 0.0
  }

  @Test(.enabled(if: environment["UNDERSTUDY_BENCH_CSV"] != nil))
  func readAndWrite() throws {
    let file = URL(filePath: try #require(Self.environment["UNDERSTUDY_BENCH_CSV"]))
    let report = URL(filePath: try #require(Self.environment["UNDERSTUDY_BENCH_RESULT"]))
    var result = Result()
    let folder = try TemporaryFolder()
    let peakBefore = Self.peakMegabytes()
    for _ in 0..<5 {
      let start = Self.processorSeconds()
      let read = try TableReader.read(file)
      result.readSeconds.append(Self.processorSeconds() - start)
      if result.rows == 0 {
        result.peakMegabytes = Self.peakMegabytes()
        result.typedMegabytes = Self.typedMegabytes(read.table)
        #expect(result.peakMegabytes - peakBefore <= 3 * result.typedMegabytes + 16)
      }
      result.rows = read.table.rowCount
      for column in read.table.columns { result.facts[column.name] = Self.fact(column) }
      let writingStart = Self.processorSeconds()
      try CSVWriter.write(
        read.table, to: folder.url.appending(path: "copy.csv"), format: read.format)
      result.writeSeconds.append(Self.processorSeconds() - writingStart)
    }
    try JSONEncoder().encode(result).write(to: report)
  }

  private static func fact(_ column: Column) -> Int {
    switch column.cells {
    case .ticks(let ticks): ticks.reduce(0) { $1 == Cells.missingTick ? $0 : $0 &+ Int($1) }
    case .labels(_, let dictionary): dictionary.count
    }
  }

  private static func typedMegabytes(_ table: Table) -> Double {
    table.columns.reduce(0) { sum, column in
      switch column.cells {
      case .ticks(let ticks): sum + Double(ticks.count * 8) / 1e6
      case .labels(let codes, let dictionary):
        sum + Double(codes.count * 4 + dictionary.bytes.count + dictionary.count * 8) / 1e6
      }
    }
  }

  private static func usage() -> rusage {
    var usage = rusage()
    // RUSAGE_SELF is 0 everywhere, but its type differs between systems.
    getrusage(0, &usage)
    return usage
  }

  private static func processorSeconds() -> Double {
    let usage = usage()
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + Double(
      usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
  }

  /// Peak memory of the process in megabytes; Linux counts in kilobytes, macOS in bytes.
  private static func peakMegabytes() -> Double {
    #if canImport(Darwin)
      Double(usage().ru_maxrss) / 1e6
    #else
      Double(usage().ru_maxrss) / 1e3
    #endif
  }
}
