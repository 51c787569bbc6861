#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include "guardian.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/syscall.h>
#endif

// The guardian is a process that briefly outlives this one. It holds the reading end of a pipe
// whose writing end only this process has. When this process ends, in whatever way, the pipe ends,
// and the guardian ends all sessions that it was told about. Linux offers a signal at the parent's
// death, but that reaches only children and not their children.

typedef struct {
  pid_t session;
  int begins;
} note;

static int notes = -1;

#if defined(__linux__)
// Reads the parent's number (field 4) or the session (field 6) of /proc/N/stat, and the state
// (field 3).
static long stat_field(const char *process, int field, char *state) {
  char path[64] = "/proc/";
  char text[512];
  if (strlen(process) > 20) return -1;
  strcat(path, process);
  strcat(path, "/stat");
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  ssize_t count = read(file, text, sizeof text - 1);
  close(file);
  if (count <= 0) return -1;
  text[count] = 0;
  // The name may contain anything; the relevant fields follow its last parenthesis.
  char *place = strrchr(text, ')');
  if (!place || !place[1]) return -1;
  place += 2;
  if (state) *state = *place;
  for (int at = 3; at < field && place; at++) place = strchr(place, ' ') ? strchr(place, ' ') + 1 : NULL;
  return place ? strtol(place, NULL, 10) : -1;
}

// Programs of a session may have created process groups of their own. No library is used, because a
// copy of a process with threads may not call one.
static int kill_members(pid_t session) {
  int found = 0;
  int folder = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return 0;
  char entries[8192];
  long count;
  while ((count = syscall(SYS_getdents64, folder, entries, sizeof entries)) > 0) {
    for (long place = 0; place < count;) {
      unsigned short length;
      memcpy(&length, entries + place + 16, sizeof length);
      const char *name = entries + place + 19;
      char state = 0;
      if (*name >= '1' && *name <= '9' && stat_field(name, 6, &state) == session && state != 'Z') {
        kill((pid_t)strtol(name, NULL, 10), SIGKILL);
        found = 1;
      }
      place += length;
    }
  }
  close(folder);
  return found;
}
#endif

void guardian_end_session(pid_t session) {
  kill(-session, SIGKILL);
#if defined(__linux__)
  // Killed processes may have started others meanwhile.
  for (int round = 0; round < 50 && kill_members(session); round++) usleep(1000);
#endif
}

int guardian_is_gone(pid_t process) {
  if (kill(process, 0) != 0 && errno == ESRCH) return 1;
#if defined(__linux__)
  char name[24], state = 0;
  int place = 23;
  name[place] = 0;
  for (long rest = process; rest > 0; rest /= 10) name[--place] = (char)('0' + rest % 10);
  return stat_field(name + place, 4, &state) < 0 || state == 'Z';
#else
  return 0;
#endif
}

static void guard(int reading) {
  setsid();
  // A process that outlives the tests must not keep any of their files open.
  for (int file = 0; file < 65536; file++) {
    if (file != reading) close(file);
  }
  static pid_t sessions[65536];
  int count = 0;
  note next;
  for (;;) {
    ssize_t size = read(reading, &next, sizeof next);
    if (size < 0 && errno == EINTR) continue;
    if (size != (ssize_t)sizeof next) break;
    if (next.begins && count < 65536) {
      sessions[count++] = next.session;
    } else if (!next.begins) {
      for (int place = 0; place < count; place++) {
        if (sessions[place] == next.session) sessions[place--] = sessions[--count];
      }
    }
  }
  for (int place = 0; place < count; place++) guardian_end_session(sessions[place]);
  _exit(0);
}

int guardian_pipe(int ends[2]) {
#if defined(__linux__)
  // Atomically: a process that another thread starts meanwhile would otherwise keep the pipe open.
  return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno;
#else
  if (pipe(ends) != 0) return errno;
  for (int end = 0; end < 2; end++) fcntl(ends[end], F_SETFD, FD_CLOEXEC);
  return 0;
#endif
}

int guardian_start(void) {
  int ends[2];
  int number = guardian_pipe(ends);
  if (number != 0) return number;
  pid_t guardian = fork();
  if (guardian < 0) return errno;
  if (guardian == 0) guard(ends[0]);
  close(ends[0]);
  notes = ends[1];
  return 0;
}

void guardian_note(pid_t session, int begins) {
  note next = {session, begins};
  // Eight bytes are written as a whole or not at all.
  while (write(notes, &next, sizeof next) < 0 && errno == EINTR) {}
}

void guardian_leave(void) { close(notes); }
