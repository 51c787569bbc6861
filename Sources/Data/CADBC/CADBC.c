#include "CADBC.h"

#include <string.h>

// The places of the fields are the standard's: a driver fills the table by them.
_Static_assert(sizeof(struct AdbcError) == 4 * sizeof(void *) + 16, "AdbcError has another size than the standard's");
_Static_assert(offsetof(struct AdbcDriver, ErrorGetDetailCount) == 29 * sizeof(void *), "version 1.0 has 29 pointers");
_Static_assert(sizeof(struct AdbcDriver) == 58 * sizeof(void *), "version 1.1 has 58 pointers");

void understudy_sqlstate(const struct AdbcError *error, char *out) {
  memcpy(out, error->sqlstate, 5);
  out[5] = 0;
}
