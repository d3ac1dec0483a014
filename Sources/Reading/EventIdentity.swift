import Notation

/// Whose an event is and by what name: what joining and forgetting keys goes by.
package struct EventIdentity: Sendable {
  package enum Role: Sendable {
    /// An event of its lead.
    case event
    /// Joins `from` to `lead`; an event of its lead, too.
    case merge(from: [UInt8])
    case forget
    /// Takes back what has an id; an event of its lead, too.
    case withdraw(event: [UInt8])
    /// An event of an account; a lead in it is ignored.
    case account
  }

  package let id: [UInt8]
  package let time: Milliseconds
  package let lead: [UInt8]
  package let role: Role
}

extension EventValidator {
  /// Returns whose event a line is; nil if it is none.
  package func identity(of line: UnsafeRawBufferPointer) -> EventIdentity? {
    open(Array(line)) { event, slots in
      func text(_ member: Member) -> [UInt8] {
        Array(UnsafeBufferPointer(start: slots.start(member), count: slots.count(member)))
      }
      let role: EventIdentity.Role =
        switch event.kind {
        case _ where event.isOfAccount: .account
        case .merge: .merge(from: text(.from))
        case .forget: .forget
        case .withdraw: .withdraw(event: text(.event))
        default: .event
        }
      return EventIdentity(
        id: text(.id), time: event.time, lead: event.isOfAccount ? [] : text(.lead),
        role: role)
    }
  }
}
