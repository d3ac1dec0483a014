// "For each name, the value of the latest event (by order) whose `fields` has it; a null removes
// it."
func attributes(of ordered: [Event]) -> [Text: Scalar] {
  var attributes: [Text: Scalar] = [:]
  // An outcome's "`fields` and `account` are ignored".
  for event in ordered where event.special != .outcome {
    for (name, news) in event.fields {
      switch news {
      case .value(let value): attributes[name] = value
      case .removed: attributes[name] = nil
      }
    }
  }
  return attributes
}

/// The account that its events give a lead.
//
// "A lead belongs to the `account` of its latest event that names one."
func account(of ordered: [Event]) -> Text? {
  ordered.last { $0.special != .outcome && $0.account != nil }?.account
}
