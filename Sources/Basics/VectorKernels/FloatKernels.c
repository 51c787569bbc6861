#include "FloatKernels.h"

#include "Clones.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

#define LANES 16

// exp(x) = 2^k exp(r) with |r| <= log(2) / 2, and a Taylor polynomial of degree 7 for exp(r).
INLINE float exp_one(float x) {
  x = x < -87.0f ? -87.0f : x;
  x = x > 88.0f ? 88.0f : x;
  const float magic = 0x1.8p23f;
  float k = x * 1.44269504f + magic;
  uint32_t bits;
  memcpy(&bits, &k, sizeof bits);
  k -= magic;
  float r = (x - k * 0x1.62e400p-1f) - k * 0x1.7f7d1cp-20f;
  float p = 1.0f / 5040.0f;
  p = p * r + 1.0f / 720.0f;
  p = p * r + 1.0f / 120.0f;
  p = p * r + 1.0f / 24.0f;
  p = p * r + 1.0f / 6.0f;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  uint32_t scaleBits = (bits + 127) << 23;
  float scale;
  memcpy(&scale, &scaleBits, sizeof scale);
  return p * scale;
}

// x = 2^e m with m in [sqrt(1/2), sqrt(2)); log m = 2 atanh((m - 1) / (m + 1)) by its series.
INLINE float log_one(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  uint32_t shifted = bits - 0x3f3504f3u;
  float exponent = (float)((int32_t)shifted >> 23);
  uint32_t mantissaBits = bits - (shifted & 0xff800000u);
  float m;
  memcpy(&m, &mantissaBits, sizeof m);
  float f = (m - 1.0f) / (m + 1.0f);
  float s = f * f;
  float p = 1.0f / 9.0f;
  p = p * s + 1.0f / 7.0f;
  p = p * s + 1.0f / 5.0f;
  p = p * s + 1.0f / 3.0f;
  return exponent * 0x1.62e430p-1f + (2.0f * f + 2.0f * f * s * p);
}

INLINE uint64_t random_word(uint64_t key, uint64_t index) {
  uint64_t z = key + (index + 1) * 0x9e3779b97f4a7c15ULL;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

// The middle of one of 2^23 equal parts of (0, 1).
INLINE float unit(uint32_t bits) { return ((float)(int32_t)(bits >> 9) + 0.5f) * 0x1p-23f; }

CLONES void fk_exp(float *x, size_t count) {
  for (size_t i = 0; i < count; i++) x[i] = exp_one(x[i]);
}

CLONES void fk_log(float *out, const float *x, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = log_one(x[i]);
}

CLONES void fk_uniform(float *out, size_t count, uint64_t key, uint64_t counter) {
  for (size_t i = 0; i < count; i++) out[i] = unit((uint32_t)(random_word(key, counter + i) >> 32));
}

CLONES void fk_normal(float *out, size_t count, uint64_t key, uint64_t counter) {
  for (size_t i = 0; i < count; i++) {
    uint64_t word = random_word(key, counter + i);
    float radius = sqrtf(-2.0f * log_one(unit((uint32_t)(word >> 32))));
    // cos(2 pi u) = 2 sin^2(pi (u - 1/2)) - 1, and |pi (u - 1/2)| <= pi / 2.
    float t = (unit((uint32_t)word) - 0.5f) * 3.14159265f;
    float s = t * t;
    float p = -1.0f / 39916800.0f;
    p = p * s + 1.0f / 362880.0f;
    p = p * s - 1.0f / 5040.0f;
    p = p * s + 1.0f / 120.0f;
    p = p * s - 1.0f / 6.0f;
    float sine = t + t * s * p;
    out[i] = radius * (2.0f * sine * sine - 1.0f);
  }
}

CLONES void fk_gumbel(float *out, size_t count, uint64_t key, uint64_t counter) {
  for (size_t i = 0; i < count; i++) {
    float u = unit((uint32_t)(random_word(key, counter + i) >> 32));
    out[i] = -log_one(-log_one(u));
  }
}

CLONES void fk_axpy(float *restrict y, float a, const float *restrict x, size_t count) {
  for (size_t i = 0; i < count; i++) y[i] += a * x[i];
}

INLINE float dot_of(const float *x, const float *y, size_t count) {
  float lane[LANES] = {0};
  float total = 0.0f;
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (int j = 0; j < LANES; j++) lane[j] += x[i + j] * y[i + j];
  for (; i < count; i++) total += x[i] * y[i];
  for (int j = 0; j < LANES; j++) total += lane[j];
  return total;
}

INLINE float sum_of(const float *x, size_t count) {
  float lane[LANES] = {0};
  float total = 0.0f;
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (int j = 0; j < LANES; j++) lane[j] += x[i + j];
  for (; i < count; i++) total += x[i];
  for (int j = 0; j < LANES; j++) total += lane[j];
  return total;
}

CLONES float fk_dot(const float *x, const float *y, size_t count) { return dot_of(x, y, count); }

CLONES void fk_add_to_rows(float *restrict table, const float *restrict row, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++)
    for (size_t c = 0; c < columns; c++) table[r * columns + c] += row[c];
}

