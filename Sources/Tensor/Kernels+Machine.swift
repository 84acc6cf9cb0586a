import CDragomanKernels

/// What the machine can do at most, measured: the yardstick of benchmarks.
extension Kernels {
  /// Floating-point operations per second of fused multiply-adds on all threads at once: the best of several
  /// short runs.
  public func measurePeak() -> Double {
    let rounds = 2_000_000
    let operations = unsafe Double(rounds * table.pointee.peak_operations * threads)
    return operations
      / Self.fastest {
        workers.run(parts: threads) { _ in
          // The result is stored where the compiler cannot see that nobody reads it.
          unsafe withScratch { scratch in unsafe scratch[0] = table.pointee.peak(rounds) }
        }
      }
  }

  /// Bytes per second read from memory by all threads at once, from a block larger than the caches.
  public func measureBandwidth() -> Double {
    let count = 64 << 20
    let block = Matrix(rows: 1, columns: count)
    return Double(4 * count)
      / Self.fastest {
        split(count, work: 1, unit: 64) { range in
          unsafe withScratch { scratch in
            unsafe scratch[0] = table.pointee.read_all(
              range.count, block.pointer + range.lowerBound)
          }
        }
      }
  }

  /// Seconds of the fastest of seven runs.
  private static func fastest(_ body: () -> Void) -> Double {
    let clock = ContinuousClock()
    let times = (0..<7).map { _ in
      let time = clock.measure(body)
      return Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
    }
    return times.min() ?? .infinity
  }
}
