/// Returns a reader of calls of Segment's specification: of Segment, RudderStack and Jitsu.
///
/// `correctsClocks`: whether times of clocks that go wrong are put right by when the call was sent and received.
package func segmentReader(correctsClocks: Bool = false) -> any RecordReader {
  JSONRecords(SegmentCalls(correctsClocks: correctsClocks))
}

/// Returns a reader of CloudEvents in their structured mode.
package func cloudEventsReader() -> any RecordReader { JSONRecords(CloudEvents()) }

/// Returns a reader of the events that PostHog exports.
package func postHogReader() -> any RecordReader { JSONRecords(PostHogEvents()) }

/// Returns a reader of Snowplow's enriched events.
package func snowplowReader() -> any RecordReader { HeadedRows(SnowplowRows()) }

/// Returns a reader of rows with a header.
package func csvReader(_ choices: MemberChoices) -> any RecordReader {
  HeadedRows(CSVRows(choices: choices))
}

/// Returns a reader of JSON objects of any kind.
package func jsonReader(_ choices: MemberChoices) -> any RecordReader {
  JSONRecords(JSONEvents(choices))
}
