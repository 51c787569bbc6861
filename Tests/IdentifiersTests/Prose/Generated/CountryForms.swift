/// How numbers are written in each country. `#` stands for a digit, `%` for one from 2 to 9, `?`
/// for a capital letter.
enum CountryForms {
  struct Numbers {
    let phones: [String]
    let mobiles: [String]
    let international: [String]
    let nationals: [String]
    let plates: [String]
  }

  static func of(_ country: String) -> Numbers {
    guard let numbers = table[country] else { preconditionFailure("no numbers of \(country)") }
    return numbers
  }

  private static func numbers(
    _ phones: [String], _ mobiles: [String], _ international: [String], _ nationals: [String],
    _ plates: [String]
  ) -> Numbers {
    Numbers(
      phones: phones, mobiles: mobiles, international: international, nationals: nationals,
      plates: plates)
  }

  private static let table: [String: Numbers] = [
    "DE": numbers(
      ["0%## %#####", "0%#/%######", "(0%###) %###-##", "0%##-%####"],
      ["017# %######", "0151/########", "0160 %######"],
      ["+49 %## %######", "0049 %## %#####"], ["%##########"], ["??-? ###", "?-?? ####"]),
    "FR": numbers(
      ["01 ## ## ## ##", "04.##.##.##.##", "05 ## ## ## ##"],
      ["06 ## ## ## ##", "07.##.##.##.##", "06########"],
      ["+33 6 ## ## ## ##", "+33 (0)1 ## ## ## ##"], ["nir"], ["??-###-??"]),
    "ES": numbers(
      ["9%# ### ###", "9%# ## ## ##"], ["6%# ### ###", "6########", "7%# ## ## ##"],
      ["+34 6## ### ###", "0034 9########"], ["dni"],
      ["#### ???", "####-???"]),
    "IT": numbers(
      ["0%# ######", "0%/#######", "0%## ######"], ["3%# #######", "3%#.###.####", "3%########"],
      ["+39 3## ### ####", "+39 0%# ######"],
      ["??????##?##?###?"], ["??###??", "?? ### ??"]),
    "NL": numbers(
      ["0%#-#######", "0%#-### ## ##", "0%## ######"],
      ["06-########", "06 ## ## ## ##", "06 ########"],
      ["+31 6 ########", "0031 %# #######"],
      ["1########"], ["??-###-?", "##-??-??"]),
    "PT": numbers(
      ["2%# ### ###", "2########"], ["91# ### ###", "96#######", "93# ### ###"],
      ["+351 9## ### ###", "00351 2## ### ###"], ["2########"],
      ["##-??-##", "??-##-??"]),
    "US": numbers(
      ["(%##) %##-####", "%##-%##-####", "%##.%##.####"],
      ["%##-%##-####", "(%##) %##-####", "%## %## ####"],
      ["+1 %## %## ####", "1-%##-%##-####"],
      ["4##-%#-####"], ["?## ???", "??? ####"]),
    "CA": numbers(
      ["(%##) %##-####", "%##-%##-####"], ["%##-%##-####", "%## %##-####"],
      ["+1 %## %##-####", "+1-%##-%##-####"], ["### ### ###"],
      ["???? ###"]),
    "GB": numbers(
      ["01%## ######", "020 %### ####", "(01%##) ######"], ["07%## ######", "07### ### ###"],
      ["+44 7### ######", "+44 (0)20 %### ####"],
      ["?? ## ## ## ?"], ["??## ???"]),
    "IE": numbers(
      ["01 %## ####", "0%1 ### ####", "0%# #####"], ["087 ### ####", "085-#######"],
      ["+353 8# ### ####", "+353 1 %## ####"], ["#######??"],
      ["##-??-####"]),
    "AU": numbers(
      ["(0%) %### ####", "0% %### ####"], ["04## ### ###", "04########"],
      ["+61 4## ### ###", "+61 % %### ####"], ["### ### ###"],
      ["??? ###", "#?? ###"]),
    "NZ": numbers(
      ["0% %## ####", "(0%) %## ####"], ["021 ### ####", "027 ### ###"],
      ["+64 21 ### ####", "+64 % ### ####"], ["###-###-###"], ["??? ###"]
    ),
    "IN": numbers(
      ["0%# %### ####", "0%##-%######"], ["9#### #####", "8#########"],
      ["+91 9#### #####", "+91-%#########"], ["#### #### ####"],
      ["?? ## ?? ####"]),
    "ZA": numbers(
      ["0%1 %## ####", "(0%1) %## ####"], ["083 ### ####", "072 ### ####"],
      ["+27 8# ### ####", "+27 %# ### ####"], ["#############"],
      ["?? ### ???", "???###??"]),
    "NG": numbers(
      ["01-%## ####", "0%2 ######"], ["0803 ### ####", "0813#######"],
      ["+234 80# ### ####", "+234 1 ### ####"], ["###########"],
      ["???-### ??"]),
    "PL": numbers(
      ["%% ### ## ##", "(%%) ### ## ##"], ["5## ### ###", "6##-###-###"],
      ["+48 6## ### ###", "+48 %% ### ## ##"], ["###########"],
      ["?? #####", "??? #??"]),
    "SE": numbers(
      ["0%#-%## ## ##", "0%-%## ### ##"], ["070-### ## ##", "073 ### ## ##"],
      ["+46 70 ### ## ##", "+46 % ### ### ##"], ["######-####"],
      ["??? ###"]),
    "BR": numbers(
      ["(%%) %###-####", "%% %###-####"], ["(%%) 9####-####", "%% 9####-####"],
      ["+55 %% 9####-####", "+55 (%%) %###-####"],
      ["###.###.###-##"], ["???#?##", "???-####"]),
  ]

