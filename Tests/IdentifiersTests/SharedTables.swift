import DelimitedText
import Foundation
import TestConditions
import Testing

/// The shared tables, beside the checkout or in the folder that UNDERSTUDY_SHARED names.
enum SharedTables {

  static var arePresent: Bool { SharedFolder.has("adult.csv") }

  static func read(_ path: String) throws -> ReadTable {
    try TableReader.read(SharedFolder.data(path))
  }

  /// The tables, and the columns of each that name a person or record, as judged from their
  /// documentation.
  static let identifiers: [(path: String, columns: [String])] = [
    ("adult.csv", []),
    ("anonymeter/original.csv", []),
    ("diabetes130/diabetic_data.csv.gz", ["encounter_id", "patient_nbr"]),
    ("gps-tracks/go_track_tracks.csv", ["track_id", "id_android"]),
    ("gps-tracks/go_track_trackspoints.csv", ["id", "track_id"]),
    ("iwpc-warfarin/warfarin.csv", ["PharmGKB Subject ID"]),
    ("mimic-iii-demo/ADMISSIONS.csv", ["row_id", "subject_id", "hadm_id"]),
    ("mimic-iii-demo/CPTEVENTS.csv", ["row_id", "subject_id", "hadm_id"]),
    ("mimic-iii-demo/DIAGNOSES_ICD.csv", ["row_id", "subject_id", "hadm_id"]),
    ("mimic-iii-demo/DRGCODES.csv", ["row_id", "subject_id", "hadm_id"]),
    ("mimic-iii-demo/ICUSTAYS.csv", ["row_id", "subject_id", "hadm_id", "icustay_id"]),
    ("mimic-iii-demo/MICROBIOLOGYEVENTS.csv", ["row_id", "subject_id", "hadm_id"]),
    ("mimic-iii-demo/PATIENTS.csv", ["row_id", "subject_id"]),
    ("mimic-iii-demo/PRESCRIPTIONS.csv", ["row_id", "subject_id", "hadm_id", "icustay_id"]),
    ("mimic-iii-demo/PROCEDURES_ICD.csv", ["row_id", "subject_id", "hadm_id"]),
    ("mimic-iii-demo/SERVICES.csv", ["row_id", "subject_id", "hadm_id"]),
    ("mimic-iii-demo/TRANSFERS.csv", ["row_id", "subject_id", "hadm_id", "icustay_id"]),
    ("movielens-small/ratings.csv", ["userId"]),
    ("movielens-small/tags.csv", ["userId"]),
    ("retail-journey/demographics.csv", ["household_id"]),
    ("retail-journey/transactions_w01_26.csv.gz", ["household_id", "basket_id"]),
    ("support2/support2.csv", ["column 1"]),
    ("synthea-sample/allergies.csv", ["PATIENT", "ENCOUNTER"]),
    ("synthea-sample/careplans.csv", ["ID", "PATIENT", "ENCOUNTER"]),
    ("synthea-sample/conditions.csv", ["PATIENT", "ENCOUNTER"]),
    ("synthea-sample/encounters.csv", ["ID", "PATIENT"]),
    ("synthea-sample/immunizations.csv", ["PATIENT", "ENCOUNTER"]),
    ("synthea-sample/medications.csv", ["PATIENT", "ENCOUNTER"]),
    ("synthea-sample/observations.csv", ["PATIENT", "ENCOUNTER"]),
    (
      "synthea-sample/patients.csv",
      ["ID", "SSN", "DRIVERS", "PASSPORT", "FIRST", "LAST", "MAIDEN", "ADDRESS"]
    ),
    ("synthea-sample/procedures.csv", ["PATIENT", "ENCOUNTER"]),
  ]
}
