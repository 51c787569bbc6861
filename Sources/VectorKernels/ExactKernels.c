#include "ExactKernels.h"

#include "Clones.h"

// Products and sums of whole numbers below 2^53 are exact in any order, so fused multiply-adds change nothing here.
#pragma STDC FP_CONTRACT ON

#define TILE_ROWS 6
#define TILE_COLUMNS 32

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

CLONES void vk_exact_outer_sum(
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

CLONES void vk_exact_round(double *restrict out, const float *restrict x, size_t count, double scale, double limit) {
  for (size_t i = 0; i < count; i++) {
    double value = (double)x[i] * scale;
    value = value > limit ? limit : value;
    value = value < -limit ? -limit : value;
    out[i] = __builtin_rint(value);
  }
}
