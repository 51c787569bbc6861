#ifndef UNDERSTUDY_BANDWIDTH_H
#define UNDERSTUDY_BANDWIDTH_H

#include <stddef.h>
#include <stdint.h>

// The plainest loops over memory, after STREAM (McCalpin 1995): they measure how much the machine
// moves when it does next to nothing else.

/// Reads: the exclusive or of all words.
uint64_t bandwidth_read(const uint64_t *words, size_t count);

/// Reads and writes: a[i] = s a[i].
void bandwidth_update(double *a, double s, size_t count);

/// Reads two and writes one: a[i] = a[i] + s b[i].
void bandwidth_add(double *a, const double *b, double s, size_t count);

#endif
