/// A name and a value in the strip at the top of a report.
struct Fact {
  var name: String
  var value: String
  var note: String?
}
