#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// e^x: what makes a perplexity of a loss.
package func exponential(_ x: Double) -> Double { exp(x) }

/// ln x.
package func logarithm(_ x: Double) -> Double { log(x) }

/// x^y.
package func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
