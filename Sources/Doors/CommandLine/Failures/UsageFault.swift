import ArgumentParser
import Foundation
import Tables
import Understudy

/// The fault in a command line that the parser refused.
///
/// The parser reports the first thing that it stumbles over: for a misspelt option, that another
/// one is missing; for a number written with a comma, that it is invalid. This type names the
/// intended input.
struct UsageFault {
  let path: CommandPath
  let arguments: [String]
  /// The parser's own words.
  let message: String

  var failure: Failure {
    unknownOption ?? refusedChoice ?? refusedValue ?? Failure(usage: message, help: help)
  }

  private var help: String { "\(path.name) --help" }

  /// - Parameter remedy: a sentence or more, or empty.
  private func failure(_ message: String, _ remedy: String) -> Failure {
    Failure(
      message,
      remedy: remedy + (remedy.isEmpty ? "" : " ")
        + "See `\(help)` for what is allowed, with an example.", status: .usage)
  }

  private var unknownOption: Failure? {
    let known = path.options
    let written = arguments.prefix { $0 != "--" }.filter { $0.hasPrefix("--") }.map {
      $0.prefix { $0 != "=" }
    }.map(String.init)
    guard
      let unknown = written.first(where: {
        !known.contains($0) && !$0.hasPrefix("--generate") && !$0.hasPrefix("--experimental")
      })
    else { return nil }
    let beginning = known.filter { $0.hasPrefix(unknown) }
    let nearest = beginning.count == 1 ? beginning[0] : SchemaWords.nearest(to: unknown, in: known)
    return failure("Unknown option '\(unknown)'.", nearest.map { "Did you mean '\($0)'?" } ?? "")
  }

  /// A word that the option does not take.
  private var refusedChoice: Failure? {
    guard
      let match = message.firstMatch(
        of: #/(?s)^The value '(.*)' is invalid for '([^' ]*)[^']*'\. Please provide one of(.*)$/#)
    else {
      return nil
    }
    let list = String(match.output.3)
    let lines = list.matches(of: #/\n  - ([^\n.]+)/#).map { String($0.output.1) }
    let words = lines.isEmpty ? list.matches(of: #/'([^']+)'/#).map { String($0.output.1) } : lines
    let (value, option) = (String(match.output.1), String(match.output.2))
    let nearest = SchemaWords.nearest(to: value, in: words).map { "Did you mean '\($0)'? " } ?? ""
    return failure(
      "\(option): '\(value)' is not one of its words.",
      "\(nearest)Allowed: \(words.joined(separator: ", ")).")
  }

  /// A value in another form than the option's.
  private var refusedValue: Failure? {
    guard
      let match = message.firstMatch(
        of: #/(?s)^The value '(.*)' is invalid for '([^' ]*) ?<?([^'>]*)>?'/#)
    else { return nil }
    let (value, option) = (String(match.output.1), String(match.output.2))
    if match.output.3 == "condition" {
      return failure(
        "\(option): '\(value)' is no condition.",
        "Write column=value, or column=low..high, such as sex=F or age=60..69.")
    }
    let number = RefusedNumber(value)
    return failure(
      "\(option): '\(value)' is not a \(number.isDecimal ? "whole " : "")number\(number.isNegative ? " from 0 up" : "").",
      number.advice)
  }
}

/// A number in a form that cannot be read.
private struct RefusedNumber {
  private let text: String
  private let value: Double?

  init(_ text: String) {
    self.text = text.trimmingCharacters(in: .whitespaces)
    value = Double(self.text).flatMap { $0.isFinite ? $0 : nil }
  }

  /// Whether it is a number that was refused because only whole ones are allowed.
  var isDecimal: Bool { value != nil }

  var isNegative: Bool { (value ?? 0) < 0 }

  var advice: String {
    if let value {
      if value < 0 || abs(value) > 1e15 { return "Write a whole number in digits." }
      return "Write \(Int(value.rounded())), in digits alone."
    }
    let withoutCommas = text.replacing(",", with: "")
    if text.wholeMatch(of: /\d{1,3}(,\d{3})+/) != nil {
      return "Write \(withoutCommas) without commas; digits behind the whole number follow a point."
    }
    if text.wholeMatch(of: /-?\d*,\d+/) != nil {
      return "Write \(text.replacing(",", with: ".")), with a point."
    }
    return "Write it in digits, such as 1, or 0.5 where parts are allowed."
  }
}
