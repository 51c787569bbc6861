import ArgumentParser

/// The form of a written table.
enum TableFileFormat: String, ExpressibleByArgument, CaseIterable {
  case csv, parquet
}
