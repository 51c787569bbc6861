/// Row-major tables whose axes are attributes in a given order.
enum TableOrder {
  static func cellCount(_ attributes: [Int], sizes: [Int]) -> Int { attributes.reduce(1) { saturatingProduct($0, sizes[$1]) } }

  /// For each of `axes`, the stride of a row-major table over `attributes`; 0 where it lacks the axis.
  static func strides(of attributes: [Int], alongAxes axes: [Int], sizes: [Int]) -> [Int] {
    var own: [Int: Int] = [:]
    var stride = 1
    for attribute in attributes.reversed() {
      own[attribute] = stride
      stride *= sizes[attribute]
    }
    return axes.map { own[$0] ?? 0 }
  }

  /// The same table with its axes in another order.
  static func transposed<Value>(_ table: [Value], from source: [Int], to target: [Int], sizes: [Int]) -> [Value] {
    if source == target { return table }
    let axes = target.map { sizes[$0] }
    let strides = strides(of: source, alongAxes: target, sizes: sizes)
    var index = [Int](repeating: 0, count: axes.count)
    var offset = 0
    var result: [Value] = []
    result.reserveCapacity(table.count)
    for _ in 0..<table.count {
      result.append(table[offset])
      var axis = axes.count - 1
      while axis >= 0 {
        index[axis] += 1
        offset += strides[axis]
        if index[axis] < axes[axis] { break }
        offset -= strides[axis] * axes[axis]
        index[axis] = 0
        axis -= 1
      }
    }
    return result
  }
}
