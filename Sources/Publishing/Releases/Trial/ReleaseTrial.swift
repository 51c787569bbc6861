import Attacks
import Manifests
import Policies
import Quality
import Tables

/// The measurements on the original after a release was drawn. For the owner's eyes.
struct ReleaseTrial {
  var attacks: AttackReport?
  var quality: QualityReport?
  /// The reasons why the release could not be attacked or compared, in sentences.
  var faults: [String] = []
  /// The reason why there is no comparison.
  private(set) var comparisonFault: any Error = QualityError.nothingToCompare

  /// Compares with the rows that were trained on, tests on the others, and attacks if requested.
  ///
  /// - Parameter progress: called for each attack; an error that it throws ends the work.
  init(
    _ request: SynthesisRequest, original: OwnerTable, control: People.Control?, synthetic: Table,
    columns: [ColumnTreatment],
    progress: (AttackProgress) throws -> Void
  ) throws {
    let unmodelled = Set(
      columns.filter { [.replaced, .dropped].contains($0.treatment) }.map(\.name))
    if request.makesAttacks {
      do {
        var options = AttackOptions()
        options.ignoring = unmodelled
        if let rules = request.policy?.policy.attacks { options.limit = rules.highestRisk }
        attacks = try AttackSuite(options: options).run(
          original: original, synthetic: synthetic, control: control?.table, progress: progress)
        attacks?.renumber(control?.trainingRows)
      } catch let error as AttackError {
        faults.append("The release could not be attacked. \(error)")
      }
    }
    guard request.comparesWithOriginal || request.policy?.policy.utility.lowestPrediction != nil
    else { return }
    do {
      // Two random times rarely agree to the minute. Compared as words, any column of times would
      // seem lost.
      var options = QualityOptions(cutsDatesAsNumbers: true)
      options.target = columns.first(where: \.isTarget)?.name
      options.ignoring = unmodelled
      quality = try QualityReport.measure(
        original: original, synthetic: synthetic,
        holdout: control.flatMap { $0.table.rowCount > 0 ? $0.table : nil }, options: options)
    } catch {
      comparisonFault = error
      faults.append("The release could not be compared with the original. \(error)")
    }
  }
}

extension AttackReport {
  /// Numbers the worst records as the file does if some of its rows were held out.
  fileprivate mutating func renumber(_ rows: [Int]?) {
    guard let rows else { return }
    worstRecords = worstRecords.map { WorstRecord(row: rows[$0.row - 1] + 1, hits: $0.hits) }
  }
}
