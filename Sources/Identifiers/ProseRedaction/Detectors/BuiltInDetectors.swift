/// The detectors built into every scanner.
enum BuiltInDetectors {
  static func all() -> [any ProseDetector] {
    [
      EmailDetector(), WebAddressDetector(), LabelledNumberDetector(), LabelledTextDetector(), TableDetector(), DateDetector(),
      AgeDetector(),
      SocialSecurityNumberDetector(), CardDetector(), NationalNumberDetector(), BankAccountDetector(), PhoneDetector(),
      NetworkAddressDetector(), HardwareAddressDetector(), VehicleNumberDetector(), PrescriberNumberDetector(), WalletDetector(),
      UniqueCodeDetector(), PersonDetector(), StreetDetector(), PostalCodeDetector(), LocationDetector(), OrganizationDetector(),
      CoordinateDetector(), HandleDetector(),
    ]
  }
}
