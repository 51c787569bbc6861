#include "Bandwidth.h"

#if defined(__x86_64__) && defined(__linux__)
#define CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define CLONES
#endif

CLONES uint64_t bandwidth_read(const uint64_t *words, size_t count) {
  uint64_t lane[32] = {0};
  size_t i = 0;
  for (; i + 32 <= count; i += 32)
    for (int j = 0; j < 32; j++) lane[j] ^= words[i + j];
  for (; i < count; i++) lane[0] ^= words[i];
  for (int j = 1; j < 32; j++) lane[0] ^= lane[j];
  return lane[0];
}

CLONES void bandwidth_update(double *a, double s, size_t count) {
  for (size_t i = 0; i < count; i++) a[i] *= s;
}

CLONES void bandwidth_add(double *restrict a, const double *restrict b, double s, size_t count) {
  for (size_t i = 0; i < count; i++) a[i] += s * b[i];
}
