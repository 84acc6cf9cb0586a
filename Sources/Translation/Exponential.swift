#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// e^x: what makes a perplexity of a loss.
public func exponential(_ x: Double) -> Double { exp(x) }

/// ln x.
public func logarithm(_ x: Double) -> Double { log(x) }

/// x^y.
func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
