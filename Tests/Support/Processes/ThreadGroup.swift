package import DragomanSystem
import Foundation
import Synchronization

/// A group whose processes are threads: what several processes do, without a launcher.
package final class ThreadGroup: ProcessGroup, @unchecked Sendable {
  /// Messages on their way, by sender and receiver, and what ended a thread.
  private final class Mail: Sendable {
    let messages = Locked<[Int: [[UInt8]]]>([:])
    let failure = Locked<(any Error)?>(nil)
  }

  /// Another thread ended with an error.
  package struct Abandoned: Error {}

  package let rank: Int
  package let hosts: [String]
  package let allowsThreads: Bool
  package var traffic = ProcessTraffic()
  /// How often it has exchanged something beside a computation.
  package private(set) var exchangesBeside = 0
  private let isInUse = Atomic(false)
  private let mail: Mail

  private init(rank: Int, size: Int, _ mail: Mail, allowsThreads: Bool) {
    (self.rank, self.mail, self.allowsThreads) = (rank, mail, allowsThreads)
    hosts = (0..<size).map { "node-\($0)" }
  }

  package func exchange(
    _ sent: UnsafeRawBufferPointer, to receiver: Int,
    _ received: UnsafeMutableRawBufferPointer, from sender: Int, beside other: Computation?
  ) throws {
    precondition(
      isInUse.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing)
        .exchanged, "two threads exchange at a time")
    defer { isInUse.store(false, ordering: .releasing) }
    precondition(allowsThreads || other == nil, "another thread exchanges, which is not allowed")
    let bytes = unsafe Array(sent)
    mail.messages.withLock { $0[rank * 1000 + receiver, default: []].append(bytes) }
    traffic.bytes += UInt64(bytes.count)
    exchangesBeside += other == nil ? 0 : 1
    while true {
      let message = mail.messages.withLock { messages -> [UInt8]? in
        let key = sender * 1000 + rank
        guard let queue = messages[key], !queue.isEmpty else { return nil }
        return messages[key]?.removeFirst()
      }
      if let message { return unsafe received.copyBytes(from: message) }
      guard mail.failure.withLock({ $0 == nil }) else { throw Abandoned() }
      Scheduling.giveWay()
    }
  }

  /// Does the same on so many threads, each with its rank, and gives what each found, by rank.
  ///
  /// - Throws: what the first thread threw that threw anything.
  package static func run<Value: Sendable>(
    _ size: Int, allowsThreads: Bool = true,
    _ body: @escaping @Sendable (ThreadGroup) throws -> Value
  ) throws -> [Value] {
    let mail = Mail()
    let found = Results<Value>()
    for rank in 0..<size {
      let thread = Thread {
        do {
          let value = try body(
            ThreadGroup(rank: rank, size: size, mail, allowsThreads: allowsThreads))
          found.values.withLock { $0[rank] = value }
        } catch {
          mail.failure.withLock { if $0 == nil { $0 = error } }
        }
        found.ended.add(1, ordering: .relaxed)
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    while found.ended.load(ordering: .relaxed) < size { Scheduling.sleep(seconds: 0.001) }
    if let failure = mail.failure.withLock({ $0 }) { throw failure }
    return found.values.withLock { values in (0..<size).compactMap { values[$0] } }
  }

  private final class Results<Value: Sendable>: Sendable {
    let values = Locked<[Int: Value]>([:])
    let ended = Atomic<Int>(0)
  }
}

/// A value that one thread has at a time, as with a `Mutex`.
///
/// Of a `Mutex` that another thread holds, the thread sanitizer does not see when it is taken: that happens in a
/// library which is not instrumented (`_MutexHandle._lockSlow`), and what follows looks like a race.
private final class Locked<Value>: @unchecked Sendable {
  private let lock = NSLock()
  private var value: Value

  init(_ value: Value) { self.value = value }

  func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
