#ifndef CTESTPROGRAMS_H
#define CTESTPROGRAMS_H

#include <sys/types.h>

/// A program to start in a session of its own.
typedef struct {
  const char *path;
  /// Both end with a null pointer.
  char *const *arguments;
  char *const *environment;
  /// The working folder.
  const char *folder;
  /// Descriptors for the three streams.
  int input;
  int output;
  int errors;
  /// Seconds of processor time after which the system ends it; 0 for no limit.
  long processor_seconds;
  /// Whether root loses its right to open files regardless of their permissions.
  int obeys_permissions;
} test_program;

/// Starts a program that ends when this process ends, in whatever way. Returns its number, or less
/// than 0: the negative error number.
pid_t test_program_start(const test_program *program);

/// Waits for the end of a program, ends everything it left running in its session, and forgets it.
/// Returns its exit status, or less than 0: the negative number of the signal that killed it.
int test_program_wait(pid_t program);

/// Whether a program that was started and not waited for has ended.
int test_program_has_ended(pid_t program);

/// Copies this process as `fork` does, for tests of such copies. The copy ends with the thread that
/// made it, which must wait for it, unless `outlives_parent` is set.
pid_t test_program_fork(long processor_seconds, int outlives_parent);

/// For a process that a test framework started: it ends when the process `parent` does, and after
/// this much processor time.
void test_program_end_with(pid_t parent, long processor_seconds);

/// Whether a process is gone, or is a zombie that nobody waits for.
int test_program_is_gone(pid_t process);

#endif
