#ifndef UNDERSTUDY_ROW_KERNELS_H
#define UNDERSTUDY_ROW_KERNELS_H

#include <stddef.h>

// Matrix products in which every row is computed by itself: what stands in a row of the result depends on that row of the first matrix
// and on the second matrix, never on the other rows, on how many there are or on the row's place among them.
//
// It holds by definition, not by luck with instructions. An element is this sum, every product and every sum rounded to the nearest
// single-precision number by itself, in this order:
//
//     s = 0; for k = 0, 1, … inner - 1: s = s + a[r, k] b[k, c]
//
// Tiles, panels and the width of the registers decide which elements are worked on at the same time, never what is added to what. A
// library's product (BLAS) promises no order, and takes another one for rows at the end of a batch.

/// out[r, c] = the sum over k of a[r, k] b[k, c]. a is rows x inner, b is inner x columns.
///
/// Rows that are mostly zeros, as one-hot codes are, take time by their other elements alone: a product with zero leaves a finite sum as
/// it is. (With a b that is not finite a row's result still depends on that row alone.)
void rk_product(float *out, const float *a, const float *b, size_t rows, size_t inner, size_t columns);

/// out[r, c] = the sum over k of a[r, k] b[c, k]. a is rows x inner, b is columns x inner.
void rk_product_transposed(float *out, const float *a, const float *b, size_t rows, size_t inner, size_t columns);

#endif
