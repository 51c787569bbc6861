#include "RowKernels.h"

#include "Clones.h"

#include <stdint.h>
#include <string.h>

// A fused multiply-add would round once: all elements of a result have to be rounded alike.
#pragma STDC FP_CONTRACT OFF

#define TILE_ROWS 4
#define TILE_COLUMNS 16
#define PANEL_DEPTH 256
// A row with more elements than one in so many is not worth being treated as sparse.
#define SPARSITY 8
#define MOST_TERMS 1024

typedef float Panel[PANEL_DEPTH][TILE_COLUMNS];

// kept[i, j] = kept[i, j] + a[i, k] panel[k, j] for k ascending: sums that stay in registers.
INLINE void tile(
    float *restrict out, const float *restrict a, const Panel panel, size_t inner, size_t columns, size_t depth, size_t height,
    size_t width, int isFirst) {
  float kept[TILE_ROWS][TILE_COLUMNS] = {{0}};
  if (!isFirst)
    for (size_t i = 0; i < height; i++)
      for (size_t j = 0; j < width; j++) kept[i][j] = out[i * columns + j];
  for (size_t k = 0; k < depth; k++)
    for (size_t i = 0; i < height; i++) {
      const float factor = a[i * inner + k];
      for (size_t j = 0; j < TILE_COLUMNS; j++) kept[i][j] += factor * panel[k][j];
    }
  for (size_t i = 0; i < height; i++)
    for (size_t j = 0; j < width; j++) out[i * columns + j] = kept[i][j];
}

INLINE void tiles(
    float *restrict out, const float *restrict a, const Panel panel, size_t rows, size_t inner, size_t columns, size_t depth,
    size_t width, int isFirst) {
  size_t r = 0;
  for (; r + TILE_ROWS <= rows; r += TILE_ROWS) {
    if (width == TILE_COLUMNS)
      tile(out + r * columns, a + r * inner, panel, inner, columns, depth, TILE_ROWS, TILE_COLUMNS, isFirst);
    else
      tile(out + r * columns, a + r * inner, panel, inner, columns, depth, TILE_ROWS, width, isFirst);
  }
  for (; r < rows; r++) tile(out + r * columns, a + r * inner, panel, inner, columns, depth, 1, width, isFirst);
}

// A panel of the second matrix, padded with zeros beside its last column. `across` and `down` are how far apart its elements lie.
INLINE void pack(Panel panel, const float *b, size_t depth, size_t width, size_t down, size_t across) {
  for (size_t k = 0; k < depth; k++) {
    for (size_t j = 0; j < width; j++) panel[k][j] = b[k * down + j * across];
    for (size_t j = width; j < TILE_COLUMNS; j++) panel[k][j] = 0.0f;
  }
}

// All panels, one after the other. The panels of a column follow each other downwards, so that its sums go on in order.
INLINE void dense(
    float *restrict out, const float *restrict a, const float *restrict b, size_t rows, size_t inner, size_t columns, size_t down,
    size_t across) {
  Panel panel;
  for (size_t c = 0; c < columns; c += TILE_COLUMNS) {
    const size_t width = columns - c < TILE_COLUMNS ? columns - c : TILE_COLUMNS;
    for (size_t k = 0; k < inner; k += PANEL_DEPTH) {
      const size_t depth = inner - k < PANEL_DEPTH ? inner - k : PANEL_DEPTH;
      pack(panel, b + k * down + c * across, depth, width, down, across);
      tiles(out + c, a + k, panel, rows, inner, columns, depth, width, k == 0);
    }
  }
}

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
