extension SHA256Hasher {
  /// Returns the digest of a regular file, read piece by piece.
  package static func hex(ofFile path: String) throws -> String {
    try RegularFile(path, path: path).digest().sha256
  }
}
