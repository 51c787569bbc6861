import BigInt
import LatticeEncryption
import Mechanisms
import Testing

/// The three ways in which an answer could tell the weights, each open in a weakened form made
/// here, and closed in the answer that is sent.
@Suite struct LeakTests {
  /// The product alone, as a scheme without blinding would send it, in coefficients.
  private func bareProduct(_ scene: borrowing Scene, _ block: SealedBlock, zero: Bool) -> SealedPair
  {
    let weights = WeightPolynomial(scene.weights, intercept: 0)
    let question = block.opened()
    var body = RingElement()
    var mask = RingElement()
    body.add(question.body, times: weights.element)
    mask.add(question.mask, times: weights.element)
    if zero {
      let fresh = scene.zero.opened()
      var blind = RingElement()
      var noise = RingElement()
      blind.fill { scene.draws.random.ternary() }
      blind.transform()
      body.add(fresh.body, times: blind)
      mask.add(fresh.mask, times: blind)
      noise.fill { scene.draws.random.centredBinomial() }
      noise.transform()
      mask.add(noise)
    }
    body.invert()
    mask.invert()
    return SealedPair(body: body, mask: mask)
  }

  /// Returns the weights read as mask of the answer / mask of the question, without a key.
  private func ratio(_ question: SealedBlock, _ answer: borrowing SealedPair, width: Int) -> [Int64]
  {
    let ring = PrimeRing.both[0]
    let words = WipedWords(count: Oracle.degree)
    words.base.update(from: answer.mask.residues(0), count: Oracle.degree)
    ring.transform(words.base)
    let asked = question.opened()
    for place in 0..<Oracle.degree {
      let inverse = PrimeRing.power(asked.mask.residues(0)[place], ring.prime - 2, ring.prime)
      words.base[place] = ring.product(words.base[place], inverse)
    }
    ring.invert(words.base)
    return (0..<width).map { place in
      let value = words.base[place == 0 ? 0 : Oracle.degree - place]
      let centred = value > ring.prime / 2 ? Int64(value) - Int64(ring.prime) : Int64(value)
      return place == 0 ? centred : -centred
    }
  }

