import NeuralNetworks
import Testing
import VectorKernels

/// Products that compute each row by itself: exactly the sums of their definition, bit for bit,
/// whatever the row's place.
@Suite struct RowProductTests {
  private struct Shape {
    let rows: Int
    let inner: Int
    let columns: Int
  }

  /// Rows of every kind: numbers, one-hot codes, zeros, numbers among zeros, and numbers that round
  /// to nothing.
  private static func rows(_ shape: Shape, seed: UInt64) -> [Float] {
    var noise = NoiseStream(key: seed)
    var all = LayerOracle.normal(shape.rows * shape.inner, &noise)
    for row in 0..<shape.rows where shape.inner > 0 {
      let range = row * shape.inner..<(row + 1) * shape.inner
      switch noise.index(below: 5) {
      case 0: for place in range { all[place] = 0 }
      case 1:
        for place in range { all[place] = 0 }
        for _ in 0...shape.inner / 20 {
          all[range.lowerBound + noise.index(below: shape.inner)] = 1
        }
      case 2: for place in range where noise.index(below: 10) > 0 { all[place] = 0 }
      case 3: for place in range { all[place] *= 1e-22 }
      default: break
      }
    }
    return all
  }

  /// s = s + a b, each product and each sum rounded by itself.
  private static func definition(_ a: [Float], _ b: [Float], _ shape: Shape, isTransposed: Bool)
    -> [Float]
  {
    (0..<shape.rows).flatMap { row in
      (0..<shape.columns).map { column in
        var sum: Float = 0
        for k in 0..<shape.inner {
          let product =
            a[row * shape.inner + k]
            * (isTransposed ? b[column * shape.inner + k] : b[k * shape.columns + column])
          sum += product
        }
        return sum
      }
    }
  }

  private static func product(
    _ a: ArraySlice<Float>, _ b: [Float], _ shape: Shape, isTransposed: Bool
  ) -> [Float] {
    var out = [Float](repeating: .nan, count: shape.rows * shape.columns)
    let kernel = isTransposed ? rk_product_transposed : rk_product
    a.withUnsafeBufferPointer {
      kernel(&out, $0.baseAddress, b, shape.rows, shape.inner, shape.columns)
    }
    return out
  }

  private static func bits(_ values: some Sequence<Float>) -> [UInt32] { values.map(\.bitPattern) }

  @Test(arguments: [0, 1, 7, 16, 40, 255, 256, 257, 600], [1, 3, 16, 17, 64, 70])
  func elementsAreTheirDefinition(_ inner: Int, _ columns: Int) {
    let shape = Shape(rows: 11, inner: inner, columns: columns)
    var noise = NoiseStream(key: 9)
    let b = LayerOracle.normal(inner * columns, &noise)
    let a = Self.rows(shape, seed: UInt64(inner + columns))
    for isTransposed in [false, true] {
      let found = Self.product(a[...], b, shape, isTransposed: isTransposed)
      #expect(
        Self.bits(found) == Self.bits(Self.definition(a, b, shape, isTransposed: isTransposed)))
    }
  }

  /// Batches of each length from 1 to 130, each row at each place: the result depends on the row
  /// alone.
  @Test(arguments: [false, true]) func everyRowIsByItself(_ isTransposed: Bool) {
    let shape = Shape(rows: 130, inner: 43, columns: 21)
    var noise = NoiseStream(key: 2)
    let b = LayerOracle.normal(shape.inner * shape.columns, &noise)
    let a = Self.rows(shape, seed: 4)
    let one = Shape(rows: 1, inner: shape.inner, columns: shape.columns)
    let alone = (0..<130).map { row in
      Self.bits(
        Self.product(
          a[row * shape.inner..<(row + 1) * shape.inner], b, one, isTransposed: isTransposed))
    }
    for length in 1...130 {
      for first in Set([0, (130 - length) / 2, 130 - length]) {
        let batch = Shape(rows: length, inner: shape.inner, columns: shape.columns)
        let part = a[first * shape.inner..<(first + length) * shape.inner]
        let found = Self.bits(Self.product(part, b, batch, isTransposed: isTransposed))
        #expect(found == alone[first..<first + length].flatMap { $0 })
      }
    }
  }

  /// Weights that are not numbers spoil rows, but no row spoils another.
  @Test func whatIsNoNumberStaysInItsRow() {
    let shape = Shape(rows: 9, inner: 40, columns: 5)
    var b = [Float](repeating: 0.5, count: 200)
    b[3 * 5] = .infinity
    b[4 * 5 + 1] = .nan
    let a = Self.rows(shape, seed: 12)
    let whole = Self.product(a[...], b, shape, isTransposed: false)
    for row in 0..<9 {
      let alone = Self.product(
        a[row * 40..<(row + 1) * 40], b, Shape(rows: 1, inner: 40, columns: 5), isTransposed: false)
      for column in 0..<5 {
        #expect(
          alone[column] == whole[row * 5 + column]
            || alone[column].isNaN && whole[row * 5 + column].isNaN)
      }
    }
  }

  /// Whole networks, forward and backward, in batches of each length.
  @Test(arguments: LayerTests.Kind.allCases) func everyLayerTreatsRowsAlike(_ kind: LayerTests.Kind)
  {
    let oracle = LayerOracle(kind.layers, rows: 70, seed: 41)
    func pass(_ rows: Range<Int>) -> [[UInt32]] {
      let pass = oracle.pass(over: rows, products: .rowByRow)
      let (inputs, outputs) = (oracle.network.inputWidth, oracle.network.outputWidth)
      return rows.indices.map { row in
        let place = row - rows.lowerBound
        return Self.bits(pass.output.values[place * outputs..<(place + 1) * outputs])
          + Self.bits(pass.inputSignal.values[place * inputs..<(place + 1) * inputs])
      }
    }
    let alone = (0..<70).flatMap { pass($0..<$0 + 1) }
    for length in 1...70 {
      let first = (length * 37) % (71 - length)
      #expect(pass(first..<first + length) == Array(alone[first..<first + length]))
    }
  }

  /// A pass without the signal at its input has the same factors.
  @Test func theSignalAtTheInputCanBeLeftOut() {
    let oracle = LayerOracle(LayerTests.Kind.deep.layers, rows: 9, seed: 43)
    let (whole, part) = (
      oracle.pass(over: 0..<9), oracle.pass(over: 0..<9, needsInputSignal: false)
    )
    func gradient(_ pass: NetworkPass) -> [Float] {
      let gradient = FloatBuffer(count: oracle.network.parameterCount)
      pass.addGradient(parameters: oracle.parameters, to: gradient)
      return gradient.values
    }
    #expect(gradient(whole) == gradient(part))
    #expect(
      part.inputSignal.values.allSatisfy { $0 == 0 }
        && whole.inputSignal.values.contains { $0 != 0 })
  }
}
