// Loops of closed forms and simulations over millions of numbers.
//
// Eight float32 or four double numbers at a time in plain IEEE arithmetic, each product and each sum rounded: every
// machine gives the same bits.
#ifndef SIMULATION_LOOPS_H
#define SIMULATION_LOOPS_H

#include <stdint.h>

// y[i] = exp(x[i]), relative error below 3e-7 for -87 <= x <= 88; smaller x give exp(-87), larger ones are not allowed.
// x and y may be the same.
void simulation_exp(const float *x, float *y, long count);

// y[i] = ln(x[i]) for positive normal x; absolute error below 2e-7 near 1, relative error below 3e-7 elsewhere. x and y
// may be the same.
void simulation_log(const float *x, float *y, long count);

// Sixteen standard normal numbers from each eight words by the Box-Muller transform: a word's upper half gives the
// radius, its lower half the angle. The first eight stand before the second eight.
void simulation_normals(const uint64_t *words, float *y, long groups);

// The sums that a softmax's entropy is made from, over `count` logits l = scale * profile + spread * noise, or
// spread * noise where profile is null: largest = max l, weight = sum e^(l - largest) and moment = sum (l - largest)
// e^(l - largest), eight sums in turn that are added in order. 1 <= count <= SIMULATION_BLOCK: short enough for float32
// sums to stay accurate to about 1e-6, and for the cache to hold them.
enum { SIMULATION_BLOCK = 1024 };
void simulation_softmax_sums(
  const float *profile, float scale, const float *noise, float spread, long count, float *largest, double *weight,
  double *moment);

// sums = {sum e^y, sum y e^y, sum e^2y} for y = scale * x - top, in the same way and with the same bounds on count.
void simulation_exponential_sums(const float *x, float scale, float top, long count, double sums[3]);

// Sums over columns of up to four rows, for tiles of eight places x on either side of a middle:
// values[middle + x] = e + o and values[middle - 1 - x] = e - o with e = sum over columns of a row's even weight times
// an even function of x, o the same of the odd ones.
//
// table: [tile][column][even, odd][8]; rows: [row][even, odd][column]; values: the rows' middles, `stride` apart.
enum { SIMULATION_ROWS = 4, SIMULATION_TILE = 8 };
void simulation_even_and_odd(
  const float *table, long tiles, long columns, const float *rows, long count, float *middle, long stride);

// Logits of keys by twos: for each group of two keys, sums over pairs of products[group][pair][4] = (the cosine's
// weight for each key, the sine's) times table[group][pair][8] = (cosines and sines of the fresh cache, then of the
// stale one, each for both keys). fresh and stale are factor times the sums, key by key.
void simulation_pair_logits(
  const float *products, const float *table, long groups, long pairs, float factor, float *fresh, float *stale);

// cosines[i] = cos(angles[i]) and sines[i] = sin(angles[i]), radians; absolute error below 3e-16, for angles beyond 1e8
// that of the C library.
void simulation_turns(const double *angles, double *cosines, double *sines, long count);

// values[n] = sum over pairs of cosine_weight * x + sine_weight * y, four sums in turn that are added in order; after
// each n, x and y are turned and scaled by their step (cosine, sine). `pairs` is a multiple of 4.
void simulation_turned_sums(
  double *x, double *y, const double *cosine_step, const double *sine_step, const double *cosine_weight,
  const double *sine_weight, long pairs, long count, double *values);

#endif
