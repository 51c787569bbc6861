import Tables

/// The role of every column of the shared tables, labelled from the tables' documentation before
/// any program looked at them. D: names a person, or one record of a person. Q: a trait or event
/// that others may know or look up. S: something a person would not want known, such as health,
/// care and money. O: about the recording, or about things. P: prose.
enum RoleLabels {
  /// The tables that were used to write the rules.
  static let developed: [(path: String, labels: String)] = [
    (
      "diabetes130/diabetic_data.csv.gz",
      """
      D encounter_id patient_nbr
      Q race gender age payer_code
      S weight admission_type_id discharge_disposition_id admission_source_id time_in_hospital medical_specialty num_lab_procedures
      S num_procedures num_medications number_outpatient number_emergency number_inpatient diag_1 diag_2 diag_3 number_diagnoses
      S max_glu_serum A1Cresult metformin repaglinide nateglinide chlorpropamide glimepiride acetohexamide glipizide glyburide
      S tolbutamide pioglitazone rosiglitazone acarbose miglitol troglitazone tolazamide examide citoglipton insulin
      S glyburide-metformin glipizide-metformin glimepiride-pioglitazone metformin-rosiglitazone metformin-pioglitazone change
      S diabetesMed readmitted
      """
    ),
    ("synthea-sample/allergies.csv", "D PATIENT ENCOUNTER\nQ START STOP\nS CODE DESCRIPTION"),
    (
      "synthea-sample/careplans.csv",
      "D ID PATIENT ENCOUNTER\nQ START STOP\nS CODE DESCRIPTION REASONCODE REASONDESCRIPTION"
    ),
    ("synthea-sample/conditions.csv", "D PATIENT ENCOUNTER\nQ START STOP\nS CODE DESCRIPTION"),
    (
      "synthea-sample/encounters.csv",
      "D ID PATIENT\nQ DATE\nS CODE DESCRIPTION REASONCODE REASONDESCRIPTION"
    ),
    ("synthea-sample/immunizations.csv", "D PATIENT ENCOUNTER\nQ DATE\nS CODE DESCRIPTION"),
    (
      "synthea-sample/medications.csv",
      "D PATIENT ENCOUNTER\nQ START STOP\nS CODE DESCRIPTION REASONCODE REASONDESCRIPTION"
    ),
    (
      "synthea-sample/observations.csv",
      "D PATIENT ENCOUNTER\nQ DATE\nS CODE DESCRIPTION VALUE\nO UNITS"
    ),
    (
      "synthea-sample/procedures.csv",
      "D PATIENT ENCOUNTER\nQ DATE\nS CODE DESCRIPTION REASONCODE REASONDESCRIPTION"
    ),
    (
      "synthea-sample/patients.csv",
      """
      D ID SSN DRIVERS PASSPORT FIRST LAST MAIDEN ADDRESS
      Q BIRTHDATE DEATHDATE PREFIX SUFFIX MARITAL RACE ETHNICITY GENDER BIRTHPLACE
      """
    ),
    (
      "mimic-iii-demo/ADMISSIONS.csv",
      """
      D row_id subject_id hadm_id
      Q admittime dischtime deathtime insurance language religion marital_status ethnicity edregtime edouttime
      S admission_type admission_location discharge_location diagnosis hospital_expire_flag
      O has_chartevents_data
      """
    ),
    (
      "mimic-iii-demo/CPTEVENTS.csv",
      """
      D row_id subject_id hadm_id
      Q chartdate
      S costcenter cpt_cd cpt_number sectionheader subsectionheader description
      O cpt_suffix ticket_id_seq
      """
    ),
    ("mimic-iii-demo/DIAGNOSES_ICD.csv", "D row_id subject_id hadm_id\nS icd9_code\nO seq_num"),
    (
      "mimic-iii-demo/DRGCODES.csv",
      "D row_id subject_id hadm_id\nS drg_code description drg_severity drg_mortality\nO drg_type"
    ),
    ("mimic-iii-demo/D_ICD_DIAGNOSES.csv", "O row_id icd9_code short_title long_title"),
    ("mimic-iii-demo/D_LABITEMS.csv", "O row_id itemid label fluid category loinc_code"),
    (
      "mimic-iii-demo/ICUSTAYS.csv",
      """
      D row_id subject_id hadm_id icustay_id
      Q intime outtime
      S first_careunit last_careunit first_wardid last_wardid los
      O dbsource
      """
    ),
    (
      "mimic-iii-demo/MICROBIOLOGYEVENTS.csv",
      """
      D row_id subject_id hadm_id
      Q chartdate charttime
      S spec_itemid spec_type_desc org_itemid org_name ab_itemid ab_name dilution_text dilution_comparison dilution_value interpretation
      O isolate_num
      """
    ),
    (
      "mimic-iii-demo/PATIENTS.csv",
      "D row_id subject_id\nQ gender dob dod dod_hosp dod_ssn\nS expire_flag"
    ),
    (
      "mimic-iii-demo/PRESCRIPTIONS.csv",
      """
      D row_id subject_id hadm_id icustay_id
      Q startdate enddate
      S drug_type drug drug_name_poe drug_name_generic formulary_drug_cd gsn ndc prod_strength dose_val_rx form_val_disp route
      O dose_unit_rx form_unit_disp
      """
    ),
    ("mimic-iii-demo/PROCEDURES_ICD.csv", "D row_id subject_id hadm_id\nS icd9_code\nO seq_num"),
    (
      "mimic-iii-demo/SERVICES.csv",
      "D row_id subject_id hadm_id\nQ transfertime\nS prev_service curr_service"
    ),
    (
      "mimic-iii-demo/TRANSFERS.csv",
      """
      D row_id subject_id hadm_id icustay_id
      Q intime outtime
      S eventtype prev_careunit curr_careunit prev_wardid curr_wardid los
      O dbsource
      """
    ),
    (
      "support2/support2.csv",
      """
      D column_1
      Q age sex race edu
      S death hospdead slos d.time dzgroup dzclass num.co income scoma charges totcst totmcst avtisst sps aps surv2m surv6m hday
      S diabetes dementia ca prg2m prg6m dnr dnrday meanbp wblc hrt resp temp pafi alb bili crea sod ph glucose bun urine adlp adls
      S sfdm2 adlsc
      """
    ),
    (
      "adult.csv",
      """
      Q age workclass education education-num marital-status occupation relationship race sex hours-per-week native-country
      S capital-gain capital-loss income
      O fnlwgt
      """
    ),
  ]

