import Testing

@testable import DragomanTensor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct `Kernels in general` {
  @Test func `portable kernels are always there, and the widest are the default`() {
    #expect(Kernels.available.first == .portable)
    #expect(Kernels().instructions == Kernels.available.last)
    #expect(Kernels().threads >= 1)
  }

  @Test func `denormals count as zero inside`() {
    let tiny = Float.leastNormalMagnitude / 4
    for kernels in everyKernels() {
      let m = Matrix(rows: 3, columns: 50, repeating: tiny)
      kernels.scale(m, by: 0x1p100)
      #expect(m.elements.allSatisfy { $0 == 0 }, "operand, \(kernels.name)")
      let normal = Matrix(rows: 3, columns: 50, repeating: .leastNormalMagnitude)
      kernels.scale(normal, by: 0.5)
      #expect(normal.elements.allSatisfy { $0 == 0 }, "result, \(kernels.name)")
    }
  }

  @Test func `the caller's floating-point mode survives, and does not matter inside`() {
    let (a, b) = (sample(20, 30, seed: 1), sample(30, 40, seed: 2))
    for kernels in everyKernels() {
      let (plain, rounded) = (Matrix(rows: 20, columns: 40), Matrix(rows: 20, columns: 40))
      kernels.multiply(a, b, into: plain)
      let mode = fegetround()
      fesetround(FE_UPWARD)
      kernels.multiply(a, b, into: rounded)
      let after = fegetround()
      fesetround(mode)
      #expect(after == FE_UPWARD, "\(kernels.name)")
      expectSame(rounded, plain, "rounding upward outside, \(kernels.name)")
      // Not known to the compiler, so computed here and now.
      let tiny = Float(bitPattern: UInt32(kernels.threads))
      #expect(tiny + tiny != 0, "denormals outside, \(kernels.name)")
    }
  }

  #if arch(x86_64) && canImport(Glibc)
    @Test func `the control register is the same bit by bit`() {
      for kernels in everyKernels() {
        var (before, after) = (fenv_t(), fenv_t())
        fegetenv(&before)
        kernels.tanh(sample(3, 1000, seed: 1))
        fegetenv(&after)
        #expect(before.__mxcsr == after.__mxcsr, "\(kernels.name)")
      }
    }
  #endif

  /// Several callers of one object: some run on its threads, some on their own, all get the same bits.
  @Test func `callers at the same time`() async {
    let kernels = Kernels(threads: 2, instructions: nil, eager: true)
    let (a, b) = (sample(40, 300, seed: 1), sample(90, 300, seed: 2))
    let expected = Matrix(rows: 40, columns: 90)
    kernels.multiply(a, transposed: b, into: expected)
    kernels.tanh(expected)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<50 {
            let c = Matrix(rows: 40, columns: 90)
            kernels.multiply(a, transposed: b, into: c)
            kernels.tanh(c)
            expectSame(c, expected, "among others")
          }
        }
      }
    }
  }

  @Test func `threads come and go`() {
    for threads in [1, 2, 5, 16] {
      for _ in 0..<5 {
        let kernels = Kernels(threads: threads, instructions: nil, eager: true)
        let m = Matrix(rows: 7, columns: 33, repeating: 1)
        for _ in 0..<20 { kernels.scale(m, by: 1) }
        #expect(m.elements.allSatisfy { $0 == 1 })
      }
    }
  }

  /// Long enough that the threads fall asleep between two calls.
  @Test func `sleeping threads wake up`() {
    let kernels = Kernels(threads: 3, instructions: nil, eager: true)
    let m = Matrix(rows: 7, columns: 33, repeating: 1)
    for _ in 0..<20 {
      usleep(3000)
      kernels.scale(m, by: 2)
      kernels.scale(m, by: 0.5)
    }
    #expect(m.elements.allSatisfy { $0 == 1 })
  }

  @Test func `an instruction set that is not there traps`() async {
    await #expect(processExitsWith: .failure) {
      let missing = Kernels.InstructionSet.allCases.first { !Kernels.available.contains($0) }
      _ = Kernels(threads: 1, instructions: missing ?? .portable)
      preconditionFailure("nothing is missing")
    }
  }
}
