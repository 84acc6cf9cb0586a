#if MPI
  internal import CMPI
  package import DragomanSystem

  /// The processes that `mpirun` or `srun` started together, as MPI knows them.
  ///
  /// Messages are sent and received without blocking and looked after in a loop, so that a process that does not answer
  /// is found: the wait ends after a time. One thread at a time may use it (`MPI_THREAD_SERIALIZED`), where MPI allows
  /// that; otherwise only the one that made the group.
  @safe
  package final class MPIGroup: ProcessGroup, @unchecked Sendable {
    package let rank: Int
    package private(set) var hosts: [String]
    package let allowsThreads: Bool
    package var traffic = ProcessTraffic()
    /// How long one process waits for another before the job is given up.
    private let timeout: Duration
    /// Seconds between two looks beside a computation: at 10 Gbit/s less arrives in that time than a socket holds.
    private static let pause = 1e-4

    /// Joins the job.
    ///
    /// - Parameter timeout: how long one process waits for another before the job is given up.
    /// - Throws: ``MPIError``.
    package init(timeout: Duration) throws {
      var (anyThread, rank, size): (Int32, Int32, Int32) = (0, 0, 0)
      try MPIError.check(unsafe dragoman_mpi_start(&anyThread))
      try MPIError.check(unsafe dragoman_mpi_rank(&rank))
      try MPIError.check(unsafe dragoman_mpi_size(&size))
      allowsThreads = anyThread != 0
      self.rank = Int(rank)
      self.timeout = timeout
      let own = try unsafe MPIText.read(DRAGOMAN_MPI_HOST) { unsafe dragoman_mpi_host($0, $1) }
      // Names are needed to say who is missing when names are exchanged.
      hosts = (0..<Int(size)).map { $0 == Int(rank) ? own : "an unknown machine" }
      hosts = try gather(Array(own.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Leaves the job; nothing can be exchanged afterwards.
    package func leave() {
      _ = dragoman_mpi_finish()
    }

    /// Ends all processes of the job with this code, this one at once.
    package func abort(_ code: Int32) -> Never {
      dragoman_mpi_abort(code)
      fatalError("MPI_Abort returned")
    }

    package func exchange(
      _ sent: UnsafeRawBufferPointer, to receiver: Int,
      _ received: UnsafeMutableRawBufferPointer, from sender: Int,
      beside other: Computation?
    ) throws {
      let clock = ContinuousClock()
      let begin = clock.now
      // MPI counts in 32 bits.
      guard let bytes = Int32(exactly: sent.count), let room = Int32(exactly: received.count)
      else { throw MPIError.tooLong(bytes: max(sent.count, received.count)) }
      var exchange = dragoman_mpi_exchange()
      try MPIError.check(
        unsafe dragoman_mpi_begin(
          &exchange, sent.baseAddress, bytes, Int32(receiver), received.baseAddress, room,
          Int32(sender)))
      var (done, looks): (Int32, Int) = (0, 0)
      while true {
        try MPIError.check(unsafe dragoman_mpi_test(&exchange, &done))
        if done != 0 { break }
        looks += 1
        if other?.goesOn == true {
          // Looking again and again would take the processor from the thread that computes.
          Scheduling.sleep(seconds: Self.pause)
        } else {
          // After a short while others may have the processor, and time is looked at now and then.
          guard looks > 1000 else { continue }
          Scheduling.giveWay()
        }
        guard looks % 1000 == 0, clock.now - begin > timeout else { continue }
        throw MPIError.silence(
          of: [receiver, sender].map { name(of: $0) }, for: timeout.components.seconds)
      }
      traffic.bytes += UInt64(bytes)
      guard other == nil else { return }
      traffic.seconds += begin.duration(to: clock.now).inSeconds
    }
  }
#endif
