import Files
import TestFiles
import Testing

@Suite("SHA-256") struct DigestTests {
  /// From the standard, FIPS 180-4, and its examples.
  static let known = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ]

  @Test("digests are those of the standard, in one go, in pieces and of a file", arguments: known)
  func digests(text: String, digest: String) throws {
    #expect(SHA256Hasher.hex(of: text) == digest)
    for pieceByteCount in [1000, 65_537] {
      var hasher = SHA256Hasher()
      let bytes = Array(text.utf8)
      for start in stride(from: 0, to: bytes.count, by: pieceByteCount) {
        bytes[start..<min(start + pieceByteCount, bytes.count)].withUnsafeBytes {
          hasher.update($0)
        }
      }
      #expect(hasher.finish() == digest)
    }
    let folder = try TemporaryFolder()
    try folder.write(Array(text.utf8), to: "a")
    #expect(try SHA256Hasher.hex(ofFile: "\(folder.path)/a") == digest)
    let (byteCount, sha256) = try RegularFile("\(folder.path)/a", path: "a").digest()
    #expect(byteCount == text.utf8.count && sha256 == digest)
  }

  @Test("a file that is not there has none")
  func missing() {
    let error = #expect(throws: FileError.self) { try SHA256Hasher.hex(ofFile: "/nowhere/a") }
    #expect(error?.kind == .noInput)
  }
}
