import Dispatch

/// Spreads independent pieces of work over the cores.
package enum Concurrently {
  /// `body(0)`, `body(1)`, …, computed in any order and returned in that one.
  package static func map<Value: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Value) -> [Value] {
    guard count > 0 else { return [] }
    return [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
      nonisolated(unsafe) let base = buffer.baseAddress!
      DispatchQueue.concurrentPerform(iterations: count) { (base + $0).initialize(to: body($0)) }
      initialized = count
    }
  }
}
