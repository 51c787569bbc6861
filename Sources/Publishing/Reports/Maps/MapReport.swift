import Tables

/// The contents of a map's page and report: all of it is public, declared or paid for.
package struct MapReport: Codable, Sendable {
  /// A cell with heat, in finest cells from the south-west corner of the region.
  package struct Cell: Codable, Sendable, Equatable {
    package var column: Int
    package var row: Int
    /// The width of the cell, in finest cells.
    package var size: Int
    package var slice: Int
    /// In people.
    package var heat: Double
    package var standardError: Double

    package init(
      column: Int, row: Int, size: Int, slice: Int, heat: Double, standardError: Double
    ) {
      (self.column, self.row, self.size, self.slice) = (column, row, size, slice)
      (self.heat, self.standardError) = (heat, standardError)
    }
  }

  /// One level of the tree: how small its cells are, and what they can show.
  package struct Level: Codable, Sendable, Equatable {
    package var cellMetres: Double
    /// The standard deviation of the noise, in people.
    package var sigma: Double
    /// The size of the group that shows in half of all draws if it spends all its time in one cell.
    package var visibleGroup: Double

    package init(cellMetres: Double, sigma: Double, visibleGroup: Double) {
      (self.cellMetres, self.sigma, self.visibleGroup) = (cellMetres, sigma, visibleGroup)
    }
  }

  /// A declared area and its heat.
  package struct Area: Codable, Sendable, Equatable {
    package var name: String
    package var heat: Double
    /// Nil if nothing in the area stands out of the noise.
    package var standardError: Double?

    package init(name: String, heat: Double, standardError: Double?) {
      (self.name, self.heat, self.standardError) = (name, heat, standardError)
    }
  }

  /// The region, in the units of the coordinates, and its finest cells.
  package struct Region: Codable, Sendable, Equatable {
    package var plane: PlaceColumns.Plane
    package var west: Double
    package var south: Double
    /// The width and the height of a finest cell.
    package var cellWidth: Double
    package var cellHeight: Double
    package var cellMetres: Double
    /// The finest cells that the region reaches over, with parts of one.
    package var columns: Double
    package var rows: Double
    /// What was left out on purpose, in finest cells: west, south, east, north.
    package var excluded: [[Double]]

    package init(
      plane: PlaceColumns.Plane, west: Double, south: Double, cellWidth: Double,
      cellHeight: Double, cellMetres: Double, columns: Double, rows: Double, excluded: [[Double]]
    ) {
      (self.plane, self.west, self.south) = (plane, west, south)
      (self.cellWidth, self.cellHeight, self.cellMetres) = (cellWidth, cellHeight, cellMetres)
      (self.columns, self.rows, self.excluded) = (columns, rows, excluded)
    }
  }

  package var table: String
  package var created: String
  package var software: String
  package var guarantee: ReportGuarantee
  package var hazards: [ReportHazard]
  package var region: Region
  /// A cell is shown and divided if it stands so many standard deviations out of the noise.
  package var threshold: Double
  /// The names of the slices of time; one empty name if time is not divided.
  package var slices: [String]
  package var levels: [Level]
  package var cells: [Cell]
  package var areas: [Area]
  package var files: [ReleaseFile]

  package init(
    table: String, created: String, software: String, guarantee: ReportGuarantee,
    hazards: [ReportHazard], region: Region, threshold: Double, slices: [String],
    levels: [Level], cells: [Cell], areas: [Area], files: [ReleaseFile]
  ) {
    (self.table, self.created, self.software) = (table, created, software)
    (self.guarantee, self.hazards, self.region) = (guarantee, hazards, region)
    (self.threshold, self.slices, self.levels) = (threshold, slices, levels)
    (self.cells, self.areas, self.files) = (cells, areas, files)
  }

  /// Whether nothing stood out of the noise anywhere.
  package var isEmpty: Bool { cells.isEmpty }
}
