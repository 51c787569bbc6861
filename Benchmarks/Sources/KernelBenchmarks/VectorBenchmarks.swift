import Foundation
import VectorKernels

/// The loops of `VectorKernels`: each is compared with Foundation or the plain loop, then timed.
struct VectorBenchmarks {
  let limits: Limits
  private let input: [Double]
  private var figures: [Figure] = []

  static func run(limits: Limits) -> [Figure] {
    var benchmarks = VectorBenchmarks(limits: limits)
    benchmarks.elementwise()
    benchmarks.reductions()
    benchmarks.tables()
    return benchmarks.figures
  }

  private init(limits: Limits) {
    self.limits = limits
    var lottery = Lottery(1)
    input = (0..<limits.elements).map { _ in 0.1 + lottery.unit() }
  }

  private mutating func add(_ kernel: String, bytes: Double, limit: Double, _ body: () -> Void) {
    let time = Clock.nanoseconds(body) / Double(limits.elements)
    figures.append(
      Figure(
        kernel: kernel, elements: limits.elements, nanosecondsPerElement: time,
        bytesPerElement: bytes, limitGigabytesPerSecond: limit))
  }

  private func agree(_ a: Double, _ b: Double, within tolerance: Double) {
    precondition(
      abs(a - b) <= tolerance * max(1, abs(b)), "a kernel's answer is \(a), the plain loop's \(b)")
  }

  private mutating func elementwise() {
    let (input, count) = (self.input, self.input.count)
    var x = input
    vk_exp_shifted(&x, count, 1)
    for index in stride(from: 0, to: count, by: 97) {
      agree(x[index], exp(input[index] - 1), within: 1e-15)
    }
    x = input
    // Values converge to 1 and stay there (exp(1 - 1)), so that every call works on ordinary
    // numbers.
    add("exp", bytes: 16, limit: limits.update) { vk_exp_shifted(&x, count, 1) }
    vk_log(&x, input, count)
    for index in stride(from: 0, to: count, by: 97) {
      agree(x[index], log(input[index]), within: 1e-15)
    }
    add("log", bytes: 16, limit: limits.update) { vk_log(&x, input, count) }
    x = input
    vk_axpy(&x, 0.5, input, count)
    for index in stride(from: 0, to: count, by: 97) {
      agree(x[index], 1.5 * input[index], within: 1e-15)
    }
    add("scale and add", bytes: 24, limit: limits.add) { vk_axpy(&x, 1e-9, input, count) }
  }

  private mutating func reductions() {
    let (input, count) = (self.input, self.input.count)
    var sink = 0.0
    agree(vk_max(input, count), input.max() ?? 0, within: 0)
    add("maximum", bytes: 8, limit: limits.read) { sink += vk_max(input, count) }
    agree(vk_min(input, count), input.min() ?? 0, within: 0)
    add("minimum", bytes: 8, limit: limits.read) { sink += vk_min(input, count) }
    agree(vk_sum(input, count), input.reduce(0, +), within: 1e-9)
    add("sum", bytes: 8, limit: limits.read) { sink += vk_sum(input, count) }
    agree(vk_dot(input, input, count), input.reduce(0) { $0 + $1 * $1 }, within: 1e-9)
    let other = input.map { 1 - $0 }
    add("dot product", bytes: 16, limit: limits.read) { sink += vk_dot(input, other, count) }
    var x = input
    let logSumExp = {
      let shift = vk_max(x, count)
      vk_exp_shifted(&x, count, shift)
      return shift + log(vk_sum(x, count))
    }
    agree(logSumExp(), log(input.reduce(0) { $0 + exp($1) }), within: 1e-9)
    // One read for the maximum, a read and a write for the exponential, one read for the sum.
    add("log-sum-exp", bytes: 32, limit: limits.update) { sink += logSumExp() }
    precondition(sink.isFinite, "sums are finite")
  }

  private mutating func tables() {
    let (input, columns) = (self.input, 32)
    let rows = input.count / columns
    var sums = [Double](repeating: 0, count: rows)
    vk_row_sums(&sums, input, rows, columns)
    agree(sums[rows - 1], input[(rows - 1) * columns..<rows * columns].reduce(0, +), within: 1e-12)
    add("row sums, 32 columns", bytes: 8, limit: limits.read) {
      vk_row_sums(&sums, input, rows, columns)
    }
    var table = input
    let ones = [Double](repeating: 1, count: rows)
    vk_scale_rows(&table, input, sums, rows, columns)
    agree(table[columns], input[columns] * sums[1], within: 1e-15)
    add("scaling of rows, 32 columns", bytes: 16, limit: limits.update) {
      vk_scale_rows(&table, input, ones, rows, columns)
    }
    let sizes = [rows / 32, 32, columns]
    let part = [Double](repeating: 1e-9, count: rows / 32 * columns)
    table = input
    vk_broadcast_add(&table, part, 3, sizes, [columns, 0, 1])
    agree(table[columns], input[columns] + 1e-9, within: 1e-15)
    add("adding a smaller table", bytes: 16, limit: limits.update) {
      vk_broadcast_add(&table, part, 3, sizes, [columns, 0, 1])
    }
    var projected = [Double](repeating: 0, count: part.count)
    vk_project_add(&projected, input, 3, sizes, [columns, 0, 1])
    agree(projected[0], (0..<32).reduce(0) { $0 + input[$1 * columns] }, within: 1e-12)
    add("summing onto a smaller table", bytes: 8, limit: limits.read) {
      vk_project_add(&projected, input, 3, sizes, [columns, 0, 1])
    }
  }
}
