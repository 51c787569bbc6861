import BigInt
import LatticeEncryption
import Mechanisms

/// The scheme written out in large whole numbers, without transforms: slow and obvious.
enum Oracle {
  static let degree = 8192
  static let primes = [BigInt(4_503_599_627_124_737), BigInt(4_503_599_626_682_369)]
  static let modulus = primes[0] * primes[1]
  static let plainModulus = BigInt(1) << 28
  static let scale = modulus / plainModulus

  /// Returns the residue that is nearest to zero.
  static func centred(_ number: BigInt, _ modulus: BigInt) -> BigInt {
    let rest = number.modulus(modulus)
    return rest > modulus / 2 ? rest - modulus : rest
  }

  /// Returns the number with these residues, from 0 to q - 1.
  static func combined(_ first: UInt64, _ second: UInt64) -> BigInt {
    let inverse = primes[0].inverse(primes[1])!
    let steps = ((BigInt(second) - BigInt(first)) * inverse).modulus(primes[1])
    return BigInt(first) + primes[0] * steps
  }

  static func coefficient(_ element: borrowing RingElement, _ place: Int) -> BigInt {
    combined(element.residues(0)[place], element.residues(1)[place])
  }

  /// Returns one coefficient of a product modulo X^8192 + 1.
  static func product(_ place: Int, _ polynomial: (Int) -> BigInt, _ small: [Int]) -> BigInt {
    var sum = BigInt(0)
    for other in 0..<degree where small[other] != 0 {
      let partner = place - other
      sum +=
        BigInt(small[other]) * (partner >= 0 ? polynomial(partner) : -polynomial(partner + degree))
    }
    return sum
  }

  /// Returns a key's coefficients from the bytes of its file.
  static func secret(_ key: borrowing SecretKey) -> [Int] {
    key.withBytes { bytes in (0..<degree).map { Int(bytes[$0 / 4] >> UInt8(2 * ($0 % 4)) & 3) - 1 }
    }
  }

  /// Returns body + mask · secret at one place, centred modulo q. Both halves are in coefficients.
  static func phase(_ pair: borrowing SealedPair, _ secret: [Int], at place: Int) -> BigInt {
    var sum = coefficient(pair.body, place)
    for other in 0..<degree where secret[other] != 0 {
      let partner = place - other
      let value = coefficient(pair.mask, partner >= 0 ? partner : partner + degree)
      sum += BigInt(partner >= 0 ? secret[other] : -secret[other]) * value
    }
    return centred(sum, modulus)
  }

  /// Returns 2^28 · number / modulus, rounded, as a number with a sign.
  static func rounded(_ number: BigInt, modulus: BigInt) -> BigInt {
    let scaled = number.modulus(modulus) * plainModulus * 2 + modulus
    return centred(scaled / (2 * modulus), plainModulus)
  }
}

/// Repeatable streams, and whole numbers from them.
struct Draws {
  let random: SecureRandom

  init(_ seed: UInt64) { random = SecureRandom(testing: seed) }

  func whole(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(random.uniform(below: UInt64(range.upperBound - range.lowerBound + 1)))
  }

  func words(below bound: UInt64, count: Int) -> [UInt64] {
    (0..<count).map { _ in random.uniform(below: bound) }
  }
}

/// A key, records and weights, and their request.
struct Scene: ~Copyable {
  let key: SecretKey
  let weights: [Int64]
  let intercept: Int64
  let records: [[UInt64]]
  let zero: SealedBlock
  let blocks: [SealedBlock]
  let draws: Draws

  init(width: Int, records count: Int, largest: Int, intercept: Int64 = 0, seed: UInt64) {
    let draws = Draws(seed)
    let seeds = SecureRandom(testing: seed + 1)
    let key = SecretKey(random: draws.random)
    weights = (0..<width).map { _ in Int64(draws.whole(-2047...2047)) }
    records = (0..<count).map { _ in (0..<width).map { _ in UInt64(draws.whole(0...largest)) } }
    self.intercept = intercept
    zero = key.encryptedZero(random: draws.random, seeds: seeds)
    let perBlock = Oracle.degree / width
    var blocks: [SealedBlock] = []
    for start in stride(from: 0, to: count, by: perBlock) {
      let plain = PlainBlock()
      for record in start..<min(start + perBlock, count) {
        for (place, number) in records[record].enumerated() {
          plain.set(number, at: (record - start) * width + place)
        }
      }
      blocks.append(key.encrypt(plain, random: draws.random, seeds: seeds))
    }
    self.blocks = blocks
    self.key = key
    self.draws = draws
  }

  var width: Int { weights.count }
  var perBlock: Int { Oracle.degree / width }

  /// The number of records in a block.
  func count(in block: Int) -> Int { min(perBlock, records.count - block * perBlock) }

  func responder() -> Responder {
    Responder(
      weights: WeightPolynomial(weights, intercept: intercept), zero: zero, random: draws.random)
  }

  /// The score of a record in plain whole numbers.
  func score(_ record: Int) -> Int64 {
    zip(records[record], weights).reduce(intercept) { $0 + Int64($1.0) * $1.1 }
  }
}
