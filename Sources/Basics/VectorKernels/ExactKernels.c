#include "ExactKernels.h"

#include "Clones.h"

#include <stdint.h>

// Products and sums of whole numbers below 2^53 are exact in any order, so fused multiply-adds change nothing here.
#pragma STDC FP_CONTRACT ON

#define TILE_ROWS 6
#define TILE_COLUMNS 8
#define BLOCK 16
// A row with more elements than one in so many is added by tiles.
#define SPARSITY 8
#define MOST_TERMS 1024

// sums[i, j] += sum over r of a[r, i] b[r, j] for a tile whose sums stay in registers.
INLINE void tile(
    double *restrict sums, const double *restrict a, const double *restrict b, size_t rows, size_t inputs, size_t outputs,
    size_t height, size_t width) {
  double kept[TILE_ROWS][TILE_COLUMNS];
  for (size_t i = 0; i < height; i++)
    for (size_t j = 0; j < width; j++) kept[i][j] = sums[i * outputs + j];
  for (size_t r = 0; r < rows; r++)
    for (size_t i = 0; i < height; i++) {
      const double factor = a[r * inputs + i];
      for (size_t j = 0; j < width; j++) kept[i][j] += factor * b[r * outputs + j];
    }
  for (size_t i = 0; i < height; i++)
    for (size_t j = 0; j < width; j++) sums[i * outputs + j] = kept[i][j];
}

INLINE void dense_rows(
    double *restrict sums, const double *restrict a, const double *restrict b, size_t rows, size_t inputs, size_t outputs) {
  for (size_t j = 0; j < outputs; j += TILE_COLUMNS) {
    const size_t width = outputs - j < TILE_COLUMNS ? outputs - j : TILE_COLUMNS;
    for (size_t i = 0; i < inputs; i += TILE_ROWS) {
      const size_t height = inputs - i < TILE_ROWS ? inputs - i : TILE_ROWS;
      double *at = sums + i * outputs + j;
      if (width == TILE_COLUMNS && height == TILE_ROWS)
        tile(at, a + i, b + j, rows, inputs, outputs, TILE_ROWS, TILE_COLUMNS);
      else
        tile(at, a + i, b + j, rows, inputs, outputs, height, width);
    }
  }
}

// The places of a row's elements that are not zero; or more than `most` where there are more.
INLINE size_t terms(uint32_t *places, const double *row, size_t count, size_t most) {
  size_t found = 0;
  for (size_t k = 0; k < count; k += BLOCK) {
    const size_t width = count - k < BLOCK ? count - k : BLOCK;
    uint64_t any = 0;
    if (width == BLOCK)
      for (size_t j = 0; j < BLOCK; j++) any |= row[k + j] != 0.0;
    else
      any = 1;
    if (!any) continue;
    for (size_t j = 0; j < width; j++)
      if (row[k + j] != 0.0) {
        if (found == most) return most + 1;
        places[found++] = (uint32_t)(k + j);
      }
  }
  return found;
}

CLONES void vk_exact_outer_sum(
    double *restrict sums, const double *restrict a, const double *restrict b, size_t rows, size_t inputs, size_t outputs) {
  if (outputs == 1) {
    for (size_t r = 0; r < rows; r++)
      for (size_t i = 0; i < inputs; i++) sums[i] += a[r * inputs + i] * b[r];
    return;
  }
  uint32_t places[MOST_TERMS];
  const size_t most = inputs / SPARSITY < MOST_TERMS ? inputs / SPARSITY : MOST_TERMS;
  size_t first = 0;  // of the rows that wait to be added by tiles
  for (size_t r = 0; r < rows; r++) {
    const size_t count = terms(places, a + r * inputs, inputs, most);
    if (count > most) continue;
    if (first < r) dense_rows(sums, a + first * inputs, b + first * outputs, r - first, inputs, outputs);
    first = r + 1;
    for (size_t t = 0; t < count; t++) {
      const double factor = a[r * inputs + places[t]];
      double *restrict at = sums + (size_t)places[t] * outputs;
      for (size_t j = 0; j < outputs; j++) at[j] += factor * b[r * outputs + j];
    }
  }
  if (first < rows) dense_rows(sums, a + first * inputs, b + first * outputs, rows - first, inputs, outputs);
}

CLONES void vk_exact_round(double *restrict out, const float *restrict x, size_t count, double scale, double limit) {
  for (size_t i = 0; i < count; i++) {
    double value = (double)x[i] * scale;
    value = value > limit ? limit : value;
    value = value < -limit ? -limit : value;
    out[i] = __builtin_rint(value);
  }
}
