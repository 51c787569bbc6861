import Basics

/// A patient of the invented clinic: the traits shared by their visits.
struct ClinicPatient {
  private(set) var age: Int
  package private(set) var sex: String
  private(set) var town: String
  private(set) var occupation: String
  private(set) var finding: String
  private(set) var visits: Int
  /// The diagnosis of patients who always come for the same illness.
  private(set) var chronicDiagnosis: String?

  /// The facts that differ between visits.
  struct Visit {
    let diagnosis: String
    /// Days spent in the clinic.
    let days: Int
  }

  /// Draws an ordinary patient: the town decides which occupations are frequent, and the occupation
  /// is related to age and sex.
  init(_ random: inout SplitMix64) {
    let town = ClinicPatient.townChoice.draw(&random)
    let work =
      (ClinicPatient.workChoice.draw(&random) + 4 * (town / 4)) % ClinicPatient.occupations.count
    age = min(max(Int(45 + 6 * Double(work % 4) + 14 * random.normal()), 18), 95)
    sex = ClinicPatient.sexes[random.chance([0.3, 0.7, 0.5, 0.6][work % 4]) ? 0 : 1]
    self.town = ClinicPatient.towns[town]
    occupation = ClinicPatient.occupations[work]
    finding = ClinicPatient.findings[ClinicPatient.findingChoice.draw(&random)]
    visits = 1 + ClinicPatient.visitChoice.draw(&random)
  }

  /// Draws a rare patient, whose illness and finding are drawn uniformly at random.
  init(occupation: String, visits: Int, _ random: inout SplitMix64) {
    self.init(&random)
    self.occupation = occupation
    finding = ClinicPatient.findings[random.below(ClinicPatient.findings.count)]
    chronicDiagnosis = ClinicPatient.diagnoses[random.below(ClinicPatient.diagnoses.count)]
    self.visits = visits
  }

  /// Draws a visit; diagnosis and days depend on age.
  func visit(_ random: inout SplitMix64) -> Visit {
    let drawn =
      (ClinicPatient.diagnosisChoice.draw(&random) + age / 20) % ClinicPatient.diagnoses.count
    let days = min(Int(random.exponential(mean: 1 + Double(age) / 20)), 30)
    return Visit(diagnosis: chronicDiagnosis ?? ClinicPatient.diagnoses[drawn], days: days)
  }

  private static let townChoice = WeightedChoice.zipf(count: towns.count, exponent: 0.7)
  private static let workChoice = WeightedChoice.zipf(count: occupations.count, exponent: 0.6)
  private static let diagnosisChoice = WeightedChoice.zipf(count: diagnoses.count, exponent: 1)
  private static let visitChoice = WeightedChoice([0.60, 0.25, 0.15])
  private static let findingChoice = WeightedChoice([90, 2.5, 2.5, 2.5, 2.5])

  static let sexes = ["F", "M"]
  static let towns = [
    "Ashford", "Brookvale", "Claymoor", "Dunwater", "Eastrigg", "Fernhill", "Glenmere", "Harrowby",
    "Inverlea", "Kelbrook", "Larkfield",
    "Millstead",
  ]
  static let occupations = [
    "carpenter", "nurse", "clerk", "teacher", "driver", "cook", "sales assistant", "cleaner",
    "farmer", "accountant", "engineer", "carer",
    "mechanic", "student",
  ]
  static let diagnoses = [
    "asthma", "back pain", "depression", "diabetes", "fracture", "gallstones", "heart failure",
    "infection", "migraine", "skin disease",
  ]
  static let findings = ["none", "HIV", "hepatitis B", "hepatitis C", "syphilis"]

  /// Occupations of which a region has at most one each.
  static let rareOccupations = [
    "abbot", "acrobat", "actuary", "ambassador", "apiarist", "archivist", "armourer", "astronomer",
    "auctioneer",
    "balloonist", "basket weaver", "bell founder", "bell ringer", "bishop", "blacksmith",
    "boat builder", "bookbinder", "botanist",
    "brewer", "bullfighter", "bush pilot", "calligrapher", "carillonist", "cartographer",
    "cathedral organist", "chair caner",
    "champion jockey", "charcoal burner", "cheese maker", "chess trainer", "chimney sweep",
    "choirmaster", "circus director", "clockmaker",
    "clown", "coastguard", "coin dealer", "composer", "conductor", "consul", "cooper", "coroner",
    "crane designer", "crown prosecutor",
    "cutler", "dance master", "deep-sea diver", "diamond cutter", "dog breeder", "dyke warden",
    "embalmer", "falconer",
    "fencing master", "ferryman", "film director", "fire lookout", "fishery warden", "flute maker",
    "forest ranger", "fur trader",
    "gamekeeper", "gem grader", "geologist", "glass blower", "glass painter", "glider instructor",
    "globe maker", "goldbeater",
    "golf professional", "governor", "gunsmith", "harbour pilot", "harp maker", "hat maker",
    "herbalist", "hermit", "horse dentist",
    "hot-spring keeper", "ice sculptor", "instrument maker", "judge", "kite maker", "lace maker",
    "lighthouse keeper", "lock keeper",
    "magician", "mayor", "meteorologist", "midwife", "mint master", "mole catcher",
    "mountain guide", "museum director",
    "novelist", "opera singer", "optician", "organ builder", "ornithologist", "oyster farmer",
    "park ranger", "perfumer", "piano tuner",
    "plant breeder", "poet laureate", "polar researcher", "potter", "prison governor",
    "professor of Sanskrit", "puppeteer",
    "quarry master", "racing driver", "radio presenter", "restorer", "river pilot", "rope maker",
    "saddler", "sail maker", "sculptor",
    "seismologist", "shepherd", "sheriff", "ski instructor", "snake keeper", "sommelier",
    "stonemason", "stunt rider", "swordsmith",
    "tapestry weaver", "taxidermist", "tea taster", "test pilot", "thatcher", "town crier",
    "translator", "truffle hunter", "umpire",
    "umbrella maker", "verger", "veterinary surgeon", "violin maker", "volcanologist", "watchmaker",
    "wheelwright",
    "whisky blender", "wine grower", "wood carver", "yacht skipper", "zoo director",
  ]
}
