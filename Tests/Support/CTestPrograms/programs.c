#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include "CTestPrograms.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/prctl.h>
#endif

#include "guardian.h"

// Linux sends the signal at a parent's death when the *thread* that made the child ends, and
// threads of a pool come and go. All programs are therefore started by a single thread that lasts
// as long as this process.

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t callers = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static const test_program *wanted;
static pid_t answer;
static int is_answered;
static int fault;

static void limit_processor_time(long seconds) {
  if (seconds <= 0) return;
  struct rlimit limit = {(rlim_t)seconds, (rlim_t)seconds + 5};
  setrlimit(RLIMIT_CPU, &limit);
}

// Ends this process when its parent has ended, which may already be the case.
static void end_with_parent(pid_t parent) {
#if defined(__linux__)
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  if (getppid() != parent) _exit(127);
}

// In the child, between the fork and the program: only calls that are safe there.
static void become(const test_program *program, pid_t parent, int faults) {
  setsid();
  guardian_note(getpid(), 1);
  end_with_parent(parent);
  limit_processor_time(program->processor_seconds);
#if defined(__linux__)
  if (program->obeys_permissions && geteuid() == 0) {
    // CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH (linux/capability.h).
    if (prctl(PR_CAPBSET_DROP, 1, 0, 0, 0) != 0 || prctl(PR_CAPBSET_DROP, 2, 0, 0, 0) != 0) goto failed;
  }
#endif
  // A stream's descriptor may have the number of another stream.
  int streams[3] = {program->input, program->output, program->errors};
  for (int stream = 0; stream < 3; stream++) {
    streams[stream] = fcntl(streams[stream], F_DUPFD, 10);
    if (streams[stream] < 0) goto failed;
  }
  for (int stream = 0; stream < 3; stream++) {
    if (dup2(streams[stream], stream) < 0) goto failed;
    close(streams[stream]);
  }
  if (chdir(program->folder) != 0) goto failed;
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  signal(SIGPIPE, SIG_DFL);
  execve(program->path, program->arguments, program->environment);
failed:;
  int number = errno;
  while (write(faults, &number, sizeof number) < 0 && errno == EINTR) {}
  _exit(127);
}

static pid_t launch(const test_program *program) {
  int ends[2];
  int number = guardian_pipe(ends);
  if (number != 0) return -number;
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0) become(program, parent, ends[1]);
  number = child < 0 ? errno : 0;
  close(ends[1]);
  // If the program has begun, the pipe is closed and the read ends without data.
  if (child > 0) {
    while (read(ends[0], &number, sizeof number) < 0 && errno == EINTR) {}
  }
  close(ends[0]);
  if (number == 0) return child;
  if (child > 0) {
    guardian_note(child, 0);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
  }
  return -number;
}

static void *launch_for_ever(void *unused) {
  (void)unused;
  pthread_mutex_lock(&lock);
  for (;;) {
    while (!wanted) pthread_cond_wait(&changed, &lock);
    const test_program *program = wanted;
    wanted = NULL;
    answer = launch(program);
    is_answered = 1;
    pthread_cond_broadcast(&changed);
  }
  return NULL;
}

static void begin(void) {
  fault = guardian_start();
  pthread_t thread;
  if (fault == 0) fault = pthread_create(&thread, NULL, launch_for_ever, NULL);
  if (fault == 0) pthread_detach(thread);
}

pid_t test_program_start(const test_program *program) {
  pthread_once(&once, begin);
  if (fault != 0) return -fault;
  pthread_mutex_lock(&callers);
  pthread_mutex_lock(&lock);
  wanted = program;
  is_answered = 0;
  pthread_cond_broadcast(&changed);
  while (!is_answered) pthread_cond_wait(&changed, &lock);
  pid_t child = answer;
  pthread_mutex_unlock(&lock);
  pthread_mutex_unlock(&callers);
  return child;
}

int test_program_wait(pid_t program) {
  siginfo_t info;
  // It stays a zombie until the processes it left running have ended, so that its number is not
  // reused meanwhile.
  while (waitid(P_PID, (id_t)program, &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) {}
  guardian_end_session(program);
  guardian_note(program, 0);
  int status = 0;
  while (waitpid(program, &status, 0) < 0) {
    if (errno != EINTR) return -SIGKILL;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int test_program_has_ended(pid_t program) {
  siginfo_t info;
  info.si_pid = 0;
  if (waitid(P_PID, (id_t)program, &info, WEXITED | WNOWAIT | WNOHANG) != 0) return errno != EINTR;
  return info.si_pid == program;
}

pid_t test_program_fork(long processor_seconds, int outlives_parent) {
  pthread_once(&once, begin);
  if (fault != 0) return -1;
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0) {
    guardian_leave();
    if (!outlives_parent) end_with_parent(parent);
    limit_processor_time(processor_seconds);
  }
  return child;
}

static void *watch_parent(void *parent) {
  while (getppid() == (pid_t)(long)parent) usleep(50000);
  _exit(127);
}

void test_program_end_with(pid_t parent, long processor_seconds) {
  limit_processor_time(processor_seconds);
  pthread_t thread;
  // The parent's thread that made this process may end before the parent does, so no signal at its
  // death is requested.
  if (pthread_create(&thread, NULL, watch_parent, (void *)(long)parent) != 0) _exit(127);
  pthread_detach(thread);
}

int test_program_is_gone(pid_t process) { return guardian_is_gone(process); }
