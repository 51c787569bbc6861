/// The negacyclic number-theoretic transform, in place: a polynomial modulo X^8192 + 1 becomes its
/// values at the 8,192 roots, where a product of polynomials is a product of each value.
///
/// Butterflies with values below 4q, reduced at the end (Harvey, "Faster arithmetic for
/// number-theoretic transforms", 2014, algorithms 4 and 5; the order of the roots is that of Longa
/// and Naehrig 2016). 4q is below 2^54, so nothing overflows.
extension PrimeRing {
  package func transform(_ values: UnsafeMutablePointer<UInt64>) {
    let twice = 2 &* prime
    roots.withUnsafeBufferPointer { roots in
      var width = LatticeParameters.degree / 2
      var groups = 1
      while width > 0 {
        for group in 0..<groups {
          let factor = roots[groups + group]
          let left = values + 2 * group * width
          let right = left + width
          for place in 0..<width {
            let kept = Self.reduced(left[place], below: twice)
            let turned = lazyProduct(right[place], factor)
            left[place] = kept &+ turned
            right[place] = kept &+ twice &- turned
          }
        }
        groups *= 2
        width /= 2
      }
    }
    for place in 0..<LatticeParameters.degree {
      values[place] = Self.reduced(Self.reduced(values[place], below: twice), below: prime)
    }
  }

  /// Undoes ``transform(_:)``.
  package func invert(_ values: UnsafeMutablePointer<UInt64>) {
    let twice = 2 &* prime
    inverseRoots.withUnsafeBufferPointer { roots in
      var width = 1
      var groups = LatticeParameters.degree / 2
      while groups > 0 {
        for group in 0..<groups {
          let factor = roots[groups + group]
          let left = values + 2 * group * width
          let right = left + width
          for place in 0..<width {
            let (first, second) = (left[place], right[place])
            left[place] = Self.reduced(first &+ second, below: twice)
            right[place] = lazyProduct(first &+ twice &- second, factor)
          }
        }
        groups /= 2
        width *= 2
      }
    }
    for place in 0..<LatticeParameters.degree {
      values[place] = product(values[place], inverseDegree)
    }
  }
}
