/// A person of the sample.
struct Lead {
  let archetype: Archetype
  let account: Account?
  /// The address, or the cookie of somebody who never told one.
  let key: String
  /// The cookie under which the lead came before the address was known.
  let cookie: String?
  let title: String
  let country: String

  var isIdentified: Bool { key.utf8.contains(UInt8(ascii: "@")) }

  var fields: SampleMembers {
    var fields: SampleMembers = [
      ("job_title", .text(title)), ("seniority", .text(archetype.seniority)),
    ]
    fields += account?.fields ?? [("country", .text(country))]
    return fields
  }

  /// Draws the leads of the sample.
  static func draw(count: Int, accounts: [Account], _ random: inout SeededRandom) -> [Lead] {
    var taken: Set<String> = []
    return (0..<count).map { _ in
      let archetype = drawArchetype(&random)
      let account = drawAccount(for: archetype, accounts, &random)
      let cookie = "c-\(base36(Int(random.next() >> 30), width: 7))"
      guard random.chance(archetype.identified) else {
        return Lead(
          archetype: archetype, account: nil, key: cookie, cookie: nil, title: "", country: "")
      }
      let domain = account?.domain ?? "mail.example"
      let name = "\(random.pick(SampleWords.firstNames)).\(random.pick(SampleWords.lastNames))"
      var key = "\(name)@\(domain)"
      var serial = 2
      while !taken.insert(key).inserted {
        key = "\(name)\(serial)@\(domain)"
        serial += 1
      }
      return Lead(
        archetype: archetype, account: account, key: key, cookie: random.chance(0.4) ? cookie : nil,
        title: random.pick(archetype.titles), country: random.pick(SampleWords.countries))
    }
  }

  private static func drawArchetype(_ random: inout SeededRandom) -> Archetype {
    var place = random.below(Archetype.all.reduce(0) { $0 + $1.share })
    for archetype in Archetype.all {
      place -= archetype.share
      if place < 0 { return archetype }
    }
    preconditionFailure("a place below the sum of the shares is within one of them")
  }

  private static func drawAccount(
    for archetype: Archetype, _ accounts: [Account], _ random: inout SeededRandom
  ) -> Account? {
    let kind: Account.Kind
    switch archetype.name {
    case .student: kind = .university
    case .competitor: kind = .competitor
    case .customer: kind = .customer
    case .jobSeeker: return nil
    default: kind = random.chance(0.12) ? .customer : .prospect
    }
    if kind != .competitor, kind != .customer, random.chance(kind == .university ? 0.4 : 0.06) {
      return nil
    }
    let choices = accounts.filter { $0.kind == kind }
    // A square makes some accounts much busier than others.
    let unit = random.unit()
    return choices[Int(unit * unit * Double(choices.count))]
  }
}

/// Returns a number in the digits 0 to 9 and a to z, with leading zeros up to `width`.
func base36(_ number: Int, width: Int) -> String {
  let digits = String(number, radix: 36)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
