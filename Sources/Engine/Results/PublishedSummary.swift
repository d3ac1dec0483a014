/// What is read back of a summary: counts that there are whichever version wrote it.
package struct PublishedSummary: Decodable, Sendable {
  package var events: Events
  package var leads: Leads

  package struct Events: Decodable, Sendable {
    package var erased: Int
  }

  package struct Leads: Decodable, Sendable {
    package var known: Int
  }
}
