import Foundation

/// Prints one JSON document: the machine's memory rates, and how close each kernel comes to them.
@main enum KernelBenchmarks {
  private struct Report: Encodable {
    let limits: [Limits]
    let figures: [Figure]
  }

  static func main() throws {
    // 16 KiB fit in the first-level cache of one core, 64 MiB in none.
    let (cached, memory) = (Limits(elements: 2048), Limits(elements: 1 << 23))
    var figures = VectorBenchmarks.run(limits: cached) + VectorBenchmarks.run(limits: memory)
    figures += TableBenchmarks.counting(rows: 10_000_000, limit: memory.read)
    figures.append(try TableBenchmarks.sampling(rows: 500_000, limit: memory.update))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    print(
      String(
        decoding: try encoder.encode(Report(limits: [cached, memory], figures: figures)),
        as: UTF8.self))
  }
}