  @Test func theRatioOfTheMasksTellsNoWeightOnceAZeroIsAdded() {
    let scene = Scene(width: 108, records: 75, largest: 255, seed: 21)
    let block = scene.blocks[0]
    let open = ratio(block, bareProduct(scene, block, zero: false), width: 108)
    #expect(open == scene.weights, "without a fresh zero the ratio is the weights")
    let closed = ratio(block, scene.responder().blinded(block, records: 75), width: 108)
    #expect(
      zip(closed, scene.weights).count { $0 == $1 } == 0, "n = 108, p < 1e-11 for a hit by chance")
  }

  /// Whoever guesses the weights takes the guess times the question's mask from the answer's. What
  /// is left is nothing in a bare product, and looks uniform in an answer, so no guess is
  /// confirmed.
  @Test func noGuessOfTheWeightsIsConfirmed() {
    let scene = Scene(width: 108, records: 75, largest: 255, seed: 24)
    let block = scene.blocks[0]
    #expect(smallRests(block, bareProduct(scene, block, zero: false), scene) == 8192)
    #expect(
      smallRests(block, scene.responder().blinded(block, records: 75), scene) == 0,
      "p < 1e-5 by chance")
  }

  /// Returns the number of coefficients below 2^20 of the answer's mask less weights times
  /// question.
  private func smallRests(
    _ block: SealedBlock, _ answer: borrowing SealedPair, _ scene: borrowing Scene
  ) -> Int {
    let question = block.opened()
    let weights = WeightPolynomial(scene.weights, intercept: 0)
    var product = RingElement()
    product.add(question.mask, times: weights.element)
    product.invert()
    let ring = PrimeRing.both[0]
    return (0..<Oracle.degree).count { place in
      let rest = ring.difference(answer.mask.residues(0)[place], product.residues(0)[place])
      return min(rest, ring.prime - rest) < 1 << 20
    }
  }

  /// The asker knows the noise of its own question. Least squares of the answers' noise on it finds
  /// the weights to within two units, unless the answers are flooded.
  @Test func theNoiseOfAnswersTellsNoWeightOnceTheyAreFlooded() {
    let width = 16
    let scene = Scene(width: width, records: 512 * 4, largest: 1, seed: 22)
    var (open, closed) = (LeastSquares(width), LeastSquares(width))
    let responder = scene.responder()
    for (index, block) in scene.blocks.enumerated() {
      let known = noise(block.opened(), scene, { Oracle.scale * plainNumber(scene, index, $0) })
      let weak = answerNoise(bareProduct(scene, block, zero: true), scene, block: index)
      let strong = answerNoise(responder.blinded(block, records: 512), scene, block: index)
      for record in 0..<512 {
        let inputs = (0..<width).map { known[record * width + $0] }
        open.add(inputs, weak[record])
        closed.add(inputs, strong[record])
      }
    }
    let openError = zip(open.solution(), scene.weights).map { abs($0 - Double($1)) }.sorted()
    #expect(openError[width / 2] < 8, "weights up to 2,047, median error \(openError[width / 2])")
    let closedError = zip(closed.solution(), scene.weights).map { abs($0 - Double($1)) }.sorted()
    #expect(closedError[0] > 1e12, "smallest error \(closedError[0])")
  }

  private func plainNumber(_ scene: borrowing Scene, _ block: Int, _ place: Int) -> BigInt {
    let record = block * scene.perBlock + place / scene.width
    return record < scene.records.count ? BigInt(scene.records[record][place % scene.width]) : 0
  }

  /// Returns the noise of all coefficients of a fresh block, which its asker can compute.
  private func noise(
    _ block: consuming SealedPair, _ scene: borrowing Scene, _ number: (Int) -> BigInt
  ) -> [Double] {
    let phase = phase(block.body, block.mask, scene)
    return (0..<Oracle.degree).map {
      Double(Oracle.centred(Oracle.coefficient(phase, $0) - number($0), Oracle.modulus))
    }
  }

  private func answerNoise(_ pair: consuming SealedPair, _ scene: borrowing Scene, block: Int)
    -> [Double]
  {
    pair.body.transform()
    pair.mask.transform()
    let phase = phase(pair.body, pair.mask, scene)
    return (0..<scene.perBlock).map { record in
      let score = Oracle.scale * BigInt(scene.score(block * scene.perBlock + record))
      return Double(
        Oracle.centred(Oracle.coefficient(phase, record * scene.width) - score, Oracle.modulus))
    }
  }

  /// Returns body + mask · secret in coefficients.
  private func phase(
    _ body: borrowing RingElement, _ mask: borrowing RingElement, _ scene: borrowing Scene
  ) -> RingElement {
    var secret = RingElement()
    var phase = RingElement()
    var place = 0
    let coefficients = Oracle.secret(scene.key)
    secret.fill {
      defer { place += 1 }
      return Int64(coefficients[place])
    }
    secret.transform()
    phase.add(body)
    phase.add(mask, times: secret)
    phase.invert()
    return phase
  }

  /// A single record whose only one stands last spreads the weights over the product's other
  /// coefficients. They are not in the answer.
  @Test func otherCoefficientsAreNotSent() {
    let width = 108
    let scene = Scene(width: width, records: 1, largest: 0, seed: 23)
    let random = scene.draws.random
    let plain = PlainBlock()
    plain.set(1, at: width - 1)
    let block = scene.key.encrypt(plain, random: random, seeds: random)
    let product = bareProduct(scene, block, zero: true)
    let whole = SealedScores(dropping: product, records: width, spacing: 1)
    #expect(
      scene.key.scores(whole) == scene.weights.reversed(), "all coefficients tell all weights")
    let sent = scene.responder().answer(block, records: 1)
    #expect(sent.bodies.count == 1)
    #expect(sent.bytes.count == 8192 * 52 / 8 + 7)
    #expect(scene.key.scores(sent) == [scene.weights[width - 1]])
  }
}

/// Ordinary least squares by the normal equations.
private struct LeastSquares {
  private var matrix: [[Double]]
  private let width: Int

  init(_ width: Int) {
    self.width = width
    matrix = Array(repeating: Array(repeating: 0, count: width + 1), count: width)
  }

  mutating func add(_ inputs: [Double], _ output: Double) {
    for row in 0..<width {
      for column in 0..<width { matrix[row][column] += inputs[row] * inputs[column] }
      matrix[row][width] += inputs[row] * output
    }
  }

  func solution() -> [Double] {
    var rows = matrix
    for pivot in 0..<width {
      for row in 0..<width where row != pivot {
        let factor = rows[row][pivot] / rows[pivot][pivot]
        for column in pivot...width { rows[row][column] -= factor * rows[pivot][column] }
      }
    }
    return (0..<width).map { rows[$0][width] / rows[$0][$0] }
  }
}
