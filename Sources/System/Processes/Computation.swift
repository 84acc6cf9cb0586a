import Synchronization

/// What one thread computes while another exchanges something.
package final class Computation: Sendable {
  private let isGoingOn = Atomic(true)

  /// A computation that goes on.
  package init() {}

  /// Whether it goes on.
  package var goesOn: Bool { isGoingOn.load(ordering: .relaxed) }

  /// Says that it is over, and that its thread waits for the exchange.
  package func end() { isGoingOn.store(false, ordering: .relaxed) }
}
