import VectorKernels

/// A table over some attributes, row-major in the stated order.
struct Factor {
  var attributes: [Int]
  var values: [Double]

  /// Sums out every attribute that is not in `kept`; the order of the others stays.
  func summed(onto kept: Set<Int>, sizes: [Int]) -> Factor {
    let target = attributes.filter(kept.contains)
    if target.count == attributes.count { return self }
    let plan = StridePlan(
      sizes: attributes.map { sizes[$0] },
      strides: TableOrder.strides(of: target, alongAxes: attributes, sizes: sizes))
    var result = [Double](repeating: 0, count: TableOrder.cellCount(target, sizes: sizes))
    vk_project_add(&result, values, plan.sizes.count, plan.sizes, plan.strides)
    return Factor(attributes: target, values: result)
  }

  /// Returns the product of two factors with every attribute outside `kept` summed out, without
  /// building the product.
  ///
  /// Attributes are shared and kept (looped outermost), this factor's own, shared and summed, or
  /// the other's own (innermost, a stream): a batch of matrix products.
  func contracted(with other: Factor, keeping kept: Set<Int>, sizes: [Int], isSwapped: Bool = false)
    -> Factor
  {
    let mine = Set(attributes)
    let theirs = Set(other.attributes)
    let left = summed(onto: kept.union(theirs), sizes: sizes)
    let right = other.summed(onto: kept.union(mine), sizes: sizes)
    let batch = left.attributes.filter { theirs.contains($0) && kept.contains($0) }
    let rows = left.attributes.filter { !theirs.contains($0) }
    let others = right.attributes.filter { !mine.contains($0) }
    if TableOrder.cellCount(others, sizes: sizes) < TableOrder.cellCount(rows, sizes: sizes),
      !isSwapped
    {
      // Long streams are cheaper than many.
      return right.contracted(with: left, keeping: kept, sizes: sizes, isSwapped: true)
    }
    let inner = left.attributes.filter { theirs.contains($0) && !kept.contains($0) }
    let a = TableOrder.transposed(
      left.values, from: left.attributes, to: batch + rows + inner, sizes: sizes)
    let b = TableOrder.transposed(
      right.values, from: right.attributes, to: batch + inner + others, sizes: sizes)
    let count = { (list: [Int]) in TableOrder.cellCount(list, sizes: sizes) }
    let (rowCount, innerCount, columnCount) = (count(rows), count(inner), count(others))
    let result = [Double](unsafeUninitializedCapacity: count(batch) * rowCount * columnCount) {
      vk_products($0.baseAddress!, a, b, count(batch), rowCount, innerCount, columnCount)
      $1 = $0.count
    }
    return Factor(attributes: batch + rows + others, values: result)
  }
}
