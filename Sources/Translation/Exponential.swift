#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// e^x: what makes a perplexity of a loss.
public func exponential(_ x: Double) -> Double { exp(x) }
