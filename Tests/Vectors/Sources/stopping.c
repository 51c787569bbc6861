// An ADBC driver in front of another, for tests: at one place it runs another statement than it is given. The environment names the
// other's library and its entry, the place (from 1; 0 for none), and the statement.
#include <dlfcn.h>
#include <stdlib.h>

#include "CADBC.h"

static AdbcStatusCode (*set_query)(struct AdbcStatement *, const char *, struct AdbcError *);
static long left;

static AdbcStatusCode replace(struct AdbcStatement *statement, const char *sql, struct AdbcError *error) {
  return set_query(statement, --left == 0 ? getenv("UNDERSTUDY_TEST_SQL") : sql, error);
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
    left = atol(getenv("UNDERSTUDY_TEST_PLACE"));
  }
  return status;
}
