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
    return [Value](unsafeUninitializedCapacity: table.count) { result, count in
      table.withUnsafeBufferPointer { table in
        if let to = result.baseAddress, let from = table.baseAddress {
          Transposition(plan).copy(from, to: to)
        }
      }
      count = table.count
    }
  }
}

/// The copying of a table into a row-major one, in blocks that are short both in the table and in
/// the result, so that the cache holds them.
private struct Transposition {
  /// An axis and how far apart its neighbours lie.
  private struct Axis {
    let count: Int
    let source: Int
    let target: Int
  }

  /// The axis along which the result is contiguous, and that along which the table is; the latter
  /// has one place if they are the same.
  private let across: Axis
  private var down = Axis(count: 1, source: 0, target: 0)
  private var outer: [Axis] = []

  /// The length of a block along both axes.
  private static let block = 16

  init(_ plan: StridePlan) {
    let last = plan.sizes.count - 1
    across = Axis(count: plan.sizes[last], source: plan.strides[last], target: 1)
    var target = across.count
    for axis in (0..<last).reversed() {
      let size = plan.sizes[axis]
      let found = Axis(count: size, source: plan.strides[axis], target: target)
      if found.source == 1 { down = found } else { outer.insert(found, at: 0) }
      target *= size
    }
  }

  func copy<Value>(_ table: UnsafePointer<Value>, to result: UnsafeMutablePointer<Value>) {
    var index = [Int](repeating: 0, count: outer.count)
    var (from, to) = (table, result)
    while true {
      copyPlane(from, to: to)
      var axis = outer.count - 1
      while axis >= 0 {
        index[axis] += 1
        (from, to) = (from + outer[axis].source, to + outer[axis].target)
        if index[axis] < outer[axis].count { break }
        from -= outer[axis].source * outer[axis].count
        to -= outer[axis].target * outer[axis].count
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }

  private func copyPlane<Value>(
    _ table: UnsafePointer<Value>, to result: UnsafeMutablePointer<Value>
  ) {
    if across.source == 1 {
      result.initialize(from: table, count: across.count)
      return
    }
    for top in stride(from: 0, to: down.count, by: Transposition.block) {
      let bottom = min(top + Transposition.block, down.count)
      for left in stride(from: 0, to: across.count, by: Transposition.block) {
        let right = min(left + Transposition.block, across.count)
        for row in top..<bottom {
          let (from, to) = (table + row, result + row * down.target)
          for place in left..<right {
            (to + place).initialize(to: from[place * across.source])
          }
        }
      }
    }
  }
}
