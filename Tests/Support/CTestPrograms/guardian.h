#ifndef GUARDIAN_H
#define GUARDIAN_H

#include <sys/types.h>

/// A pipe that programs do not inherit. Returns 0 or an error number.
int guardian_pipe(int ends[2]);

/// Starts the guardian, which ends every session it was told about after this process has ended.
/// Returns 0 or an error number.
int guardian_start(void);

/// Tells the guardian that a session begins or is over.
void guardian_note(pid_t session, int begins);

/// For a copy of this process, which must not keep the guardian waiting.
void guardian_leave(void);

/// Ends all processes of a session.
void guardian_end_session(pid_t session);

int guardian_is_gone(pid_t process);

#endif
