import Dispatch
import Synchronization

/// Work cut into parts that several threads share, joined in the order of the parts.
enum Parallel {
  /// Makes every part on any of `threads` threads, and joins the results in order.
  ///
  /// So the outcome depends on how the work is cut, but not on how many threads there are nor on which of
  /// them is faster. A result that is ready before its turn waits; few do, since parts are begun in order.
  ///
  /// - Parameters:
  ///   - initial: what the first result is joined to.
  ///   - state: makes what each thread has to itself, such as scratch memory; results must not depend on it.
  ///   - part: the work.
  ///   - join: adds a result to those before it; one thread at a time.
  static func reduce<State, Part: Sendable, Whole: Sendable>(
    into initial: Whole, parts: Int, threads: Int, state: @Sendable () -> State,
    part: @Sendable (inout State, Int) -> Part, join: @Sendable (inout Whole, Part) -> Void
  ) -> Whole {
    let begun = Atomic(0)
    let joined = Mutex(InOrder<Whole, Part>(whole: initial))
    @Sendable func work(_: Int) {
      var own = state()
      while true {
        let number = begun.add(1, ordering: .relaxed).oldValue
        guard number < parts else { return }
        let result = part(&own, number)
        joined.withLock { $0.add(result, number, join) }
      }
    }
    if min(threads, parts) < 2 {
      work(0)
    } else {
      DispatchQueue.concurrentPerform(iterations: min(threads, parts), execute: work)
    }
    return joined.withLock { $0.whole }
  }

  /// The results of all parts, in order.
  static func map<Part: Sendable>(
    parts: Int, threads: Int, _ part: @Sendable (Int) -> Part
  ) -> [Part] {
    reduce(
      into: [], parts: parts, threads: threads, state: {}, part: { _, number in part(number) },
      join: { $0.append($1) })
  }
}

/// Joins numbered results in order, whatever the order in which they come.
private struct InOrder<Whole: Sendable, Part: Sendable>: Sendable {
  var whole: Whole
  private var next = 0
  private var waiting: [Int: Part] = [:]

  init(whole: Whole) { self.whole = whole }

  mutating func add(_ part: Part, _ number: Int, _ join: (inout Whole, Part) -> Void) {
    waiting[number] = part
    while let part = waiting.removeValue(forKey: next) {
      join(&whole, part)
      next += 1
    }
  }
}
