// What a machine may do to a program, put before the C library: LD_PRELOAD=faults.so TORTURE=slow|clock|partial|broken.
//
//     slow      a disk that takes 0.15 s to write a file through, and 2 ms for every call
//     clock     a clock that jumps by hours and years, forwards and back
//     partial   writes and reads that move a few bytes at a time, or are interrupted
//     broken    a disk that fails the fourth time something is written through
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int is(const char *kind) {
  const char *wanted = getenv("TORTURE");
  return wanted && strcmp(wanted, kind) == 0;
}

static void wait_for(long milliseconds) {
  struct timespec time = {0, milliseconds * 1000000};
  nanosleep(&time, NULL);
}

static unsigned calls;

// Every call but the third of three moves less than it should.
static size_t part(size_t count) {
  if (!is("partial") || count < 2) return count;
  unsigned call = __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED);
  return call % 3 == 0 ? count : count / 2 + 1 < 40000 ? count / 2 + 1 : 40000;
}

static int interrupted(void) {
  if (!is("partial") || __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED) % 5 != 0) return 0;
  errno = EINTR;
  return 1;
}

ssize_t write(int file, const void *bytes, size_t count) {
  static ssize_t (*next)(int, const void *, size_t);
  if (!next) next = dlsym(RTLD_NEXT, "write");
  if (is("slow")) wait_for(2);
  return interrupted() ? -1 : next(file, bytes, part(count));
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
  static ssize_t (*next)(int, const void *, size_t, off_t);
  if (!next) next = dlsym(RTLD_NEXT, "pwrite");
  return interrupted() ? -1 : next(file, bytes, part(count), at);
}

ssize_t read(int file, void *bytes, size_t count) {
  static ssize_t (*next)(int, void *, size_t);
  if (!next) next = dlsym(RTLD_NEXT, "read");
  return interrupted() ? -1 : next(file, bytes, part(count));
}

ssize_t pread(int file, void *bytes, size_t count, off_t at) {
  static ssize_t (*next)(int, void *, size_t, off_t);
  if (!next) next = dlsym(RTLD_NEXT, "pread");
  return interrupted() ? -1 : next(file, bytes, part(count), at);
}

int fsync(int file) {
  static int (*next)(int);
  static unsigned count;
  if (!next) next = dlsym(RTLD_NEXT, "fsync");
  if (is("slow")) wait_for(150);
  if (is("broken") && __atomic_add_fetch(&count, 1, __ATOMIC_RELAXED) > 3) {
    errno = EIO;
    return -1;
  }
  return next(file);
}

// Hours and years, forwards and back, by how often somebody asked.
static time_t jump(void) {
  static unsigned asked;
  static const time_t jumps[] = {0, 3600, -3600, 86400 * 400, -86400L * 4000, 2000000000, -1700000000};
  return is("clock") ? jumps[__atomic_add_fetch(&asked, 1, __ATOMIC_RELAXED) % 7] : 0;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  static int (*next)(clockid_t, struct timespec *);
  if (!next) next = dlsym(RTLD_NEXT, "clock_gettime");
  int result = next(clock, time);
  if (result == 0 && clock == CLOCK_REALTIME) time->tv_sec += jump();
  return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  static int (*next)(struct timeval *restrict, void *restrict);
  if (!next) next = dlsym(RTLD_NEXT, "gettimeofday");
  int result = next(now, zone);
  if (result == 0) now->tv_sec += jump();
  return result;
}

time_t time(time_t *result) {
  static time_t (*next)(time_t *);
  if (!next) next = dlsym(RTLD_NEXT, "time");
  time_t now = next(NULL) + jump();
  if (result) *result = now;
  return now;
}
