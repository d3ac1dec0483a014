import Audit
import Dispatch
import Engine
import Notation
import Synchronization
import Workers

/// Answers questions about a book from memory, for as long as the book stands as it was loaded; then it is loaded anew.
package final class Explorer: Sendable {
  private enum State: Sendable {
    case idle
    case reading(ExplorerSight, done: Int, all: Int)
    case ready(LoadedBook)
    case failed(ExplorerSight, Problem)
  }

  private let plan: ExplorerPlan
  private let state = Mutex<State>(.idle)
  /// How far the log has been read, when it was read last: for the book, or for other values.
  private let progress = Mutex((done: 0, all: 0))

  package init(_ plan: ExplorerPlan) { self.plan = plan }

  /// Begins to load the book, if it is not what is loaded.
  package func prepare() { _ = current() }

  /// Answers a request; what it throws is part of the answer.
  package func reply(to request: ExplorerRequest) -> ExplorerReply {
    do {
      switch current() {
      case .ready(let book):
        return try book.reply(to: request, progress: progress.withLock { $0 })
      case .reading(_, let done, let all): return .reading(done: done, all: all, plan)
      case .failed(_, let problem): return .problem(problem, status: 500)
      case .idle: return .reading(done: 0, all: 0, plan)
      }
    } catch is GivenUp {
      return .problem(Problem("given up", hint: nil), status: 499)
    } catch {
      return .problem(Problem(error), status: 422)
    }
  }

  private func current() -> State {
    let sight = ExplorerSight(plan)
    let (state, isNew) = state.withLock { state -> (State, Bool) in
      switch state {
      case .ready(let book) where book.sight == sight: return (state, false)
      case .reading(let begun, _, _) where begun == sight: return (state, false)
      case .failed(let tried, _) where tried == sight: return (state, false)
      default:
        state = .reading(sight, done: 0, all: 0)
        return (state, true)
      }
    }
    if isNew { load(sight) }
    return state
  }

  private func load(_ sight: ExplorerSight) {
    DispatchQueue.global().async { [self] in
      let result = Result {
        try plan.book.besideWriters(log: plan.log) {
          try LoadedBook(plan) { notice in
            guard case .reading(let done, let all) = notice else { return }
            self.progress.withLock { $0 = (done, all) }
            self.finish(sight) { _ in .reading(sight, done: done, all: all) }
          }
        }
      }
      finish(sight) { _ in
        switch result {
        case .success(let book): .ready(book)
        case .failure(let error): .failed(sight, Problem(error))
        }
      }
    }
  }

  /// Enters what was begun for a sight, unless the book is another by now.
  private func finish(_ sight: ExplorerSight, _ next: (State) -> State) {
    state.withLock { state in
      if case .reading(let begun, _, _) = state, begun == sight { state = next(state) }
    }
  }
}

/// What stands in the way of an answer, in words.
struct Problem: Encodable, Sendable {
  var error: String
  var hint: String?

  init(_ error: String, hint: String?) {
    self.error = error
    self.hint = hint
  }

  init(_ error: any Error) {
    let failure = Failure(error)
    self.init(failure.message, hint: failure.hint)
  }
}
