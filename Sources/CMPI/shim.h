// What Swift needs of MPI. Handles such as MPI_COMM_WORLD are macros that Swift does not see, and other types in each
// implementation, so functions stand here in their place. Standard: MPI 3.1 (mpi-forum.org/docs).
#pragma once
#include <mpi.h>
#include <stdlib.h>

/// An exchange that is under way: a message out and one in.
typedef struct { MPI_Request requests[2]; } dragoman_mpi_exchange;

/// Joins the job. Errors are returned from now on. `any_thread` says whether any thread may call MPI, one at a time;
/// otherwise only the one that calls this.
static inline int dragoman_mpi_start(int *any_thread) {
  int provided = MPI_THREAD_SINGLE;
  const int code = MPI_Init_thread(NULL, NULL, MPI_THREAD_SERIALIZED, &provided);
  *any_thread = provided >= MPI_THREAD_SERIALIZED;
  return code ? code : MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
}
static inline int dragoman_mpi_finish(void) { return MPI_Finalize(); }
static inline int dragoman_mpi_rank(int *rank) { return MPI_Comm_rank(MPI_COMM_WORLD, rank); }
static inline int dragoman_mpi_size(int *size) { return MPI_Comm_size(MPI_COMM_WORLD, size); }

/// Begins an exchange of bytes; nothing is waited for.
static inline int dragoman_mpi_begin(
    dragoman_mpi_exchange *exchange, const void *sent, int bytes, int receiver, void *received, int room, int sender) {
  const int code =
      MPI_Irecv(received, room, MPI_BYTE, sender, 0, MPI_COMM_WORLD, &exchange->requests[0]);
  if (code) return code;
  return MPI_Isend(sent, bytes, MPI_BYTE, receiver, 0, MPI_COMM_WORLD, &exchange->requests[1]);
}
/// Whether both messages are through.
static inline int dragoman_mpi_test(dragoman_mpi_exchange *exchange, int *done) {
  return MPI_Testall(2, exchange->requests, done, MPI_STATUSES_IGNORE);
}

/// The processor's name, MPI_MAX_PROCESSOR_NAME bytes at most.
static inline int dragoman_mpi_host(char *name, int *length) { return MPI_Get_processor_name(name, length); }
enum { DRAGOMAN_MPI_HOST = MPI_MAX_PROCESSOR_NAME, DRAGOMAN_MPI_TEXT = MPI_MAX_ERROR_STRING };
/// What an error code means, MPI_MAX_ERROR_STRING bytes at most.
static inline int dragoman_mpi_error(int code, char *text, int *length) { return MPI_Error_string(code, text, length); }
/// The name and version of the implementation.
static inline int dragoman_mpi_library(char *text, int *length) { return MPI_Get_library_version(text, length); }
enum { DRAGOMAN_MPI_LIBRARY = MPI_MAX_LIBRARY_VERSION_STRING };
/// The version of the standard.
static inline int dragoman_mpi_version(int *major, int *minor) { return MPI_Get_version(major, minor); }

/// Ends all processes of the job.
static inline void dragoman_mpi_abort(int code) { MPI_Abort(MPI_COMM_WORLD, code); exit(code); }
