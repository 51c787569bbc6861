#include "VectorKernels.h"

#include "Clones.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

#define ELEMENT double
#define TILE_ROWS 6
#define TILE_COLUMNS 8
#include "ProductTiles.h"

#define LANES 8

// exp(x) = 2^k exp(r) with |r| <= log(2) / 2, and a Taylor polynomial of degree 13 for exp(r).
INLINE double exp_one(double x) {
  const double magic = 0x1.8p52;
  double k = x * 1.4426950408889634 + magic;
  uint64_t bits;
  memcpy(&bits, &k, sizeof bits);
  k -= magic;
  double r = (x - k * 0x1.62e42fefa0000p-1) - k * 0x1.cf79abc9e3b3ap-40;
  double p = 1.0 / 6227020800.0;
  p = p * r + 1.0 / 479001600.0;
  p = p * r + 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 0.5;
  p = p * r + 1.0;
  p = p * r + 1.0;
  uint64_t scaleBits = (bits + 1023) << 52;
  double scale;
  memcpy(&scale, &scaleBits, sizeof scale);
  double y = p * scale;
  return x < -708.0 ? 0.0 : y;
}

CLONES void vk_exp_shifted(double *x, size_t count, double shift) {
  for (size_t i = 0; i < count; i++) x[i] = exp_one(x[i] - shift);
}

// x = 2^e m with m in [sqrt(1/2), sqrt(2)); log m = 2 atanh((m - 1) / (m + 1)) by its series.
INLINE double log_one(double x) {
  double tiny = x < 0x1p-1022 ? 1.0 : 0.0;
  double scaled = x < 0x1p-1022 ? x * 0x1p54 : x;
  uint64_t bits;
  memcpy(&bits, &scaled, sizeof bits);
  uint64_t shifted = bits - 0x3fe6a09e667f3bcdULL;
  // The exponent as a double without an integer conversion, which AVX2 lacks.
  uint64_t biased = ((shifted >> 52) ^ 0x800ULL) & 0xfffULL;
  uint64_t magicBits = 0x4330000000000000ULL | biased;
  double exponent;
  memcpy(&exponent, &magicBits, sizeof exponent);
  exponent = exponent - (0x1p52 + 2048.0) - 54.0 * tiny;
  uint64_t mantissaBits = bits - (shifted & 0xfff0000000000000ULL);
  double m;
  memcpy(&m, &mantissaBits, sizeof m);
  double f = (m - 1.0) / (m + 1.0);
  double s = f * f;
  double p = 1.0 / 21.0;
  p = p * s + 1.0 / 19.0;
  p = p * s + 1.0 / 17.0;
  p = p * s + 1.0 / 15.0;
  p = p * s + 1.0 / 13.0;
  p = p * s + 1.0 / 11.0;
  p = p * s + 1.0 / 9.0;
  p = p * s + 1.0 / 7.0;
  p = p * s + 1.0 / 5.0;
  p = p * s + 1.0 / 3.0;
  double tail = 2.0 * f * s * p;
  double y = exponent * 0x1.62e42fefa0000p-1 + (2.0 * f + (tail + exponent * 0x1.cf79abc9e3b3ap-40));
  return x > 0.0 ? y : -INFINITY;
}

CLONES void vk_log(double *out, const double *x, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = log_one(x[i]);
}

CLONES double vk_max(const double *x, size_t count) {
  double lane[LANES];
  for (int j = 0; j < LANES; j++) lane[j] = -INFINITY;
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (int j = 0; j < LANES; j++) lane[j] = x[i + j] > lane[j] ? x[i + j] : lane[j];
  for (; i < count; i++) lane[0] = x[i] > lane[0] ? x[i] : lane[0];
  for (int j = 1; j < LANES; j++) lane[0] = lane[j] > lane[0] ? lane[j] : lane[0];
  return lane[0];
}

CLONES double vk_min(const double *x, size_t count) {
  double lane[LANES];
  for (int j = 0; j < LANES; j++) lane[j] = INFINITY;
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (int j = 0; j < LANES; j++) lane[j] = x[i + j] < lane[j] ? x[i + j] : lane[j];
  for (; i < count; i++) lane[0] = x[i] < lane[0] ? x[i] : lane[0];
  for (int j = 1; j < LANES; j++) lane[0] = lane[j] < lane[0] ? lane[j] : lane[0];
  return lane[0];
}

INLINE double sum_of(const double *x, size_t count) {
  double total = 0.0;
  if (count < 2 * LANES) {
    for (size_t i = 0; i < count; i++) total += x[i];
    return total;
  }
  double lane[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (int j = 0; j < LANES; j++) lane[j] += x[i + j];
  for (; i < count; i++) total += x[i];
  for (int j = 0; j < LANES; j++) total += lane[j];
  return total;
}

CLONES double vk_sum(const double *x, size_t count) { return sum_of(x, count); }

CLONES double vk_dot(const double *x, const double *y, size_t count) {
  double lane[LANES] = {0};
  double total = 0.0;
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (int j = 0; j < LANES; j++) lane[j] += x[i + j] * y[i + j];
  for (; i < count; i++) total += x[i] * y[i];
  for (int j = 0; j < LANES; j++) total += lane[j];
  return total;
}

CLONES void vk_axpy(double *restrict y, double a, const double *restrict x, size_t count) {
  for (size_t i = 0; i < count; i++) y[i] += a * x[i];
}

// A panel costs as much as a few rows.
#define FEW_ROWS 4

CLONES void vk_products(
    double *restrict out, const double *restrict a, const double *restrict b, size_t batches, size_t rows, size_t inner,
    size_t columns) {
  if (rows >= FEW_ROWS && inner > 1) {
    for (size_t n = 0; n < batches; n++)
      dense(
          out + n * rows * columns, a + n * rows * inner, b + n * inner * columns, rows, inner, columns, columns, 1);
    return;
  }
  for (size_t r = 0; r < batches * rows; r++) {
    double *restrict sums = out + r * columns;
    const double *restrict others = b + r / rows * inner * columns;
    memset(sums, 0, columns * sizeof *sums);
    for (size_t k = 0; k < inner; k++) {
      const double factor = a[r * inner + k];
      for (size_t c = 0; c < columns; c++) sums[c] += factor * others[k * columns + c];
    }
  }
}

CLONES void vk_row_sums(double *restrict sums, const double *restrict table, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++) sums[r] = sum_of(table + r * columns, columns);
}

