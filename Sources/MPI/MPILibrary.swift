#if MPI
  internal import CMPI
#endif

/// The MPI that this build has, if it has one.
package enum MPILibrary {
  /// Whether this build has MPI: the package trait of that name.
  package static var isIncluded: Bool {
    #if MPI
      true
    #else
      false
    #endif
  }

  /// Its name and version, and those of the standard, as it tells them; `nil` without MPI.
  package static var version: String? {
    #if MPI
      var (major, minor): (Int32, Int32) = (0, 0)
      guard unsafe dragoman_mpi_version(&major, &minor) == 0,
        let name = try? unsafe MPIText.read(
          DRAGOMAN_MPI_LIBRARY, { unsafe dragoman_mpi_library($0, $1) })
      else { return nil }
      return "\(name), standard \(major).\(minor)"
    #else
      return nil
    #endif
  }
}
