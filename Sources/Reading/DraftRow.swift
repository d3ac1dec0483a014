/// A row while its segment is decoded.
struct DraftRow: BitwiseCopyable {
  var row: SheetRow
  /// Where its notes end; they begin where those of the row before end.
  var noteEnd: UInt32
  /// The number of its key.
  var key: UInt32
}
