import Testing
import Workers

@Suite("work that is given up") struct CancellationTests {
  @Test("what nobody waits for any more is given up between two pieces, and other work goes on")
  func givenUp() throws {
    let unwanted = Cancellation()
    let done = Slots<Bool>(1000)
    #expect(throws: GivenUp.self) {
      try unwanted.during {
        try parallel(1000, jobs: 1) { index in
          if index == 100 { unwanted.ask() }
          done[index] = true
        }
      }
    }
    #expect(done.elements.count == 101)
    #expect(throws: Never.self) { try Interruption.check() }
    #expect(throws: Never.self) { try Cancellation().during { try Interruption.check() } }
  }

  @Test("all workers know of it, and work that was given up stays so", arguments: [1, 2, 5])
  func workers(jobs: Int) {
    let unwanted = Cancellation()
    unwanted.ask()
    let done = Slots<Bool>(1000)
    #expect(throws: GivenUp.self) {
      try unwanted.during { try parallel(1000, jobs: jobs) { done[$0] = true } }
    }
    #expect(done.elements.isEmpty)
  }

  @Test(
    "a process that a signal stops ends with what shells expect, and says what stands",
    arguments: [
      (2, "SIGINT", 130), (15, "SIGTERM", 143), (1, "SIGHUP", 129), (10, "signal 10", 138),
    ]
      as [(Int32, String, Int32)])
  func signals(signal: Int32, name: String, code: Int32) {
    let interrupted = Interrupted(signal: signal, state: "three of four are done")
    #expect(interrupted.exitCode == code)
    #expect(interrupted.description == "stopped by \(name); three of four are done")
  }
}
