// An ADBC driver that lies, for tests. The host of its address says how.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "CADBC.h"

static char mode[64] = "";

static int is(const char *name) { return strcmp(mode, name) == 0; }

static void fail(struct AdbcError *error, const char *code) {
  static char message[] = "canary-7f3a: invalid input syntax for type integer: \"canary-cell\"";
  error->message = message;
  memcpy(error->sqlstate, code, 5);
}

static AdbcStatusCode database_set(struct AdbcDatabase *database, const char *key, const char *value, struct AdbcError *error) {
  if (strcmp(key, "uri") == 0 && strncmp(value, "lying://", 8) == 0) strncpy(mode, value + 8, sizeof mode - 1);
  return 0;
}

static AdbcStatusCode database(struct AdbcDatabase *database, struct AdbcError *error) {
  return 0;
}

static AdbcStatusCode database_init(struct AdbcDatabase *database, struct AdbcError *error) {
  if (is("crash-early")) abort();
  if (is("login")) {
    fail(error, "\0\0\0\0\0");
    error->message = "FATAL:  password authentication failed for user \"canary-7f3a\"";
    return 10;
  }
  return 0;
}

static AdbcStatusCode connection(struct AdbcConnection *connection, struct AdbcError *error) { return 0; }

static AdbcStatusCode connection_init(struct AdbcConnection *connection, struct AdbcDatabase *database, struct AdbcError *error) { return 0; }

static AdbcStatusCode statement_new(struct AdbcConnection *connection, struct AdbcStatement *statement, struct AdbcError *error) { return 0; }

static AdbcStatusCode statement(struct AdbcStatement *statement, struct AdbcError *error) { return 0; }

static AdbcStatusCode statement_sql(struct AdbcStatement *statement, const char *sql, struct AdbcError *error) { return 0; }

static struct ArrowSchema column;
static struct ArrowSchema *columns[1] = {&column};

static void release_schema(struct ArrowSchema *schema) { schema->release = NULL; }
static void release_array(struct ArrowArray *array) { array->release = NULL; }

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
  memset(out, 0, sizeof *out);
  column.format = is("type") ? "+l" : "u";
  column.name = "ward";
  column.release = release_schema;
  out->format = "+s";
  out->n_children = is("children") ? 1L << 40 : 1;
  out->children = columns;
  out->release = release_schema;
  return 0;
}

static int32_t offsets[3] = {0, 2, 4};
static char letters[] = "A1B2";
static const void *buffers[3] = {NULL, offsets, letters};
static struct ArrowArray cells;
static struct ArrowArray *children[1] = {&cells};
static int batches = 0;

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
  memset(out, 0, sizeof *out);
  if (is("crash")) { volatile int *nowhere = NULL; *nowhere = 1; }
  if (is("hang")) for (;;) sleep(60);
  if (is("late-error") || is("late-code")) return 5;
  if (is("late-second") && batches > 0) return 5;
  if (is("late-cancel") && batches > 0) return 125;
  if (is("prints")) { write(1, "canary-7f3a\n", 12); write(2, "canary-7f3a\n", 12); }
  if (batches++ > 0) return 0;
  memset(&cells, 0, sizeof cells);
  cells.length = is("short") ? 1 : is("negative") ? -2 : 2;
  cells.n_buffers = is("buffers") ? 1 : 3;
  cells.buffers = buffers;
  cells.release = release_array;
  if (is("offsets")) offsets[1] = -5;
  if (is("order")) offsets[1] = 9;
  if (is("null")) buffers[1] = NULL;
  if (is("text")) letters[0] = (char)0xff;
  out->length = 2;
  out->n_children = is("fewer") ? 0 : 1;
  out->children = children;
  out->release = release_array;
  return 0;
}

static const char *last_error(struct ArrowArrayStream *stream) { return "canary-7f3a in a row"; }

static struct AdbcError late;

static const struct AdbcError *error_of(struct ArrowArrayStream *stream, AdbcStatusCode *status) {
  if (!is("late-code")) return NULL;
  fail(&late, "22P02");
  *status = 5;
  return &late;
}

static void release_stream(struct ArrowArrayStream *stream) { stream->release = NULL; }

static AdbcStatusCode execute(
    struct AdbcStatement *statement, struct ArrowArrayStream *stream, int64_t *rows, struct AdbcError *error) {
  if (is("error")) {
    fail(error, "22P02");
    return 5;
  }
  memset(stream, 0, sizeof *stream);
  if (is("no-stream")) return 0;
  stream->get_schema = get_schema;
  stream->get_next = get_next;
  stream->get_last_error = last_error;
  stream->release = release_stream;
  return 0;
}

AdbcStatusCode AdbcDriverInit(int version, void *raw, struct AdbcError *error) {
  struct AdbcDriver *driver = raw;
  if (version == AdbcVersion1_1) driver->ErrorFromArrayStream = error_of;
  else if (version != AdbcVersion1_0) return 2;
  driver->DatabaseNew = database;
  driver->DatabaseSetOption = database_set;
  driver->DatabaseInit = database_init;
  driver->DatabaseRelease = database;
  driver->ConnectionNew = connection;
  driver->ConnectionInit = connection_init;
  driver->ConnectionRelease = connection;
  driver->StatementNew = statement_new;
  driver->StatementSetSqlQuery = statement_sql;
  driver->StatementExecuteQuery = execute;
  driver->StatementRelease = statement;
  return 0;
}
