// Products of matrices by tiles whose sums stay in registers, in the precision of ELEMENT. Whoever includes it defines ELEMENT,
// TILE_ROWS (even) and TILE_COLUMNS, and forbids fused multiply-adds: all elements of a result have to be rounded alike.

#include <stddef.h>

#define PANEL_DEPTH 256

typedef ELEMENT Panel[PANEL_DEPTH][TILE_COLUMNS];

// kept[i, j] = kept[i, j] + a[i, k] panel[k, j] for k ascending: sums that stay in registers.
INLINE void tile(
    ELEMENT *restrict out, const ELEMENT *restrict a, const Panel panel, size_t inner, size_t columns, size_t depth, size_t height,
    size_t width, int isFirst) {
  ELEMENT kept[TILE_ROWS][TILE_COLUMNS] = {{0}};
  if (!isFirst)
    for (size_t i = 0; i < height; i++)
      for (size_t j = 0; j < width; j++) kept[i][j] = out[i * columns + j];
  for (size_t k = 0; k < depth; k++)
    for (size_t i = 0; i < height; i++) {
      const ELEMENT factor = a[i * inner + k];
      for (size_t j = 0; j < TILE_COLUMNS; j++) kept[i][j] += factor * panel[k][j];
    }
  for (size_t i = 0; i < height; i++)
    for (size_t j = 0; j < width; j++) out[i * columns + j] = kept[i][j];
}

INLINE void tiles(
    ELEMENT *restrict out, const ELEMENT *restrict a, const Panel panel, size_t rows, size_t inner, size_t columns, size_t depth,
    size_t width, int isFirst) {
  size_t r = 0;
  for (; r + TILE_ROWS <= rows; r += TILE_ROWS) {
    if (width == TILE_COLUMNS)
      tile(out + r * columns, a + r * inner, panel, inner, columns, depth, TILE_ROWS, TILE_COLUMNS, isFirst);
    else
      tile(out + r * columns, a + r * inner, panel, inner, columns, depth, TILE_ROWS, width, isFirst);
  }
  for (; r + TILE_ROWS / 2 <= rows; r += TILE_ROWS / 2)
    tile(out + r * columns, a + r * inner, panel, inner, columns, depth, TILE_ROWS / 2, width, isFirst);
  for (; r < rows; r++) tile(out + r * columns, a + r * inner, panel, inner, columns, depth, 1, width, isFirst);
}

// A panel of the second matrix, padded with zeros beside its last column. `across` and `down` are how far apart its elements lie.
INLINE void pack(Panel panel, const ELEMENT *b, size_t depth, size_t width, size_t down, size_t across) {
  for (size_t k = 0; k < depth; k++) {
    for (size_t j = 0; j < width; j++) panel[k][j] = b[k * down + j * across];
    for (size_t j = width; j < TILE_COLUMNS; j++) panel[k][j] = 0;
  }
}

// All panels, one after the other. The panels of a column follow each other downwards, so that its sums go on in order.
INLINE void dense(
    ELEMENT *restrict out, const ELEMENT *restrict a, const ELEMENT *restrict b, size_t rows, size_t inner, size_t columns, size_t down,
    size_t across) {
  Panel panel;
  for (size_t c = 0; c < columns; c += TILE_COLUMNS) {
    const size_t width = columns - c < TILE_COLUMNS ? columns - c : TILE_COLUMNS;
    for (size_t k = 0; k < inner; k += PANEL_DEPTH) {
      const size_t depth = inner - k < PANEL_DEPTH ? inner - k : PANEL_DEPTH;
      if (width == TILE_COLUMNS)
        pack(panel, b + k * down + c * across, depth, TILE_COLUMNS, down, across);
      else
        pack(panel, b + k * down + c * across, depth, width, down, across);
      tiles(out + c, a + k, panel, rows, inner, columns, depth, width, k == 0);
    }
  }
}
