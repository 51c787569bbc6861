import Basics

/// An invented table whose columns are related by rules of every kind, and a judge of rows that
/// shares no code with the program.
struct RuledStays {
  static let schema = """
    version: 5
    facts: declared
    table: stays
    format: {delimiter: comma, header: yes, missing: [""]}
    rows: {about: 60000, public: yes}
    unit: row
    columns:
      - {name: ward, type: category, missing: no, categories: [paediatrics, surgery, medicine]}
      - {name: age, type: integer, missing: no, bounds: [0, 99]}
      - {name: status, type: category, missing: no, categories: [in, discharged, died]}
      - {name: left, type: date, missing: yes, bounds: [2020-01-01, 2020-12-31]}
      - {name: systolic, type: integer, missing: yes, bounds: [80, 200]}
      - {name: diastolic, type: integer, missing: yes, bounds: [40, 120]}
      - {name: net, type: decimal, digits: 2, missing: yes, bounds: [0, 500]}
      - {name: tax, type: decimal, digits: 1, missing: no, bounds: [0, 90]}
      - {name: total, type: decimal, digits: 2, missing: yes, bounds: learn}
      - {name: dose, type: decimal, digits: 2, missing: no, bounds: [0, 9]}
      - {name: days, type: integer, missing: no, bounds: [0, 30]}
      - {name: amount, type: decimal, digits: 1, missing: no, bounds: learn}
      - {name: low, type: integer, missing: no, bounds: [0, 20]}
      - {name: high, type: decimal, digits: 1, missing: no, bounds: [0, 30]}
      - {name: hour, type: integer, missing: no, bounds: learn}
      - {name: code, type: category, missing: no, categories: [K0, K1, K2]}
      - {name: meaning, type: category, missing: no, categories: [asthma, burn, cough]}
    rules:
      - never: {ward: paediatrics, age: 18..}
      - never: {ward: [surgery, medicine], age: ..5, status: died}
      - left: {only if: {status: discharged}}
      - together: [systolic, diastolic]
      - net + tax = total
      - amount = dose * days
      - low <= high
      - circular: {column: hour, period: 24}
      - unique: [net, age, hour]
      - determines: [code, meaning]

    """

  static let header =
    "ward,age,status,left,systolic,diastolic,net,tax,total,dose,days,amount,low,high,hour,code,meaning"

  /// Rows that keep all rules except that no two are alike; every `broken`-th row breaks each of
  /// the others.
  static func csv(rows: Int, broken: Int? = nil, seed: UInt64 = 5) -> String {
    var random = SplitMix64(seed: seed)
    var lines = [header]
    for row in 0..<rows {
      let breaks = broken.map { row % $0 == 0 } ?? false
      let ward = ["paediatrics", "surgery", "medicine"][random.below(3)]
      let age = ward == "paediatrics" && !breaks ? random.below(18) : 6 + random.below(90)
      let status = ["in", "discharged", "died"][random.below(3)]
      let left =
        status == "discharged" || breaks
        ? "2020-\(two(1 + random.below(12)))-\(two(1 + random.below(28)))" : ""
      let isMeasured = random.below(3) > 0
      let (net, tax) = (random.below(50_000), random.below(900))
      let (dose, days) = (random.below(900), random.below(30))
      let low = random.below(20)
      let high = breaks ? 0 : low * 10 + random.below(90)
      let code = random.below(3)
      let isKnown = random.below(10) > 0
      lines.append(
        [
          ward, "\(age)", status, left, isMeasured ? "\(90 + random.below(90))" : "",
          isMeasured && !breaks ? "\(50 + random.below(60))" : "", isKnown ? fixed(net, 2) : "",
          fixed(tax, 1),
          isKnown ? fixed(breaks ? 1 : net + tax * 10, 2) : "", fixed(dose, 2), "\(days)",
          fixed((dose * days + 5) / 10, 1), "\(low)",
          fixed(high, 1), "\(breaks ? 24 + random.below(9) : random.below(24))", "K\(code)",
          ["asthma", "burn", "cough"][code],
        ].joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func fixed(_ value: Int, _ digits: Int) -> String {
    let scale = digits == 1 ? 10 : 100
    let rest = "\(value % scale)"
    return "\(value / scale)." + String(repeating: "0", count: digits - rest.count) + rest
  }

  // MARK: The judge

  /// The number of rows that break each rule, by name, and the number of non-empty cells, by
  /// column.
  static func judge(_ csv: String) -> (broken: [String: Int], filled: [String: Int], rows: Int) {
    let names = header.split(separator: ",").map(String.init)
    var broken: [String: Int] = [:]
    var filled: [String: Int] = [:]
    var keys: Set<[String]> = []
    let lines = csv.split(separator: "\n").dropFirst()
    for line in lines {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let row = Dictionary(uniqueKeysWithValues: zip(names, cells))
      for (name, cell) in row where !cell.isEmpty { filled[name, default: 0] += 1 }
      for name in faults(row, &keys) { broken[name, default: 0] += 1 }
    }
    return (broken, filled, lines.count)
  }

  private static func faults(_ row: [String: String], _ keys: inout Set<[String]>) -> [String] {
    func cell(_ name: String) -> String { row[name] ?? "" }
    func number(_ name: String) -> Double? { Double(cell(name)) }
    var faults: [String] = []
    if cell("ward") == "paediatrics", let age = number("age"), age >= 18 { faults.append("adult") }
    if ["surgery", "medicine"].contains(cell("ward")), let age = number("age"), age <= 5,
      cell("status") == "died"
    {
      faults.append("child")
    }
    if !cell("left").isEmpty, cell("status") != "discharged" { faults.append("left") }
    if cell("systolic").isEmpty != cell("diastolic").isEmpty { faults.append("together") }
    if let total = number("total") {
      if let net = number("net"), let tax = number("tax") {
        if abs(net + tax - total) > 0.001 { faults.append("sum") }
      } else {
        faults.append("sum of nothing")
      }
    }
    if let amount = number("amount") {
      if let dose = number("dose"), let days = number("days") {
        if abs(dose * days - amount) > 0.0501 { faults.append("product") }
      } else {
        faults.append("product of nothing")
      }
    }
    if let low = number("low"), let high = number("high"), low > high { faults.append("order") }
    if let hour = number("hour"), !(0...23).contains(hour) { faults.append("hour") }
    if !keys.insert([cell("net"), cell("age"), cell("hour")]).inserted { faults.append("unique") }
    if let place = ["K0", "K1", "K2"].firstIndex(of: cell("code")),
      !["", ["asthma", "burn", "cough"][place]].contains(cell("meaning"))
    {
      faults.append("meaning")
    }
    return faults
  }
}
