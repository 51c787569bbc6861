#ifndef UNDERSTUDY_PRODUCT_KERNELS_H
#define UNDERSTUDY_PRODUCT_KERNELS_H

#include <stddef.h>

/// out[r, i, j] = a[r, i] b[r, j]: the joint distribution of two columns in each row, from that of each alone. No argument may alias another.
void fk_row_products(float *out, const float *a, const float *b, size_t rows, size_t na, size_t nb);

/// Adds to `da` and `db` the derivatives by the arguments of `fk_row_products` from `signal`, that by its result.
void fk_row_products_backward(
    float *da, float *db, const float *signal, const float *a, const float *b, size_t rows, size_t na, size_t nb);

#endif
