/// Millionths of a point.
///
/// Sums of whole micro-points are exact and free of order.
package typealias Micropoints = Int64

/// Milliseconds: since 1970-01-01T00:00:00Z for a time, elapsed for a duration.
public typealias Milliseconds = Int64
