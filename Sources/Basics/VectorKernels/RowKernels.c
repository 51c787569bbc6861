#include "RowKernels.h"

#include "Clones.h"

#include <stdint.h>
#include <string.h>

// A fused multiply-add would round once: all elements of a result have to be rounded alike.
#pragma STDC FP_CONTRACT OFF

#define ELEMENT float
#define TILE_ROWS 4
#define TILE_COLUMNS 16
#include "ProductTiles.h"

// A row with more elements than one in so many is not worth being treated as sparse.
#define SPARSITY 8
#define MOST_TERMS 1024

// The places of a row's elements that are not zero, ascending; or more than `most` where there are more.
INLINE size_t terms(uint32_t *places, const float *row, size_t inner, size_t most) {
  size_t count = 0;
  size_t k = 0;
  for (; k + TILE_COLUMNS <= inner; k += TILE_COLUMNS) {
    uint32_t any = 0;
    for (size_t j = 0; j < TILE_COLUMNS; j++) any |= row[k + j] != 0.0f;
    if (!any) continue;
    for (size_t j = 0; j < TILE_COLUMNS; j++)
      if (row[k + j] != 0.0f) {
        if (count == most) return most + 1;
        places[count++] = (uint32_t)(k + j);
      }
  }
  for (; k < inner; k++)
    if (row[k] != 0.0f) {
      if (count == most) return most + 1;
      places[count++] = (uint32_t)k;
    }
  return count;
}

INLINE void sparse_row(
    float *restrict out, const float *restrict row, const float *restrict b, const uint32_t *restrict places, size_t count,
    size_t columns) {
  for (size_t c = 0; c < columns; c++) out[c] = 0.0f;
  for (size_t t = 0; t < count; t++) {
    const float factor = row[places[t]];
    const float *restrict other = b + (size_t)places[t] * columns;
    for (size_t c = 0; c < columns; c++) out[c] += factor * other[c];
  }
}

CLONES void rk_product(
    float *restrict out, const float *restrict a, const float *restrict b, size_t rows, size_t inner, size_t columns) {
  uint32_t places[MOST_TERMS];
  const size_t most = inner / SPARSITY < MOST_TERMS ? inner / SPARSITY : MOST_TERMS;
  size_t first = 0;  // of the rows that wait for a dense product
  for (size_t r = 0; r < rows; r++) {
    const size_t count = terms(places, a + r * inner, inner, most);
    if (count > most) continue;
    if (first < r) dense(out + first * columns, a + first * inner, b, r - first, inner, columns, columns, 1);
    sparse_row(out + r * columns, a + r * inner, b, places, count, columns);
    first = r + 1;
  }
  if (first < rows) dense(out + first * columns, a + first * inner, b, rows - first, inner, columns, columns, 1);
}

CLONES void rk_product_transposed(
    float *restrict out, const float *restrict a, const float *restrict b, size_t rows, size_t inner, size_t columns) {
  if (inner == 0) memset(out, 0, rows * columns * sizeof *out);
  dense(out, a, b, rows, inner, columns, 1, inner);
}