CLONES void vk_scale_rows(double *out, const double *table, const double *ratio, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++) {
    double factor = ratio[r];
    for (size_t c = 0; c < columns; c++) out[r * columns + c] = table[r * columns + c] * factor;
  }
}

#define MAXIMUM_DIMS 64

// Both walks step through the outer axes like an odometer and leave the last two to tight loops.
CLONES void vk_broadcast_add(
    double *restrict table, const double *restrict part, size_t dims, const ptrdiff_t *sizes, const ptrdiff_t *strides) {
  ptrdiff_t index[MAXIMUM_DIMS] = {0};
  const ptrdiff_t n0 = sizes[dims - 1], s0 = strides[dims - 1];
  const ptrdiff_t n1 = dims > 1 ? sizes[dims - 2] : 1, s1 = dims > 1 ? strides[dims - 2] : 0;
  const ptrdiff_t outer = (ptrdiff_t)dims - 2;
  for (;;) {
    const double *row = part;
    for (ptrdiff_t i1 = 0; i1 < n1; i1++, row += s1, table += n0) {
      if (s0) {
        for (ptrdiff_t i0 = 0; i0 < n0; i0++) table[i0] += row[i0];
      } else {
        const double value = row[0];
        for (ptrdiff_t i0 = 0; i0 < n0; i0++) table[i0] += value;
      }
    }
    ptrdiff_t axis = outer - 1;
    for (; axis >= 0; axis--) {
      part += strides[axis];
      if (++index[axis] < sizes[axis]) break;
      part -= strides[axis] * sizes[axis];
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}

CLONES void vk_project_add(
    double *restrict part, const double *restrict table, size_t dims, const ptrdiff_t *sizes, const ptrdiff_t *strides) {
  ptrdiff_t index[MAXIMUM_DIMS] = {0};
  const ptrdiff_t n0 = sizes[dims - 1], s0 = strides[dims - 1];
  const ptrdiff_t n1 = dims > 1 ? sizes[dims - 2] : 1, s1 = dims > 1 ? strides[dims - 2] : 0;
  const ptrdiff_t outer = (ptrdiff_t)dims - 2;
  for (;;) {
    double *row = part;
    for (ptrdiff_t i1 = 0; i1 < n1; i1++, row += s1, table += n0) {
      if (s0) {
        for (ptrdiff_t i0 = 0; i0 < n0; i0++) row[i0] += table[i0];
      } else {
        row[0] += sum_of(table, (size_t)n0);
      }
    }
    ptrdiff_t axis = outer - 1;
    for (; axis >= 0; axis--) {
      part += strides[axis];
      if (++index[axis] < sizes[axis]) break;
      part -= strides[axis] * sizes[axis];
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}

#define TILE 64

INLINE float least_of(const float *x) {
  float lane[16];
  for (int j = 0; j < 16; j++) lane[j] = x[j];
  for (int i = 16; i < TILE; i += 16)
    for (int j = 0; j < 16; j++) lane[j] = x[i + j] < lane[j] ? x[i + j] : lane[j];
  for (int w = 8; w > 0; w /= 2)
    for (int j = 0; j < w; j++) lane[j] = lane[j + w] < lane[j] ? lane[j + w] : lane[j];
  return lane[0];
}

// A tile's sums stay in registers while the columns pass by; a tile in which all rows are too far already is left early.
CLONES size_t vk_gower_within(
    uint32_t *restrict places, const float *restrict columns, size_t stride, size_t first, size_t count, const float *restrict query,
    size_t labels, size_t numbers, float limit) {
  size_t found = 0;
  for (size_t tile = first; tile < first + count; tile += TILE) {
    float sum[TILE] = {0};
    const float *x = columns + tile;
    int isFar = 0;
    for (size_t c = 0; c < labels + numbers; c++, x += stride) {
      const float q = query[c];
      if (c < labels) {
        for (int j = 0; j < TILE; j++) sum[j] += x[j] != q ? 1.0f : 0.0f;
      } else {
        for (int j = 0; j < TILE; j++) {
          const float gap = fabsf(x[j] - q);
          sum[j] += gap < 1.0f ? gap : 1.0f;
        }
      }
      if (c % 4 == 3 && least_of(sum) > limit) {
        isFar = 1;
        break;
      }
    }
    if (isFar || least_of(sum) > limit) continue;
    for (int j = 0; j < TILE; j++) {
      places[found] = (uint32_t)(tile + j);
      found += sum[j] <= limit;
    }
  }
  return found;
}
