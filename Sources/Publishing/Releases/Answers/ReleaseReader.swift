import Analyses
import Basics
import Encoding
import Foundation
import Manifests
import MarginalSynthesis
import SchemaFiles
import Tables

/// The public parts of a release that analyses rest on.
package struct ReleaseReader {
  let file: ModelFile
  let schema: Schema
  let blueprint: Blueprint
  /// The codes of the release, with the variables that its schema has today.
  let domain: Domain
  let fit: MarginalFit
  /// SHA-256 of the model, in hexadecimal.
  let digest: String

  /// - Throws: ``ReleaseError``; ``AnalysisFault/noGraphicalModel``.
  package init(_ url: URL) throws {
    file = try ModelFile.read(url)
    guard let fit = file.model as? MarginalFit else { throw AnalysisFault.noGraphicalModel }
    schema = try SchemaFile.parse(file.schema, file: ReleaseArtefact.model.name)
    blueprint = try Blueprint(schema: schema)
    guard blueprint.variables.map(\.source) == file.domain.variables.map(\.source),
      zip(blueprint.variables, file.domain.codecs).allSatisfy({ $0.isOrdered == $1.isOrdered })
    else { throw ReleaseError.notAModel(url.path) }
    domain = Domain(variables: blueprint.variables, codecs: file.domain.codecs)
    self.fit = fit
    digest = ContentDigest.sha256(of: try CanonicalJSON.lines(file))
  }

  /// The stand-in's rows.
  func standIn() throws -> StandIn { try StandIn(fit.model, domain: domain) }

  /// The grounds of conclusions at no cost.
  /// - Throws: ``AnalysisFault/noMeasurements``.
  package func evidence() throws -> Evidence {
    guard !fit.measurements.isEmpty else { throw AnalysisFault.noMeasurements }
    return Evidence(
      schema: schema, domain: domain, unlearned: file.unlearned ?? [], model: fit.model,
      measurements: fit.measurements)
  }

  /// Checks an analysis and gives it the form in which it is asked.
  func inquiry(_ analysis: Analysis) throws -> Inquiry {
    try Inquiry(
      analysis, schema: schema, domain: domain, unlearned: file.unlearned ?? [], standIn: standIn())
  }
}

extension Codec {
  fileprivate var isOrdered: Bool { if case .ordered = self { true } else { false } }
}
