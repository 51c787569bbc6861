/// The detectors that every scanner has, in the order that they run.
enum BuiltInDetectors {
  static func all() -> [any ProseDetector] {
    [
      EmailDetector(), LabelledNumberDetector(), DateDetector(), AgeDetector(), DigitGroupDetector(), WebAddressDetector(), CodeDetector(),
      PersonDetector(),
      PlaceDetector(), OrganizationDetector(),
    ]
  }
}
