/// Returns a reader of calls of Segment's specification: of Segment, RudderStack and Jitsu.
package func segmentReader() -> any RecordReader { JSONRecords(SegmentCalls()) }

/// Returns a reader of CloudEvents in their structured mode.
package func cloudEventsReader() -> any RecordReader { JSONRecords(CloudEvents()) }

/// Returns a reader of the events that PostHog exports.
package func postHogReader() -> any RecordReader { JSONRecords(PostHogEvents()) }

/// Returns a reader of Snowplow's enriched events.
package func snowplowReader() -> any RecordReader { HeadedRows(SnowplowRows()) }

/// Returns a reader of rows with a header.
package func csvReader(_ choices: CSVChoices) -> any RecordReader {
  HeadedRows(CSVRows(choices: choices))
}
