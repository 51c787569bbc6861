/// Row-major tables whose axes are attributes in a given order.
enum TableOrder {
  static func cellCount(_ attributes: [Int], sizes: [Int]) -> Int {
    attributes.reduce(1) { saturatingProduct($0, sizes[$1]) }
  }

  /// Returns, for each of `axes`, the stride of a row-major table over `attributes`; 0 if it lacks
  /// the axis.
  static func strides(of attributes: [Int], alongAxes axes: [Int], sizes: [Int]) -> [Int] {
    var own: [Int: Int] = [:]
    var stride = 1
    for attribute in attributes.reversed() {
      own[attribute] = stride
      stride *= sizes[attribute]
    }
    return axes.map { own[$0] ?? 0 }
  }

  /// Returns the same table with its axes in another order.
  static func transposed<Value>(
    _ table: [Value], from source: [Int], to target: [Int], sizes: [Int]
  ) -> [Value] {
    if source == target { return table }
    let plan = StridePlan(
      sizes: target.map { sizes[$0] }, strides: strides(of: source, alongAxes: target, sizes: sizes)
    )
    let (length, step) = (plan.sizes[plan.sizes.count - 1], plan.strides[plan.strides.count - 1])
    let (outer, jumps) = (plan.sizes.dropLast(), plan.strides.dropLast())
    return [Value](unsafeUninitializedCapacity: table.count) { result, count in
      table.withUnsafeBufferPointer { table in
        var index = [Int](repeating: 0, count: outer.count)
        var offset = 0
        while count < table.count {
          for place in 0..<length {
            (result.baseAddress! + count + place).initialize(to: table[offset + place * step])
          }
          count += length
          var axis = outer.count - 1
          while axis >= 0 {
            index[axis] += 1
            offset += jumps[axis]
            if index[axis] < outer[axis] { break }
            offset -= jumps[axis] * outer[axis]
            index[axis] = 0
            axis -= 1
          }
        }
      }
    }
  }
}
