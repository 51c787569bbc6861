// An ADBC driver in front of another, for tests: at one place it runs another statement than it is given, or one whose rows fail
// after it has begun well. The environment names the other's library and its entry, the place (from 1; 0 for none), and the
// statement, "late" for the second kind.
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "CADBC.h"

static AdbcStatusCode (*set_query)(struct AdbcStatement *, const char *, struct AdbcError *);
static long left;

static AdbcStatusCode (*execute_query)(struct AdbcStatement *, struct ArrowArrayStream *, int64_t *, struct AdbcError *);

static int is_late(void) { return strcmp(getenv("UNDERSTUDY_TEST_SQL"), "late") == 0; }

static AdbcStatusCode replace(struct AdbcStatement *statement, const char *sql, struct AdbcError *error) {
  return set_query(statement, --left == 0 && !is_late() ? getenv("UNDERSTUDY_TEST_SQL") : sql, error);
}

static int fail_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
  memset(out, 0, sizeof *out);
  return 5;
}

static const char *last_error(struct ArrowArrayStream *stream) { return "terminating connection: canary in a row"; }

static const struct AdbcError *no_error(struct ArrowArrayStream *stream, AdbcStatusCode *status) { return NULL; }

static AdbcStatusCode execute(
    struct AdbcStatement *statement, struct ArrowArrayStream *stream, int64_t *rows, struct AdbcError *error) {
  AdbcStatusCode status = execute_query(statement, stream, rows, error);
  if (status == 0 && left == 0 && is_late()) {
    stream->get_next = fail_next;
    stream->get_last_error = last_error;
  }
  return status;
}

AdbcStatusCode AdbcDriverInit(int version, void *raw, struct AdbcError *error) {
  void *library = dlopen(getenv("UNDERSTUDY_TEST_DRIVER"), RTLD_LAZY | RTLD_LOCAL);
  AdbcStatusCode (*init)(int, void *, struct AdbcError *) =
      library ? (AdbcStatusCode(*)(int, void *, struct AdbcError *))dlsym(library, getenv("UNDERSTUDY_TEST_ENTRY")) : NULL;
  if (init == NULL) return 2;
  struct AdbcDriver *driver = raw;
  AdbcStatusCode status = init(version, raw, error);
  if (status == 0 && driver->StatementSetSqlQuery != replace) {
    set_query = driver->StatementSetSqlQuery;
    driver->StatementSetSqlQuery = replace;
    execute_query = driver->StatementExecuteQuery;
    driver->StatementExecuteQuery = execute;
    if (version == AdbcVersion1_1) driver->ErrorFromArrayStream = no_error;
    left = atol(getenv("UNDERSTUDY_TEST_PLACE"));
  }
  return status;
}
