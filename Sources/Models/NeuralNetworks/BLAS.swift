import COpenBLAS

/// The matrix products of networks, row-major.
package enum BLAS {
  /// Shards of a batch keep the cores busy, so a product stays on its core.
  private static let isSetUp: Bool = {
    openblas_set_num_threads(1)
    return true
  }()

  /// The distance between the starts of two rows of a, b and c, in numbers.
  package typealias Strides = (a: Int, b: Int, c: Int)

  /// Computes c = a b, or c + a b. a is [rows, inner], b is [inner, columns].
  package static func multiply(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>,
    rows: Int, inner: Int, columns: Int,
    adding: Bool = false, strides: Strides? = nil
  ) {
    product(
      a, b, into: c, m: rows, k: inner, n: columns, transposes: (false, false), adding: adding,
      strides: strides ?? (inner, columns, columns))
  }

  /// Computes c = a bᵀ, or c + a bᵀ. a is [rows, inner], b is [columns, inner].
  package static func multiply(
    _ a: UnsafePointer<Float>, transposed b: UnsafePointer<Float>,
    into c: UnsafeMutablePointer<Float>, rows: Int, inner: Int,
    columns: Int, adding: Bool = false, strides: Strides? = nil
  ) {
    product(
      a, b, into: c, m: rows, k: inner, n: columns, transposes: (false, true), adding: adding,
      strides: strides ?? (inner, inner, columns))
  }

  /// Computes c = c + aᵀ b. a is [inner, rows], b is [inner, columns].
  package static func addProduct(
    transposed a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    to c: UnsafeMutablePointer<Float>, rows: Int, inner: Int, columns: Int,
    strides: Strides? = nil
  ) {
    product(
      a, b, into: c, m: rows, k: inner, n: columns, transposes: (true, false), adding: true,
      strides: strides ?? (rows, columns, columns))
  }

  private static func product(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>,
    m: Int, k: Int, n: Int,
    transposes: (Bool, Bool), adding: Bool, strides: Strides
  ) {
    precondition(isSetUp)
    guard m > 0, n > 0 else { return }
    if k == 0 {
      if !adding { for row in 0..<m { (c + row * strides.c).update(repeating: 0, count: n) } }
      return
    }
    cblas_sgemm(
      CblasRowMajor, transposes.0 ? CblasTrans : CblasNoTrans,
      transposes.1 ? CblasTrans : CblasNoTrans, Int32(m), Int32(n), Int32(k), 1,
      a, Int32(strides.a), b, Int32(strides.b), adding ? 1 : 0, c, Int32(strides.c))
  }
}
