import Basics
import Foundation

/// An invented person: the traits shared by all of their admissions.
struct HospitalPatient: Sendable {
  let number: Int
  let isFemale: Bool
  let givenName: Int
  let familyName: Int
  /// Whole years, as told at the first registration, so often a multiple of 5.
  let age: Int
  let region: Int
  /// The place of the postcode area among all areas; those of a region are side by side.
  let area: Int
  let smokes: Bool
  /// In tenths of kg/m².
  let bodyMassIndex: Int
  let hasRareDisease: Bool
  let plannedAdmissions: Int

  static let adultAge = 16
  static let rareShare = 0.001
  static let heapingShare = 0.25

  init(number: Int, _ random: inout SplitMix64) {
    self.number = number
    isFemale = random.chance(0.52)
    givenName = random.below(isFemale ? PersonNames.female.count : PersonNames.male.count)
    familyName = random.below(PersonNames.family.count)
    age = Self.drawAge(&random)
    region = HospitalPlaces.regionChoice.draw(&random)
    area = region * HospitalPlaces.areasPerRegion + HospitalPlaces.areaChoice.draw(&random)
    smokes = random.chance(Self.smokingChance(age: age, isFemale: isFemale, region: region))
    bodyMassIndex = Self.drawBodyMassIndex(age: age, smokes: smokes, &random)
    hasRareDisease = random.chance(Self.rareShare)
    plannedAdmissions = 1 + HospitalPatient.admissionsChoice.draw(&random)
  }

  private static let admissionsChoice = WeightedChoice([0.70, 0.18, 0.08, 0.04])

  private static func drawAge(_ random: inout SplitMix64) -> Int {
    if random.chance(0.08) { return random.below(adultAge) }
    let exact = min(max(Int((58 + 19 * random.normal()).rounded()), adultAge), 104)
    guard exact >= 20, random.chance(heapingShare) else { return exact }
    return (exact + 2) / 5 * 5
  }

  private static func smokingChance(age: Int, isFemale: Bool, region: Int) -> Double {
    guard age >= adultAge else { return 0 }
    return 0.20 + (isFemale ? 0 : 0.08) - (age >= 70 ? 0.10 : 0) + (region == 0 ? 0.10 : 0)
  }

  private static func drawBodyMassIndex(age: Int, smokes: Bool, _ random: inout SplitMix64) -> Int {
    let isChild = age < adultAge
    let median =
      isChild ? 15 + 0.4 * Double(age) : 26.5 + 0.03 * Double(min(age, 70) - 50) - (smokes ? 1 : 0)
    let value = median * exp((isChild ? 0.12 : 0.18) * random.normal())
    return min(max(Int((10 * value).rounded()), 100), 700)
  }
}

/// The patients' homes: invented regions of six postcode areas each.
enum HospitalPlaces {
  static let regions = ["North", "Harbour", "Old town", "Hills", "Lakes", "South"]
  static let areasPerRegion = 6
  static let areas = ["NO", "HB", "OT", "HL", "LK", "SO"].flatMap { prefix in
    (1...areasPerRegion).map { "\(prefix)\($0)" }
  }
  static let regionOfArea = Dictionary(
    uniqueKeysWithValues: areas.enumerated().map { ($1, regions[$0 / areasPerRegion]) })

  static let regionChoice = WeightedChoice([0.30, 0.22, 0.18, 0.14, 0.10, 0.06])
  static let areaChoice = WeightedChoice.zipf(count: areasPerRegion, exponent: 1)
}

/// Names of the invented people: common ones of several countries, combined at random.
enum PersonNames {
  static let female = words(
    """
    Olivia Amelia Grace Emily Sophia Charlotte Hannah Lucy Alice Eleanor Margaret Dorothy Joan Patricia Susan Karen Linda Barbara
    Helen Ruth Martha Clara Ingrid Astrid Freya Greta Liesel Katharina Ursula Renate Monika Sabine Anja Petra Claire Camille Juliette
    Manon Celeste Odette Giulia Chiara Francesca Lucia Carmen Pilar Marisol Ines Beatriz Fernanda Aisha Fatima Leila Yasmin Zainab
    Priya Ananya Kavita Lakshmi Mei Xiu Yuki Hana Sakura Thuy Linh Ngozi Amara Adaeze Wanjiru Zofia Agnieszka Katarzyna Oksana Irina
    Svetlana Elif Ayse Niamh Siobhan
    """)

  static let male = words(
    """
    Oliver George Harry Jack Noah Arthur Thomas William James Henry Walter Albert Frank Stanley Kenneth Brian Keith Gary Kevin
    Stephen Peter Paul Martin Simon Lars Erik Bjorn Anders Magnus Hans Dieter Klaus Juergen Wolfgang Stefan Matthias Jonas Lukas
    Pierre Luc Etienne Mathieu Antoine Marco Luca Matteo Giovanni Carlos Javier Diego Rafael Mateo Joao Omar Hassan Yusuf Ibrahim
    Karim Arjun Rohan Vikram Sanjay Wei Jun Hiroshi Kenji Takumi Minh Duc Chidi Emeka Kwame Kofi Piotr Tomasz Andrzej Dmitri Sergei
    Mehmet Emre Cormac Declan
    """)

  static let family = words(
    """
    Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood
    Jackson Clarke Harris Clark Turner Hill Cooper Ward Morris Moore Baker Harrison King Morgan Allen Scott Mueller Schmidt Schneider
    Fischer Weber Meyer Wagner Becker Schulz Hoffmann Koch Richter Klein Wolf Neumann Schwarz Zimmermann Braun Krueger Hartmann Lange
    Dubois Laurent Lefevre Moreau Girard Fournier Lambert Rousseau Mercier Garnier Rossi Ferrari Esposito Bianchi Romano Colombo Ricci
    Marino Greco Conti Garcia Fernandez Lopez Martinez Sanchez Perez Gomez Ruiz Hernandez Diaz Moreno Silva Santos Oliveira Pereira
    Costa Almeida Khan Ahmed Hussain Malik Sheikh Rahman Patel Singh Sharma Gupta Mehta Iyer Reddy Chen Wang Zhang Liu Yang Huang
    Tanaka Suzuki Watanabe Yamamoto Nakamura Kobayashi Nguyen Tran Pham Kim Park Choi Okafor Adeyemi Mensah Boateng Mwangi Otieno
    Kowalski Nowak Wisniewski Kaminski Ivanov Petrov Shevchenko Yilmaz Demir Kaya Hansen Johansson Andersson Larsen Nielsen Murphy
    Kelly Byrne Ryan Gallagher Fitzgerald MacDonald Stewart Campbell Fraser Andreou Papadakis Horvat Novak Dvorak Szabo Nagy
    """)

  private static func words(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
  }
}
