import ArgumentParser
import SourceWorkers

/// The table within a database, for arguments that are the address of one.
struct SourceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "With the address of a database: its table, such as clinic.patients.", valueName: "name"))
  var table: String?

  @Option(
    help: ArgumentHelp(
      "With the address of a database: a query, instead of --table. It can only read.",
      valueName: "sql"))
  var query: String?

  @Option(
    help: ArgumentHelp(
      "The ADBC driver of the database: the name of its manifest or an absolute path. PostgreSQL and Spark need none named.",
      valueName: "driver"))
  var driver: String?

  @Option(
    name: .customLong("time-limit"),
    help: ArgumentHelp(
      "Give up a database, or a file that is no text, after this many seconds.",
      valueName: "seconds"))
  var timeLimit: Int?

  func validate() throws {
    if let timeLimit, !(1...1_000_000).contains(timeLimit) {
      throw ValidationError("--time-limit: must be from 1 to 1,000,000 seconds")
    }
  }

  var details: SourceDetails {
    var details = SourceDetails()
    (details.table, details.query, details.driver, details.timeLimitSeconds) = (
      table, query, driver, timeLimit
    )
    return details
  }
}
