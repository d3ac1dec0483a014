extension KeyTable {
  /// A map is a file of its own, read as definitions are.
  package static let crmMap = KeyTable(
    "crm-map", "What of our results goes into which fields of a CRM",
    [
      Key("name", .name, required: true, "By what the book knows what was acknowledged"),
      Key("profile", .word(profiles), required: true, "How the CRM takes its files"),
      Key("leads", .mapping(.crmObject), "Into which records leads go"),
      Key("accounts", .mapping(.crmObject), "Into which records accounts go"),
      Key(
        "lists", .entries(.anything, of: .mapping(.crmObject)),
        "Into which records the rows of lists go, by the name of their file"),
    ])

  private static let profiles = [
    "salesforce", "hubspot", "dynamics", "marketo", "account-engagement", "mautic", "generic",
  ]

  package static let crmObject = KeyTable(
    "crm-object", "Into which records something goes",
    [
      Key("object", .text, required: true, "What the CRM calls such records"),
      Key(
        "match", .entries(.anything, of: .text), required: true,
        "The field that records are found by, and which of our columns has its value"),
      Key("create", .bool, "Whether the CRM makes records that it does not find"),
      Key("where", .condition(on: .lead), "Which of the rows are sent; all unless told otherwise"),
      Key(
        "fields", .entries(.anything, of: .either([.text, .mapping(.crmField)])), required: true,
        "The CRM's fields, and which of our columns goes into each"),
    ])

  package static let crmField = KeyTable(
    "crm-field", "What goes into a field; it needs column or constant",
    [
      Key("column", .text, "A column of ours, or as_of for the time that results are true for"),
      Key("constant", .either([.text, .bool, .bound]), "What is the same in every row"),
      Key(
        "min_change", .number(.notNegative),
        "How much a number must have changed to send a row by itself"),
      Key("along", .bool, "Whether it goes with its row and never causes one"),
    ])
}
