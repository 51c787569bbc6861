#ifndef UNDERSTUDY_VECTOR_KERNELS_H
#define UNDERSTUDY_VECTOR_KERNELS_H

#include "ExactKernels.h"
#include "FloatKernels.h"
#include "FourierTransform.h"
#include "ProductKernels.h"
#include "RowKernels.h"

#include <stddef.h>
#include <stdint.h>

// Loops that the graphical models and the attacks spend their time in. On x86-64 Linux each is compiled three
// times (baseline, AVX2, AVX-512) and the machine picks at load; elsewhere there is one plain version.
// Every sum runs over a fixed number of lanes and nothing is contracted to a fused multiply-add, so that all
// versions give the same bits. No argument may alias another unless said.

/// x[i] = exp(x[i] - shift), in place. Exactly 0 below exp(-708), so that -infinity is an ordinary input.
/// Needs a finite shift and x[i] - shift <= 709. Relative error below 1e-15.
void vk_exp_shifted(double *x, size_t count, double shift);

/// out[i] = log(x[i]) for x[i] >= 0 and finite; log(0) is -infinity. Absolute error below 1e-15 (1 + |result|).
/// `out` may be `x`.
void vk_log(double *out, const double *x, size_t count);

/// The largest element; -infinity when there is none.
double vk_max(const double *x, size_t count);

/// The smallest element; +infinity when there is none.
double vk_min(const double *x, size_t count);

/// The sum of the elements.
double vk_sum(const double *x, size_t count);

/// The sum of x[i] y[i].
double vk_dot(const double *x, const double *y, size_t count);

/// y[i] += a x[i].
void vk_axpy(double *y, double a, const double *x, size_t count);

/// out[n] = a[n] b[n] for each of `batches` pairs of row-major matrices, rows x inner and inner x columns. An element of the result is
/// the sum over k, begun with 0 and in ascending order.
void vk_products(double *out, const double *a, const double *b, size_t batches, size_t rows, size_t inner, size_t columns);

/// sums[r] = the sum of row r of a row-major rows x columns table.
void vk_row_sums(double *sums, const double *table, size_t rows, size_t columns);

/// out[r, c] = table[r, c] ratio[r]. `out` may be `table`.
void vk_scale_rows(double *out, const double *table, const double *ratio, size_t rows, size_t columns);

/// Adds a smaller table to a larger one: table[i0, i1, ...] += part[i0 strides[0] + i1 strides[1] + ...].
/// `table` is contiguous, row-major with `dims` (1 to 64) axes of the given sizes; the last stride is 0 or 1.
void vk_broadcast_add(double *table, const double *part, size_t dims, const ptrdiff_t *sizes, const ptrdiff_t *strides);

/// The transpose of `vk_broadcast_add`: part[i0 strides[0] + ...] += table[i0, i1, ...].
void vk_project_add(double *part, const double *table, size_t dims, const ptrdiff_t *sizes, const ptrdiff_t *strides);

/// Finds the rows of a table near one row: writes to `places` those in first ..< first + count (both multiples of 64) whose distance to
/// `query` is at most `limit`, ascending, and returns how many. `columns` holds one column after another, each of `stride` rows: `labels` of
/// codes, which are 1 apart unless equal, then `numbers`, which are |x - q| apart but at most 1. The distance is the sum over columns, in
/// single precision. `places` needs room for `count` and one more.
size_t vk_gower_within(uint32_t *places, const float *columns, size_t stride, size_t first, size_t count, const float *query, size_t labels,
                       size_t numbers, float limit);

#endif
