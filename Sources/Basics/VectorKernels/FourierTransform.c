#include "FourierTransform.h"

#include "Clones.h"

#pragma STDC FP_CONTRACT OFF

// Stockham's self-sorting form, radix 2: `run` neighbouring numbers share a twiddle factor, and the run doubles at each pass.
CLONES int vk_fourier(
    double *restrict re, double *restrict im, double *restrict spareRe, double *restrict spareIm, const double *restrict cosines,
    const double *restrict sines, size_t count) {
  double *xr = re, *xi = im, *yr = spareRe, *yi = spareIm;
  int passes = 0;
  for (size_t run = 1; run < count; run *= 2, passes++) {
    const size_t half = count / 2 / run;
    for (size_t p = 0; p < half; p++) {
      const double c = cosines[p * run], s = sines[p * run];
      const double *ar = xr + p * run, *ai = xi + p * run;
      const double *br = ar + half * run, *bi = ai + half * run;
      double *ur = yr + 2 * p * run, *ui = yi + 2 * p * run;
      double *vr = ur + run, *vi = ui + run;
      for (size_t q = 0; q < run; q++) {
        const double dr = ar[q] - br[q], di = ai[q] - bi[q];
        ur[q] = ar[q] + br[q];
        ui[q] = ai[q] + bi[q];
        vr[q] = dr * c - di * s;
        vi[q] = dr * s + di * c;
      }
    }
    double *tr = xr, *ti = xi;
    xr = yr;
    xi = yi;
    yr = tr;
    yi = ti;
  }
  return passes % 2;
}

CLONES void vk_complex_multiply(double *restrict re, double *restrict im, const double *byRe, const double *byIm, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const double r = re[i] * byRe[i] - im[i] * byIm[i];
    im[i] = re[i] * byIm[i] + im[i] * byRe[i];
    re[i] = r;
  }
}

CLONES void vk_complex_square(double *restrict re, double *restrict im, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const double r = re[i] * re[i] - im[i] * im[i];
    im[i] = 2.0 * re[i] * im[i];
    re[i] = r;
  }
}