  /// The example hospital.
  static let hospital = """
    D record_number patient_id first_name last_name email
    Q sex age postcode_area region admitted discharged
    S smoker bmi admission_type ward icd10_code icd10_description crp_mg_per_l treatment copayment disposition readmitted_30d
    P notes
    """

  /// Tables that no rule was written for, labelled from their headers alone.
  static let unseen: [(path: String, labels: String)] = [
    (
      "anonymeter/original.csv",
      """
      Q age type_employer education education_num marital occupation relationship race sex hr_per_week country
      S capital_gain capital_loss income
      O fnlwgt
      """
    ),
    (
      "retail-journey/demographics.csv",
      "D household_id\nQ age home_ownership marital_status household_size household_comp kids_count\nS income"
    ),
    (
      "retail-journey/products.csv",
      "O product_id manufacturer_id department brand product_category product_type package_size"
    ),
    (
      "retail-journey/transactions_w01_26.csv.gz",
      "D household_id basket_id\nQ week transaction_timestamp\nS sales_value retail_disc coupon_disc\nO store_id product_id quantity"
    ),
    ("movielens-small/links.csv", "O movieId imdbId tmdbId"),
    ("movielens-small/movies.csv", "O movieId title genres"),
    ("movielens-small/ratings.csv", "D userId\nQ timestamp\nO movieId rating"),
    ("movielens-small/tags.csv", "D userId\nQ timestamp\nO movieId tag"),
    (
      "gps-tracks/go_track_tracks.csv",
      "D track_id id_android\nO speed time distance rating rating_bus rating_weather car_or_bus"
    ),
    ("gps-tracks/go_track_trackspoints.csv", "D id track_id\nQ latitude longitude time"),
  ]
}

extension ColumnRole {
  /// The letter of the label that corresponds to the program's role.
  var letter: Character {
    switch self {
    case .identifier: "D"
    case .quasiIdentifier: "Q"
    case .sensitive: "S"
    case .prose: "P"
    case .ordinary, .target, .drop: "O"
    }
  }
}
