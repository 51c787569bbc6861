import Foundation
import TestConditions

/// The vectors of `accounting-reference.json` (google dp_accounting 0.6.0, with exact values by
/// quadrature), beside the checkout or in the folder that UNDERSTUDY_SHARED names.
struct AccountingReference: Decodable {
  struct Gaussian: Decodable {
    let sigma, delta, rho, exact, zcdpTight, rdpDefaultOrders: Double
    let compositions: Int
  }
  struct Conversion: Decodable { let rho, delta, epsilon: Double }
  struct Budget: Decodable { let epsilon, delta, rho: Double }
  struct DiscreteGaussianCase: Decodable {
    let sigma, sensitivity, delta, zcdpTight: Double
    /// Nil if the file gives no exact value.
    let exact: Double?
    let pld, pldLower: Double?
    let compositions: Int
  }
  struct DiscreteLaplaceCase: Decodable {
    let a, sensitivity, delta, pure, pld: Double
    let compositions: Int
  }
  struct GaussianBounds: Decodable {
    let sigma, delta, pld, pldLower: Double
    let compositions: Int
  }
  struct Calibration: Decodable { let epsilon, delta, sigmaExact: Double }
  struct LaplaceCase: Decodable {
    let scale, delta, pure, pld, pldLower: Double
    let exact: Double?
    let compositions: Int
  }
  struct SampledCase: Decodable {
    let q, sigma, delta, pld, pldLower, rdp: Double
    let prvLower: Double?
    let steps: Int
  }
  struct AnyCase: Decodable {
    let eps0, delta0, delta, basic: Double
    let pld: Double?
    let k: Int
  }
  struct Mixed: Decodable {
    let what: String
    let delta: Double
    /// Nil if the row mixes in mechanisms that have no zCDP.
    let rho, zcdpTight: Double?
    let exact: Double?
  }

  let gaussian: [Gaussian]
  let zcdpToApproxDp: [Conversion]
  let approxDpToZcdpBudget: [Budget]
  let discreteGaussian: [DiscreteGaussianCase]
  let discreteLaplace: [DiscreteLaplaceCase]
  let heterogeneous: [Mixed]
  let gaussianPldCheck: [GaussianBounds]
  let gaussianCalibration: [Calibration]
  let laplace: [LaplaceCase]
  let subsampledGaussian: [SampledCase]
  let optimalComposition: [AnyCase]

  static let file = SharedFolder.data("accounting-reference.json")

  static var isPresent: Bool { FileManager.default.fileExists(atPath: file.path) }

  static func load() throws -> AccountingReference {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(AccountingReference.self, from: Data(contentsOf: file))
  }
}
