#include "ProductKernels.h"

#include "Clones.h"

#pragma STDC FP_CONTRACT OFF

CLONES void fk_row_products(float *restrict out, const float *restrict a, const float *restrict b, size_t rows, size_t na, size_t nb) {
  for (size_t r = 0; r < rows; r++)
    for (size_t i = 0; i < na; i++) {
      const float factor = a[r * na + i];
      for (size_t j = 0; j < nb; j++) out[(r * na + i) * nb + j] = factor * b[r * nb + j];
    }
}

CLONES void fk_row_products_backward(
    float *restrict da, float *restrict db, const float *restrict signal, const float *restrict a, const float *restrict b, size_t rows,
    size_t na, size_t nb) {
  for (size_t r = 0; r < rows; r++)
    for (size_t i = 0; i < na; i++) {
      const float *s = signal + (r * na + i) * nb;
      const float factor = a[r * na + i];
      float sum = 0;
      for (size_t j = 0; j < nb; j++) {
        sum += s[j] * b[r * nb + j];
        db[r * nb + j] += factor * s[j];
      }
      da[r * na + i] += sum;
    }
}