  /// A house in a street, as the country writes it.
  static func address(_ street: String, in country: String, _ random: inout FormRandom) -> String {
    let number = random.below(190) + 1
    let letter = ["", "", "", "a", "B"][random.below(5)]
    switch country {
    case "FR":
      return ["\(number), \(street)", "\(number) \(street)", "\(number) bis \(street)"][
        random.below(3)]
    case "DE": return "\(street) \(number)\(letter.lowercased())"
    case "ES":
      return ["\(street), \(number)", "\(street) \(number), 3º B", "\(street) nº \(number)"][
        random.below(3)]
    case "IT":
      return [
        "\(street) \(number)", "\(street), \(number)",
        "\(street) n. \(number)/\(letter.isEmpty ? "A" : letter)",
      ][random.below(3)]
    case "NL":
      return [
        "\(street) \(number)", "\(street) \(number)-\(random.below(30) + 1)",
        "\(street) \(number)\(letter.lowercased())",
      ][
        random.below(3)]
    case "PT", "BR":
      return [
        "\(street), \(number)", "\(street), n.º \(number)", "\(street), \(number), 2.º Esq.",
      ][random.below(3)]
    case "PL":
      return ["\(street) \(number)", "\(street) \(number)/\(random.below(40) + 1)"][random.below(2)]
    case "SE": return "\(street) \(number)\(letter.uppercased())"
    case "IN":
      return ["\(number), \(street)", "Flat \(number), \(street)", "No. \(number) \(street)"][
        random.below(3)]
    case "GB", "IE":
      return [
        "\(number) \(street)", "Flat \(random.below(9) + 1), \(number) \(street)",
        "\(number)\(letter.lowercased()) \(street)",
      ][
        random.below(3)]
    case "US", "CA":
      return [
        "\(number * 7) \(street)", "\(number * 13) \(street), Apt \(random.below(30) + 1)",
        "\(number) \(street)",
      ][random.below(3)]
    case "AU", "NZ":
      return [
        "\(number) \(street)", "\(random.below(12) + 1)/\(number) \(street)",
        "Unit \(random.below(12) + 1), \(number) \(street)",
      ][
        random.below(3)]
    default: return "\(number) \(street)"
    }
  }
}
