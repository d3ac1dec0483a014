extension BulkEvents {
  func appendProperties(kind: Int, _ random: inout SeededRandom, to lines: inout LineBuffer) {
    switch kind {
    case ..<66:
      let isAddressed = random.below(8) == 0
      if isAddressed {
        lines.append(",\"url\":\"https://www.scorebook.example")
      } else {
        lines.append(",\"path\":\"")
      }
      lines.append(words.pages, random.below(words.pages.count))
      lines.append(isAddressed ? "?utm_source=mail\",\"duration\":" : "\",\"duration\":")
      lines.append(2 + random.below(20) * random.below(30))
    case ..<74:
      lines.append(",\"link\":\"https://www.scorebook.example")
      lines.append(words.pages, random.below(words.pages.count))
      appendCampaign(&random, to: &lines)
    case ..<82:
      lines.append(",\"channel\":\"")
      lines.append(words.channels, random.below(words.channels.count))
      appendCampaign(&random, to: &lines)
    case ..<88:
      lines.append(",\"asset\":\"")
      lines.append(words.assets, random.below(words.assets.count))
      lines.append("\"")
    case ..<94:
      lines.append(",\"query\":\"")
      lines.append(words.queries, random.below(words.queries.count))
      lines.append("\",\"channel\":\"organic\"")
    case ..<98:
      lines.append(",\"form\":\"")
      lines.append(words.forms, random.below(words.forms.count))
      lines.append("\"")
    default:
      lines.append(",\"form\":\"nps\",\"fields\":{\"satisfaction\":")
      lines.append(1 + max(random.below(10), random.below(10)))
      lines.append("}")
    }
  }

  func appendCampaign(_ random: inout SeededRandom, to lines: inout LineBuffer) {
    lines.append("\",\"campaign\":\"")
    lines.append(words.campaigns, random.below(words.campaigns.count))
    lines.append("\"")
  }

  func appendProfile(lead: Int, _ random: inout SeededRandom, to lines: inout LineBuffer) {
    lines.append("\",\"type\":\"profile\",\"lead\":\"")
    appendKey(of: lead, to: &lines)
    lines.append("\",\"account\":\"")
    appendAccount(lead % plan.accountCount, to: &lines)
    lines.append("\",\"fields\":{\"job_title\":\"")
    lines.append(words.titles, random.below(words.titles.count))
    lines.append("\",")
    appendCompany(&random, to: &lines)
  }

  func appendAccountProfile(
    _ account: Int, _ random: inout SeededRandom, to lines: inout LineBuffer
  ) {
    lines.append("\",\"type\":\"account_profile\",\"account\":\"")
    appendAccount(account, to: &lines)
    lines.append("\",\"fields\":{")
    appendCompany(&random, to: &lines)
  }

  func appendCompany(_ random: inout SeededRandom, to lines: inout LineBuffer) {
    lines.append("\"industry\":\"")
    lines.append(words.industries, random.below(words.industries.count))
    lines.append("\",\"company_size\":")
    lines.append(1 + random.below(60) * random.below(90))
    lines.append(",\"country\":\"")
    lines.append(words.countries, random.below(words.countries.count))
    lines.append("\"}")
  }

  func appendMerge(lead: Int, to lines: inout LineBuffer) {
    lines.append("\",\"type\":\"merge\",\"lead\":\"")
    appendKey(of: lead, to: &lines)
    lines.append("\",\"from\":\"")
    appendCookie(of: lead, to: &lines)
    lines.append("\"")
  }

  func appendOutcome(lead: Int, _ random: inout SeededRandom, to lines: inout LineBuffer) {
    lines.append("\",\"type\":\"outcome\",\"lead\":\"")
    appendKey(of: lead, to: &lines)
    if random.below(3) == 0 {
      lines.append("\",\"outcome\":\"won\",\"value\":")
      lines.append(500 * (2 + random.below(90)))
    } else {
      lines.append("\",\"outcome\":\"lost\"")
    }
  }

  func appendKey(of lead: Int, to lines: inout LineBuffer) {
    let name = Int(truncatingIfNeeded: scrambled(UInt64(lead)) >> 1)
    lines.append(words.firstNames, name & 15)
    lines.append(byte: UInt8(ascii: "."))
    lines.append(words.lastNames, name >> 4 & 15)
    lines.append(lead)
    lines.append(byte: UInt8(ascii: "@"))
    appendAccount(lead % plan.accountCount, to: &lines)
    lines.append(".example")
  }

  func appendCookie(of lead: Int, to lines: inout LineBuffer) {
    lines.append("c-")
    lines.append(hexadecimal: scrambled(UInt64(lead) ^ 0xC00C1E), digitCount: 16)
  }

  func appendAccount(_ account: Int, to lines: inout LineBuffer) {
    lines.append(words.companies, account & 15)
    lines.append(byte: UInt8(ascii: "-"))
    lines.append(account)
  }
}
