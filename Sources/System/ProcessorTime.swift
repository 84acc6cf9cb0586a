#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The time that processors worked for this process.
package enum ProcessorTime {
  /// Seconds since it began, those of all threads together.
  package static var seconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
}
