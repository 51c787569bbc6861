/// The plan for adding a small table to a large one, or summing it out: the axes of the large table
/// with the small one's strides (0 if the small table lacks the axis); neighbouring axes are merged
/// if one loop can run over both.
struct StridePlan {
  private(set) var sizes: [Int] = []
  private(set) var strides: [Int] = []

  init(sizes allSizes: [Int], strides allStrides: [Int]) {
    for (size, stride) in zip(allSizes, allStrides) where size != 1 {
      if let last = strides.last, last == size * stride {
        sizes[sizes.count - 1] *= size
        strides[strides.count - 1] = stride
      } else {
        sizes.append(size)
        strides.append(stride)
      }
    }
    if sizes.isEmpty {
      sizes = [1]
      strides = [0]
    }
  }
}
