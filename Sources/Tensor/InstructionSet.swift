import CDragomanKernels

/// The instruction sets there are kernels for; all give equal bits.
public enum InstructionSet: String, CaseIterable, Sendable {
  /// Plain C.
  case portable
  /// Arm, 128 bits.
  case neon
  /// x86-64 with AVX2 and FMA, 256 bits.
  case avx2
  /// x86-64 with AVX-512 F, BW, DQ and VL, 512 bits.
  case avx512

  /// The kernels, if this machine and build have them.
  var table: UnsafePointer<dragoman_kernels>? {
    switch self {
    case .portable: unsafe dragoman_kernels_portable()
    case .neon: unsafe dragoman_kernels_neon()
    case .avx2: unsafe dragoman_kernels_avx2()
    case .avx512: unsafe dragoman_kernels_avx512()
    }
  }

  /// Those this machine has, the widest last.
  public static var available: [InstructionSet] {
    allCases.filter { unsafe $0.table != nil }
  }
}
