#ifndef UNDERSTUDY_EXACT_KERNELS_H
#define UNDERSTUDY_EXACT_KERNELS_H

#include <stddef.h>

// Arithmetic on whole numbers that are kept as doubles: exact, and the same whatever the order and the instructions, while every
// product and partial sum stays below 2^53 in size. The caller sees to that.

/// sums[i, j] += the sum over r of a[r, i] b[r, j]; all row-major, a is rows x inputs, b is rows x outputs.
void vk_exact_outer_sum(double *sums, const double *a, const double *b, size_t rows, size_t inputs, size_t outputs);

/// out[i] = x[i] scale, moved into -limit ... limit and rounded to the nearest whole number.
void vk_exact_round(double *out, const float *x, size_t count, double scale, double limit);

#endif
