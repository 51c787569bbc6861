#ifndef UNDERSTUDY_FOURIER_TRANSFORM_H
#define UNDERSTUDY_FOURIER_TRANSFORM_H

#include <stddef.h>

// The discrete Fourier transform, for convolutions. Real and imaginary parts are apart. No argument may alias another.

/// x[k] = the sum over j of x[j] w^(j k), for `count` a power of two and w = cosines[1] + i sines[1]; the tables hold the first count / 2
/// powers of w. Returns 0 where the result is in `re` and `im`, 1 where it is in the spare arrays. The 2-norm of the error is at most
/// 8 log2(count) 2^-53 times that of the result.
int vk_fourier(
    double *re, double *im, double *spareRe, double *spareIm, const double *cosines, const double *sines, size_t count);

/// (re + i im) *= (byRe + i byIm), element by element.
void vk_complex_multiply(double *re, double *im, const double *byRe, const double *byIm, size_t count);

/// (re + i im) *= (re + i im), element by element.
void vk_complex_square(double *re, double *im, size_t count);

#endif
