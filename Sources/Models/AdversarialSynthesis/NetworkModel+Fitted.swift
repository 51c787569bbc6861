import Encoding
import Synthesis

extension NetworkModel: FittedModel {
  package static var place: (format: Int, key: String) { (2, "network") }

  package func isModel(of domain: Domain) -> Bool { sizes == domain.sizes }

  package func sampler(keeping rules: CodeRules) -> any CodeSampler {
    NetworkSampler(model: self, rules: rules)
  }
}

extension NetworkSampler: CodeSampler {
  package var blockRows: Int { NetworkSampler.blockRows }
}
