/// Keys that are one lead, or one account, and what each of them loses.
package struct KeyGroup: Sendable {
  /// The key that names it.
  package var name: [UInt8]
  package var members: [KeyMember]

  package init(name: [UInt8], members: [KeyMember]) {
    self.name = name
    self.members = members
  }
}

/// A key, by where its rows stand.
package struct KeyMember: Sendable {
  package var places: [KeyPlace]
  /// Nil where all of its rows count.
  package var losses: KeyLosses?

  package init(places: [KeyPlace], losses: KeyLosses?) {
    self.places = places
    self.losses = losses
  }
}
