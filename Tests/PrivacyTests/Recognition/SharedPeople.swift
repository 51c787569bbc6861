import Foundation
import Tables
import TestConditions
import Testing

/// Real tables beside the checkout, and who is in them, as judged from their documentation.
enum SharedPeople {
  static let arePresent = SharedFolder.has("adult.csv")
  static let absence: Comment = "the shared tables are not beside the checkout"
  static let runsLong = LongRun.isWanted

  struct Table {
    let path: String
    /// Columns that name persons or their records.
    var persons: [String] = []
    /// Tables of one group hold some of the same people, or are not about people and share their
    /// things.
    let group: String

    var name: String {
      (path as NSString).lastPathComponent.replacing(".csv", with: "").replacing(".gz", with: "")
    }
    var url: URL { SharedFolder.data(path) }
  }

  static let all: [Table] = [
    Table(path: "adult.csv", group: "census"),
    Table(path: "support2/support2.csv", persons: ["column 1"], group: "support"),
    Table(
      path: "diabetes130/diabetic_data.csv.gz", persons: ["encounter_id", "patient_nbr"],
      group: "diabetes"),
    Table(
      path: "mimic-iii-demo/ADMISSIONS.csv", persons: ["subject_id", "hadm_id"], group: "mimic"),
    Table(path: "iwpc-warfarin/warfarin.csv", persons: ["PharmGKB Subject ID"], group: "warfarin"),
    Table(path: "more-tables/rotterdam.csv", group: "rotterdam"),
    Table(path: "more-tables/nhefs.csv", group: "nhefs"),
    Table(path: "more-tables/nass.csv", group: "nass"),
    Table(
      path: "synthea-sample/patients.csv", persons: ["ID", "SSN", "DRIVERS", "PASSPORT"],
      group: "synthea"),
    Table(path: "retail-journey/demographics.csv", persons: ["household_id"], group: "retail"),
    Table(path: "more-tables/diamonds.csv", group: "diamonds"),
    Table(path: "anonymeter/original.csv", group: "census"),
    Table(path: "anonymeter/control.csv", group: "census"),
    Table(path: "anonymeter/synthetic.csv", group: "census synthetic"),
    Table(path: "gps-tracks/go_track_tracks.csv", persons: ["id_android"], group: "tracks"),
    Table(path: "gps-tracks/go_track_trackspoints.csv", group: "tracks"),
    Table(path: "movielens-small/ratings.csv", persons: ["userId"], group: "movielens"),
    Table(path: "movielens-small/tags.csv", persons: ["userId"], group: "movielens"),
    Table(path: "movielens-small/movies.csv", group: "movielens"),
    Table(path: "movielens-small/links.csv", group: "movielens"),
    Table(path: "olivetti/labels.csv", group: "olivetti"),
    Table(path: "retail-journey/products.csv", group: "retail"),
    Table(path: "mimic-iii-demo/PATIENTS.csv", persons: ["subject_id"], group: "mimic"),
    Table(path: "mimic-iii-demo/ICUSTAYS.csv", persons: ["subject_id", "hadm_id"], group: "mimic"),
    Table(
      path: "mimic-iii-demo/PRESCRIPTIONS.csv", persons: ["subject_id", "hadm_id"], group: "mimic"),
    Table(path: "mimic-iii-demo/MICROBIOLOGYEVENTS.csv", persons: ["subject_id"], group: "mimic"),
    Table(path: "mimic-iii-demo/D_ICD_DIAGNOSES.csv", group: "mimic"),
    Table(path: "mimic-iii-demo/D_LABITEMS.csv", group: "mimic"),
    Table(path: "synthea-sample/encounters.csv", persons: ["PATIENT"], group: "synthea"),
    Table(path: "synthea-sample/observations.csv", persons: ["PATIENT"], group: "synthea"),
    Table(path: "synthea-sample/medications.csv", persons: ["PATIENT"], group: "synthea"),
  ]
}