CLONES void fk_add_column_sums(
    float *restrict sums, const float *restrict table, const float *restrict factors, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++) {
    const float factor = factors ? factors[r] : 1.0f;
    for (size_t c = 0; c < columns; c++) sums[c] += factor * table[r * columns + c];
  }
}

CLONES void fk_row_squares(float *restrict out, const float *restrict table, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++) out[r] = dot_of(table + r * columns, table + r * columns, columns);
}

CLONES void fk_scale_rows(float *out, const float *table, const float *factors, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++) {
    const float factor = factors[r];
    for (size_t c = 0; c < columns; c++) out[r * columns + c] = table[r * columns + c] * factor;
  }
}

CLONES void fk_leaky(float *restrict out, const float *restrict x, float slope, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = x[i] > 0.0f ? x[i] : slope * x[i];
}

CLONES void fk_leaky_scale(float *out, const float *signal, const float *x, float slope, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = x[i] > 0.0f ? signal[i] : slope * signal[i];
}

CLONES void fk_normalise(
    float *restrict out, float *restrict normal, float *restrict inverse, const float *restrict x, const float *restrict gain,
    const float *restrict bias, size_t rows, size_t columns, float epsilon) {
  for (size_t r = 0; r < rows; r++) {
    const float *row = x + r * columns;
    float *kept = normal + r * columns;
    const float mean = sum_of(row, columns) / (float)columns;
    for (size_t c = 0; c < columns; c++) kept[c] = row[c] - mean;
    const float scale = 1.0f / sqrtf(dot_of(kept, kept, columns) / (float)columns + epsilon);
    inverse[r] = scale;
    for (size_t c = 0; c < columns; c++) {
      kept[c] *= scale;
      out[r * columns + c] = kept[c] * gain[c] + bias[c];
    }
  }
}

CLONES void fk_normalise_backward(
    float *restrict out, const float *restrict signal, const float *restrict normal, const float *restrict inverse,
    const float *restrict gain, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++) {
    float *row = out + r * columns;
    const float *kept = normal + r * columns;
    for (size_t c = 0; c < columns; c++) row[c] = signal[r * columns + c] * gain[c];
    const float mean = sum_of(row, columns) / (float)columns;
    const float slope = dot_of(row, kept, columns) / (float)columns;
    for (size_t c = 0; c < columns; c++) row[c] = inverse[r] * (row[c] - mean - kept[c] * slope);
  }
}

CLONES void fk_softmax(
    float *out, const float *x, float scale, size_t rows, size_t columns, const int32_t *starts, size_t segments) {
  for (size_t r = 0; r < rows; r++) {
    const float *from = x + r * columns;
    float *to = out + r * columns;
    for (size_t s = 0; s < segments; s++) {
      float largest = from[starts[s]];
      for (int32_t c = starts[s] + 1; c < starts[s + 1]; c++) largest = from[c] > largest ? from[c] : largest;
      for (int32_t c = starts[s]; c < starts[s + 1]; c++) to[c] = (from[c] - largest) * scale;
    }
    for (size_t c = 0; c < columns; c++) to[c] = exp_one(to[c]);
    for (size_t s = 0; s < segments; s++) {
      const int32_t start = starts[s];
      const size_t width = (size_t)(starts[s + 1] - start);
      const float factor = 1.0f / sum_of(to + start, width);
      for (size_t c = 0; c < width; c++) to[start + (int32_t)c] *= factor;
    }
  }
}

CLONES void fk_softmax_backward(
    float *restrict out, const float *restrict signal, const float *restrict softmax, float scale, size_t rows, size_t columns,
    const int32_t *starts, size_t segments) {
  for (size_t r = 0; r < rows; r++) {
    for (size_t s = 0; s < segments; s++) {
      const size_t start = r * columns + (size_t)starts[s];
      const size_t width = (size_t)(starts[s + 1] - starts[s]);
      const float mean = dot_of(signal + start, softmax + start, width);
      for (size_t c = 0; c < width; c++) out[start + c] += scale * softmax[start + c] * (signal[start + c] - mean);
    }
  }
}

CLONES void fk_adam(
    float *restrict parameters, float *restrict first, float *restrict second, const float *restrict gradient, size_t count,
    float rate, float beta1, float beta2, float correction1, float correction2, float epsilon) {
  const float step = rate / correction1;
  const float rootCorrection = 1.0f / sqrtf(correction2);
  for (size_t i = 0; i < count; i++) {
    const float g = gradient[i];
    first[i] = beta1 * first[i] + (1.0f - beta1) * g;
    second[i] = beta2 * second[i] + (1.0f - beta2) * g * g;
    parameters[i] -= step * first[i] / (sqrtf(second[i]) * rootCorrection + epsilon);
  }
}

CLONES void fk_weighted_gap(
    float *restrict out, const float *restrict total, const float *restrict own, const float *restrict target,
    const float *restrict weights, float scale, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = weights[i] * ((total[i] - own[i]) * scale - target[i]);
}

CLONES void fk_approach(float *restrict y, float step, const float *restrict x, size_t count) {
  for (size_t i = 0; i < count; i++) y[i] += step * (x[i] - y[i]);
}
