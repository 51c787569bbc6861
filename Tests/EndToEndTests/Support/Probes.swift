import Curation
import Ledger

/// A question with its exact and its noisy answer.
struct Exchange: Equatable {
  let question: Question
  let exact: Answer
  let noisy: Answer
}

/// Records questions and answers.
protocol Witness: CuratorProbe {
  var exchanges: [Exchange] { get }
}

/// Repeats the answers of another run if there is one to replay.
final class ReplayProbe: Witness {
  private(set) var exchanges: [Exchange] = []
  private let replayed: [Exchange]

  init(_ replayed: [Exchange] = []) { self.replayed = replayed }

  func answer(to question: Question, exact: Answer, noisy: Answer) -> Answer {
    let answer = replayed.answer(exchanges.count, to: question, like: noisy) ?? noisy
    exchanges.append(Exchange(question: question, exact: exact, noisy: answer))
    return answer
  }
}

/// A planted leak: replays all answers except one, which it replaces by the exact counts.
final class LeakyProbe: Witness {
  private(set) var exchanges: [Exchange] = []
  private let replayed: [Exchange]
  private let leak: Int

  init(_ replayed: [Exchange], leak: Int) {
    self.replayed = replayed
    self.leak = leak
  }

  func answer(to question: Question, exact: Answer, noisy: Answer) -> Answer {
    var answer = replayed.answer(exchanges.count, to: question, like: noisy) ?? noisy
    if exchanges.count == leak { answer = exact }
    exchanges.append(Exchange(question: question, exact: exact, noisy: answer))
    return answer
  }
}

extension [Exchange] {
  /// The recorded answer, if the same question with as many cells is at that place; otherwise the
  /// runs have diverged.
  fileprivate func answer(_ place: Int, to question: Question, like noisy: Answer) -> Answer? {
    guard place < count, self[place].question == question else { return nil }
    if case .counts(let mine) = noisy, case .counts(let recorded) = self[place].noisy,
      mine.count != recorded.count
    {
      return nil
    }
    return self[place].noisy
  }
}
