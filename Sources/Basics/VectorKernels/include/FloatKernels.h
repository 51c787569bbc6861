#ifndef UNDERSTUDY_FLOAT_KERNELS_H
#define UNDERSTUDY_FLOAT_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// Loops over single-precision numbers that the neural networks spend their time in, beside the matrix products. The same rules
// hold as for the loops over doubles: several versions, the same bits, no aliasing unless said. Matrices are row-major.

/// x[i] = exp(x[i]), in place; arguments are clipped to [-87, 88]. Relative error below 3e-7.
void fk_exp(float *x, size_t count);

/// out[i] = the natural logarithm of x[i] > 0, normal. Absolute error below 3e-7 (1 + |result|). `out` may be `x`.
void fk_log(float *out, const float *x, size_t count);

// Random numbers by counter (SplitMix64, Steele, Lea, Flood 2014): element i depends on key and counter + i alone, so that any part of
// a stream can be drawn on any core. For post-processing only, never for the noise of a mechanism.

/// Uniform on (0, 1).
void fk_uniform(float *out, size_t count, uint64_t key, uint64_t counter);

/// The standard normal distribution (Box and Muller 1958).
void fk_normal(float *out, size_t count, uint64_t key, uint64_t counter);

/// The standard Gumbel distribution, -log(-log u).
void fk_gumbel(float *out, size_t count, uint64_t key, uint64_t counter);

/// y[i] += a x[i].
void fk_axpy(float *y, float a, const float *x, size_t count);

/// y[i] += step (x[i] - y[i]).
void fk_approach(float *y, float step, const float *x, size_t count);

/// The sum of x[i] y[i].
float fk_dot(const float *x, const float *y, size_t count);

/// table[r, c] += row[c].
void fk_add_to_rows(float *table, const float *row, size_t rows, size_t columns);

/// sums[c] += the sum of column c, each row times factors[r]; all factors are 1 where `factors` is null.
void fk_add_column_sums(float *sums, const float *table, const float *factors, size_t rows, size_t columns);

/// out[r] = the sum of the squares of row r.
void fk_row_squares(float *out, const float *table, size_t rows, size_t columns);

/// out[r, c] = table[r, c] factors[r]. `out` may be `table`.
void fk_scale_rows(float *out, const float *table, const float *factors, size_t rows, size_t columns);

/// out[i] = x[i] where x[i] > 0, else slope x[i].
void fk_leaky(float *out, const float *x, float slope, size_t count);

/// out[i] = signal[i] where x[i] > 0, else slope signal[i]. `out` may be `signal`.
void fk_leaky_scale(float *out, const float *signal, const float *x, float slope, size_t count);

/// Layer normalisation (Ba, Kiros, Hinton 2016): each row is brought to mean 0 and variance 1 (kept in `normal`, with the reciprocal
/// deviations in `inverse`), then scaled by `gain` and shifted by `bias`.
void fk_normalise(
    float *out, float *normal, float *inverse, const float *x, const float *gain, const float *bias, size_t rows, size_t columns,
    float epsilon);

/// The signal at the input of `fk_normalise` from that at its output.
void fk_normalise_backward(
    float *out, const float *signal, const float *normal, const float *inverse, const float *gain, size_t rows, size_t columns);

/// The softmax of each segment of each row, after scaling: segment s is columns starts[s] ..< starts[s + 1]. `out` may be `x`.
void fk_softmax(float *out, const float *x, float scale, size_t rows, size_t columns, const int32_t *starts, size_t segments);

/// out[i] += the signal at the input of `fk_softmax` from that at its output and from the output itself.
void fk_softmax_backward(
    float *out, const float *signal, const float *softmax, float scale, size_t rows, size_t columns, const int32_t *starts,
    size_t segments);

/// One step of Adam (Kingma and Ba 2015, algorithm 1), with the bias corrections given.
void fk_adam(
    float *parameters, float *first, float *second, const float *gradient, size_t count, float rate, float beta1, float beta2,
    float correction1, float correction2, float epsilon);

/// out[i] = weights[i] ((total[i] - own[i]) scale - target[i]): how far the mean of others' contributions is from a target.
void fk_weighted_gap(
    float *out, const float *total, const float *own, const float *target, const float *weights, float scale, size_t count);

#endif
