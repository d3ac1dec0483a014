import Foundation

/// Lets the desktop open an address, where there is one to see it.
func openBrowser(_ address: String) {
  guard isTerminal(STDOUT_FILENO) else { return }
  #if os(macOS)
    let program = "/usr/bin/open"
  #else
    let program = "/usr/bin/xdg-open"
    let environment = ProcessInfo.processInfo.environment
    guard environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil else { return }
  #endif
  guard FileManager.default.isExecutableFile(atPath: program) else { return }
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = [address]
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  try? process.run()
}
