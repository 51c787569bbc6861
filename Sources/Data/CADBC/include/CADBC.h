// The C interfaces by which Arrow data and ADBC drivers are used, as far as this program calls them:
// the Arrow C data and stream interfaces, and version 1.1 of the driver's table of functions
// (https://arrow.apache.org/adbc, Apache Licence 2.0). The order and types of the fields are the
// standard's. Functions that are not called are untyped pointers: they hold the place.

#ifndef UNDERSTUDY_CADBC_H
#define UNDERSTUDY_CADBC_H

#include <stddef.h>
#include <stdint.h>

struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

typedef uint8_t AdbcStatusCode;

struct AdbcDriver;

struct AdbcError {
  char *message;
  int32_t vendor_code;
  char sqlstate[5];
  void (*release)(struct AdbcError *error);
  void *private_data;
  struct AdbcDriver *private_driver;
};

struct AdbcDatabase {
  void *private_data;
  struct AdbcDriver *private_driver;
};

struct AdbcConnection {
  void *private_data;
  struct AdbcDriver *private_driver;
};

struct AdbcStatement {
  void *private_data;
  struct AdbcDriver *private_driver;
};

struct AdbcDriver {
  void *private_data;
  void *private_manager;
  AdbcStatusCode (*release)(struct AdbcDriver *, struct AdbcError *);

  AdbcStatusCode (*DatabaseInit)(struct AdbcDatabase *, struct AdbcError *);
  AdbcStatusCode (*DatabaseNew)(struct AdbcDatabase *, struct AdbcError *);
  AdbcStatusCode (*DatabaseSetOption)(struct AdbcDatabase *, const char *, const char *, struct AdbcError *);
  AdbcStatusCode (*DatabaseRelease)(struct AdbcDatabase *, struct AdbcError *);

  void *ConnectionCommit;
  void *ConnectionGetInfo;
  void *ConnectionGetObjects;
  void *ConnectionGetTableSchema;
  void *ConnectionGetTableTypes;
  AdbcStatusCode (*ConnectionInit)(struct AdbcConnection *, struct AdbcDatabase *, struct AdbcError *);
  AdbcStatusCode (*ConnectionNew)(struct AdbcConnection *, struct AdbcError *);
  void *ConnectionSetOption;
  void *ConnectionReadPartition;
  AdbcStatusCode (*ConnectionRelease)(struct AdbcConnection *, struct AdbcError *);
  void *ConnectionRollback;

  AdbcStatusCode (*StatementBind)(struct AdbcStatement *, struct ArrowArray *, struct ArrowSchema *, struct AdbcError *);
  void *StatementBindStream;
  AdbcStatusCode (*StatementExecuteQuery)(
      struct AdbcStatement *, struct ArrowArrayStream *, int64_t *, struct AdbcError *);
  void *StatementExecutePartitions;
  void *StatementGetParameterSchema;
  AdbcStatusCode (*StatementNew)(struct AdbcConnection *, struct AdbcStatement *, struct AdbcError *);
  void *StatementPrepare;
  AdbcStatusCode (*StatementRelease)(struct AdbcStatement *, struct AdbcError *);
  AdbcStatusCode (*StatementSetOption)(struct AdbcStatement *, const char *, const char *, struct AdbcError *);
  AdbcStatusCode (*StatementSetSqlQuery)(struct AdbcStatement *, const char *, struct AdbcError *);
  void *StatementSetSubstraitPlan;

  // Version 1.1 begins here.
  void *ErrorGetDetailCount;
  void *ErrorGetDetail;
  const struct AdbcError *(*ErrorFromArrayStream)(struct ArrowArrayStream *stream, AdbcStatusCode *status);
  void *DatabaseOptions[7];
  AdbcStatusCode (*ConnectionCancel)(struct AdbcConnection *, struct AdbcError *);
  void *ConnectionOptions[9];
  AdbcStatusCode (*StatementCancel)(struct AdbcStatement *, struct AdbcError *);
  void *StatementExecuteSchema;
  void *StatementOptions[7];
};

typedef AdbcStatusCode (*AdbcDriverInitFunction)(int version, void *driver, struct AdbcError *error);

// The versions of the table, as drivers are asked for them.
enum { AdbcVersion1_0 = 1000000, AdbcVersion1_1 = 1001000 };

// The value of AdbcError.vendor_code by which a driver of version 1.1 knows that the error has the
// two fields that were added.
#define ADBC_ERROR_VENDOR_CODE_PRIVATE_DATA INT32_MIN

// Copies a driver's SQLSTATE, five bytes without an end, into six bytes with one.
void understudy_sqlstate(const struct AdbcError *error, char *out);

#endif
