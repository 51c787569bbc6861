import Accounting
import Curation

/// A probe that shows an adversary the sums of a training run, one step at a time, and keeps none
/// of them, because a run's sums are larger than its table. It records all other answers.
final class CriticProbe: CuratorProbe {
  let transcript: TranscriptProbe
  /// The adversary, which sees the sums from the moment it is set.
  var adversary: CriticAdversary?
  private let purse: Purse
  private let fault: PlantedFault.Alteration?
  private var steps = 0

  init(purse: Purse, fault: PlantedFault.Alteration?) {
    transcript = TranscriptProbe(purse: purse, fault: fault)
    self.purse = purse
    self.fault = fault
  }

  func answer(to question: Question, exact: Answer, noisy: Answer) -> Answer {
    guard case .gradients = question else { return transcript.answer(to: question, exact: exact, noisy: noisy) }
    steps += 1
    let answer = fault?(question, exact, noisy) ?? noisy
    if case .counts(let sums) = answer { adversary?.look(at: sums) }
    return answer
  }

  var answers: Int { transcript.exchanges.count + steps }

  /// The number of answers without a prior charge. A run of steps is charged as a whole.
  var unpaid: Int {
    let paid = purse.charges.reduce(0) { sum, event in
      if case .noisyGradients(_, _, _, let steps, _, _) = event { sum + steps } else { sum }
    }
    return transcript.unpaid + max(0, steps - paid)
  }
}
