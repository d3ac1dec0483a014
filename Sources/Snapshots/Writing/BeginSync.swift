import Dispatch

/// Begins to bring a file to the disk while others work: a sync waits, and needs no processor.
///
/// Nobody waits for it here. A file remembers that its sync failed, and is synced again, of what is left,
/// before its snapshot is published.
func beginSync(_ file: SnapshotFile) {
  // Threads of their own: those of the workers' priority are as many as there are processors.
  DispatchQueue.global(qos: .utility).async { try? file.sync() }
}
