import Accounting
import Curation
import DomainLearning
import GraphicalModels

extension FitContext {
  /// Returns the same inputs, starting from the distribution of public rows in place of the uniform
  /// one.
  ///
  /// The mechanism itself learns the model of the public rows, in the codes and groups that were
  /// paid for. Relations of theirs that nothing measured speaks against stay (the distribution that
  /// fits the measurements and differs least from theirs: minimum discrimination information,
  /// Kullback 1959; for tables of counts, Deming and Stephan 1940), and the rounds look for those
  /// in which the table of people differs. It reads no row of it, and costs nothing. Deviation from
  /// JAM-PGM (Fuentes, Mullins, McKenna, Miklau, Sheldon 2024, arXiv 2403.07797): a public marginal
  /// is not chosen in a round, so that no choice is paid for it and a choice keeps its sensitivity.
  ///
  /// - Parameter rows: The curator of rows that are public.
  func starting(from rows: Curator) throws -> FitContext {
    var other = FitContext(
      curator: rows,
      learned: try learned.counted(by: rows, rho: FitContext.publicRho),
      rho: Rho(
        checked: FitContext.publicRho.value * FitContext.publicMarginals * Double(sizes.count)),
      options: options, progress: progress)
    rows.group(coarse.groups)
    (other.sizes, other.coarse, other.zeros) = (sizes, coarse, zeros)
    other.modelCells = Int(Double(modelCells) * FitContext.publicShare)
    var context = self
    context.prior = try AdaptiveIterativeMechanism(context: other).fit().model.parameters
    return context
  }

  /// The cliques of tables that no fit changes.
  var fixed: [Clique] { zeros.map(\.clique) + prior.map(\.clique) }

  /// Noise of about one row, which is less than chance gives any count of public rows.
  private static let publicRho = Rho(checked: 0.5)
  /// The number of marginals of public rows for each attribute.
  private static let publicMarginals = 4.0
  /// The share of the model's cells that public relations may take.
  private static let publicShare = 0.25
}
