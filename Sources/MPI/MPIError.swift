#if MPI
  internal import CMPI

  /// What MPI reports, or does not.
  package enum MPIError: Error, Equatable, CustomStringConvertible {
    /// A function of MPI failed.
    case failed(reason: String)
    /// A process has not answered.
    case silence(of: [String], for: Int64)
    /// More than MPI can send at once.
    case tooLong(bytes: Int)

    /// What is wrong, and what to do.
    package var description: String {
      switch self {
      case .failed(let reason):
        "MPI reports: \(reason). Look at what other processes and the launcher say; a training goes on with --resume."
      case .silence(let names, let seconds):
        """
        \(Set(names).sorted().joined(separator: " and ")) did not answer for \(seconds) seconds: the process hangs, or \
        its machine or the network is gone. A training goes on with --resume; --timeout sets how long to wait.
        """
      case .tooLong(let bytes):
        "\(bytes) bytes are to be sent to another process, and MPI sends \(Int32.max) at most."
      }
    }

    /// Throws unless a function of MPI succeeded.
    static func check(_ code: Int32) throws {
      guard code != 0 else { return }
      let reason = try? unsafe MPIText.read(DRAGOMAN_MPI_TEXT) {
        unsafe dragoman_mpi_error(code, $0, $1)
      }
      throw MPIError.failed(reason: reason ?? "error \(code)")
    }
  }
#endif
