import DragomanTranslation
import Synchronization

/// The translators that C programs have loaded, by number.
///
/// A program holds a number and no address, so one that was given back, or never existed, is an error and not a crash.
/// Numbers are never used twice.
enum LoadedTranslators {
  /// What is loaded, and the last number that was given.
  private struct Table {
    var translators: [UInt: Translator] = [:]
    var last: UInt = 0
  }

  /// Which one thread at a time may look into.
  private static let table = Mutex(Table())

  /// Keeps a translator and gives its number, which is not 0.
  static func add(_ translator: Translator) -> UInt {
    table.withLock { table in
      table.last += 1
      table.translators[table.last] = translator
      return table.last
    }
  }

  /// The translator of a number.
  static func find(_ number: UInt) -> Translator? { table.withLock { $0.translators[number] } }

  /// Forgets a translator; whoever is using it keeps it until then.
  static func remove(_ number: UInt) {
    // Freed outside the lock, since its threads have to end.
    _ = table.withLock { $0.translators.removeValue(forKey: number) }
  }
}
