// "`accounts.from_domain: { of: [attribute.email, lead], except: [free-mail, "*.edu"] }`"
struct DomainRule {
  private var subjects: [String]
  private var except: [Text]
  private var exceptsFreeMail: Bool

  /// The providers on the built-in list that random books and tests use.
  static let freeMail = ["gmail.com", "hotmail.com", "outlook.com", "yahoo.com"].map { Text($0) }

  init(_ yaml: Yaml) {
    subjects = yaml["of"]?.items.compactMap(\.written) ?? []
    let named = yaml["except"]?.items.compactMap(\.written) ?? []
    exceptsFreeMail = named.contains("free-mail")
    except = named.filter { $0 != "free-mail" }.map { Text($0) }
  }

  // "the domain that the first of these subjects (its own attributes only) gives"
  func account(lead: Text, attributes: [Text: Scalar]) -> Text? {
    for subject in subjects {
      let value =
        subject == "lead"
        ? lead : subject.suffix(after: "attribute.").flatMap { attributes[Text($0)]?.text }
      if let domain = value.flatMap({ domain(in: $0) }) { return domain }
    }
    return nil
  }

  // "what follows the last `@`, without white space and dots at the ends, folded, if there is a dot in
  // it, all its ASCII characters are letters, digits, `.` or `-`, it matches no pattern of `except`,
  // and is not on the built-in list"
  private func domain(in text: Text) -> Text? {
    guard let at = text.bytes.lastIndex(of: UInt8(ascii: "@")) else { return nil }
    let domain = Text(bytes: Array(text.bytes[(at + 1)...]))
      .trimmed { isWhiteSpace($0) || $0 == "." }
      .folded
    let isName = domain.bytes.allSatisfy { byte in
      byte >= 0x80 || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
        || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }
    guard isName, domain.bytes.contains(UInt8(ascii: ".")) else { return nil }
    if except.contains(where: { glob($0, matches: domain) }) { return nil }
    if exceptsFreeMail && DomainRule.freeMail.contains(domain) { return nil }
    return domain
  }
}
