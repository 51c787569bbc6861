import VectorKernels

#if PLANTED_FAULTS
  import Basics
#endif

/// The way a network multiplies rows by its weights.
package enum RowProducts: Sendable {
  /// The library's products, which are fastest. The library picks a row's kernel by its position
  /// and by the number of rows, so a row's last bits change when another row comes or goes. For
  /// rows that belong to nobody.
  case library
  /// Each row by itself, in a fixed order (`RowKernels.h`): a row's result depends on that row and
  /// on the weights, bit for bit.
  case rowByRow

  /// The products for rows of people. The proof of `docs/proofs/noisy-gradient.md` rests on it:
  /// adding a person must not change another's factors, or the clipped sum moves by more than that
  /// person's gradient.
  ///
  /// The only place that chooses: `.library` here is the fault that `scripts/planted-faults.sh`
  /// plants. ``NoisyGradients`` would refuse to run then (`RowsApart`), so that check is left out
  /// too.
  package static var ofRealRows: RowProducts {
    #if PLANTED_FAULTS
      if PlantedControl.chosen == .libraryKernel { return .library }
    #endif
    return .rowByRow
  }

  /// Computes c = a b. a is [rows, inner], b is [inner, columns].
  func multiply(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>,
    rows: Int, inner: Int, columns: Int
  ) {
    switch self {
    case .library: BLAS.multiply(a, b, into: c, rows: rows, inner: inner, columns: columns)
    case .rowByRow: rk_product(c, a, b, rows, inner, columns)
    }
  }

  /// Computes c = a bᵀ. a is [rows, inner], b is [columns, inner].
  func multiply(
    _ a: UnsafePointer<Float>, transposed b: UnsafePointer<Float>,
    into c: UnsafeMutablePointer<Float>, rows: Int, inner: Int,
    columns: Int
  ) {
    switch self {
    case .library:
      BLAS.multiply(a, transposed: b, into: c, rows: rows, inner: inner, columns: columns)
    case .rowByRow: rk_product_transposed(c, a, b, rows, inner, columns)
    }
  }
}
