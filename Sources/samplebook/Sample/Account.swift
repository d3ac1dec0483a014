/// A company whose people visit.
struct Account {
  enum Kind {
    case prospect, customer, university, competitor
  }

  let key: String
  let kind: Kind
  let industry: String
  let companySize: Int
  let country: String

  var domain: String { "\(key).example" }

  /// How well the account suits what is sold, from 0 to 1.
  var fit: Double {
    let size = companySize >= 1000 ? 0.5 : companySize >= 50 ? 0.35 : 0.05
    return size + (SampleWords.bestIndustries.contains(industry) ? 0.5 : 0.1)
  }

  var fields: SampleMembers {
    [
      ("industry", .text(industry)), ("company_size", .whole(companySize)),
      ("country", .text(country)),
    ]
  }

  /// Draws the accounts of the sample.
  static func draw(count: Int, _ random: inout SeededRandom) -> [Account] {
    var taken: Set<String> = []
    return (0..<count).map { index in
      let kind: Kind =
        switch index {
        case ..<10: .university
        case ..<16: .competitor
        case ..<56: .customer
        default: .prospect
        }
      var key = ""
      repeat {
        let end =
          kind == .university
          ? "university" : kind == .competitor ? "scoring" : random.pick(SampleWords.companyEnds)
        key = "\(random.pick(SampleWords.companyStarts))-\(end)"
      } while !taken.insert(key).inserted
      // Sizes spread evenly over their orders of magnitude, from 3 to 20,000 people.
      let size = 3 * pow10(random.unit() * 3.8)
      return Account(
        key: key, kind: kind,
        industry: kind == .university
          ? "education" : kind == .competitor ? "software" : random.pick(SampleWords.industries),
        companySize: Int(size), country: random.pick(SampleWords.countries))
    }
  }
}

/// Returns a smooth rise of ten per unit, by arithmetic that is the same on every machine.
private func pow10(_ exponent: Double) -> Double {
  let steps = [1.0, 10, 100, 1000, 10_000]
  let whole = Int(exponent)
  let rest = exponent - Double(whole)
  // A straight line between powers of ten: nobody will tell it from a logarithm.
  return steps[whole] * (1 + 9 * rest)
}
