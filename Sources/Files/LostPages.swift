import Foundation

/// What is said where the file is not known by its name.
private let sentence: StaticString = """
  error: a file was cut while it was being read, or its disk failed: nothing that was being made is published; \
  run the command again, and if that fails, scorebook verify
  """
private let beforeName: StaticString = "\n  the file: "
private let exitCode: Int32 = 74

/// Where the mappings of the process are read to find the file; made before any handler may run.
private nonisolated(unsafe) let mappings = UnsafeMutablePointer<UInt8>.allocate(
  capacity: mappingsByteCount)
private let mappingsByteCount = 1 << 20

/// Ends the process with a sentence and exit code 74 where a page of a mapped file is gone: the file was cut by
/// somebody, or cannot be read.
///
/// The system tells of it by a signal in the middle of whatever reads the page, from where there is no way on.
package func endOnLostPages() {
  // What is set up on first use must be so by then.
  mappings.initialize(repeating: 0, count: mappingsByteCount)
  var action = sigaction()
  #if canImport(Glibc)
    action.__sigaction_handler.sa_sigaction = tellOfLostPage
  #else
    action.__sigaction_u.__sa_sigaction = tellOfLostPage
  #endif
  action.sa_flags = SA_SIGINFO
  sigaction(SIGBUS, &action, nil)
}

/// Runs in the middle of anything: it allocates nothing, waits for nothing, and calls only what a handler may.
private func tellOfLostPage(
  _ number: Int32, _ information: UnsafeMutablePointer<siginfo_t>?,
  _ context: UnsafeMutableRawPointer?
) {
  say(UnsafeRawPointer(sentence.utf8Start), sentence.utf8CodeUnitCount)
  #if canImport(Glibc)
    // Only the system itself tells of a page.
    if let information, information.pointee.si_code > 0 {
      let address = UInt(bitPattern: information.pointee._sifields._sigfault.si_addr)
      let (start, count) = nameOfMappedFile(at: address)
      if count > 0 {
        say(UnsafeRawPointer(beforeName.utf8Start), beforeName.utf8CodeUnitCount)
        say(mappings + start, count)
      }
    }
  #endif
  var feed: UInt8 = 0x0a
  say(&feed, 1)
  _exit(exitCode)
}

private func say(_ bytes: UnsafeRawPointer, _ count: Int) {
  _ = write(STDERR_FILENO, bytes, count)
}

#if canImport(Glibc)
  /// Finds the name of the file that is mapped at an address: where in `mappings` it stands, safe for a terminal.
  ///
  /// A line of the system's list is `start-end rights offset device inode name`, in hexadecimal digits.
  private func nameOfMappedFile(at address: UInt) -> (start: Int, count: Int) {
    let descriptor = open("/proc/self/maps", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return (0, 0) }
    var byteCount = 0
    while byteCount < mappingsByteCount {
      let got = read(descriptor, mappings + byteCount, mappingsByteCount &- byteCount)
      if got <= 0 { break }
      byteCount &+= got
    }
    close(descriptor)
    var at = 0
    while at < byteCount {
      var end = at
      while end < byteCount, mappings[end] != 0x0a { end &+= 1 }
      if let name = name(inLine: at, end, at: address) { return name }
      at = end &+ 1
    }
    return (0, 0)
  }

  /// Nil of a line of another mapping.
  private func name(
    inLine start: Int, _ end: Int, at address: UInt
  ) -> (start: Int, count: Int)? {
    var at = start
    let first = hexadecimal(&at, end)
    at &+= 1
    let last = hexadecimal(&at, end)
    guard first <= address, address < last else { return nil }
    while at < end, mappings[at] != 0x2f { at &+= 1 }
    // What is not plain could be commands to a terminal.
    for place in at..<end where !(0x20...0x7e ~= mappings[place]) { mappings[place] = 0x3f }
    return (at, end &- at)
  }

  private func hexadecimal(_ at: inout Int, _ end: Int) -> UInt {
    var number: UInt = 0
    while at < end {
      switch mappings[at] {
      case 0x30...0x39: number = number &<< 4 | UInt(mappings[at] &- 0x30)
      case 0x61...0x66: number = number &<< 4 | UInt(mappings[at] &- 0x57)
      default: return number
      }
      at &+= 1
    }
    return number
  }
#endif
