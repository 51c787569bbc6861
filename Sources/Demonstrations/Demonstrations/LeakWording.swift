import Attacks
import Basics
import Releases

/// Words for the findings of the demonstration.
enum LeakWording {
  static func title(_ attack: String) -> String {
    switch attack {
    case "inference-of-diagnosis": "Guess the diagnosis"
    case "inference-of-finding": "Guess the finding"
    case "linkability": "Link what is known to the rest of the row"
    case "singling-out": "Single the person out"
    case "membership": "Tell that the person was in the table"
    case "copies": "Find the person's whole row"
    default: attack
    }
  }

  static func title(_ kind: StandInKind, _ settings: RarePeopleSettings) -> String {
    kind == .protected ? "GAN, ε = \(NumberText.parameter(settings.epsilon))" : kind.title
  }

  static func interval(_ risk: RiskEstimate) -> String { "\(NumberText.percent(risk.low)) to \(NumberText.percent(risk.high))" }

  static func share(_ successes: Int, of attempts: Int) -> String {
    attempts > 0 ? NumberText.percent(Double(successes) / Double(attempts)) : "–"
  }
}
