import Dispatch

/// Spreads independent pieces of work over the cores.
package enum Concurrently {
  /// Returns `body(0)`, `body(1)`, … in this order, computed in any order.
  /// - Throws: The error of the lowest-numbered piece that failed, after all pieces have run.
  package static func map<Value: Sendable, Failure: Error>(
    _ count: Int, _ body: @Sendable (Int) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    guard count > 0 else { return [] }
    let results = [Result<Value, Failure>](unsafeUninitializedCapacity: count) {
      buffer, initialized in
      nonisolated(unsafe) let buffer = buffer
      DispatchQueue.concurrentPerform(iterations: count) { index in
        buffer.initializeElement(
          at: index, to: Result { () throws(Failure) -> Value in try body(index) })
      }
      initialized = count
    }
    var values: [Value] = []
    values.reserveCapacity(count)
    for result in results { values.append(try result.get()) }
    return values
  }

  /// Returns `body` of each element, in the order of the elements.
  package static func map<Element: Sendable, Value: Sendable, Failure: Error>(
    _ elements: [Element], _ body: @Sendable (Element) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    try map(elements.count) { (index) throws(Failure) -> Value in try body(elements[index]) }
  }

  /// Runs `body(0)` to `body(count - 1)`; each writes only to its own places.
  package static func perform(_ count: Int, _ body: @Sendable (Int) -> Void) {
    DispatchQueue.concurrentPerform(iterations: count, execute: body)
  }
}
