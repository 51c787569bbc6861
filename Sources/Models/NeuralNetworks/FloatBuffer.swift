/// A buffer of single-precision numbers that lives as long as its owner: networks allocate theirs
/// once and train in it.
///
/// One thread at a time writes to a buffer, or several write to parts that do not overlap.
package final class FloatBuffer: @unchecked Sendable {
  package let base: UnsafeMutablePointer<Float>
  package let count: Int

  /// Creates a buffer of `count` zeros.
  package init(count: Int) {
    self.count = count
    base = .allocate(capacity: max(count, 1))
    base.initialize(repeating: 0, count: max(count, 1))
  }

  package convenience init(_ values: [Float]) {
    self.init(count: values.count)
    for (index, value) in values.enumerated() { base[index] = value }
  }

  deinit { base.deallocate() }

  package var values: [Float] { Array(UnsafeBufferPointer(start: base, count: count)) }

  package func fill(_ value: Float) { base.update(repeating: value, count: count) }
}
