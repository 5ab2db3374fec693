#include "simulation_loops.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

typedef float eight __attribute__((vector_size(32), aligned(4)));
typedef float four __attribute__((vector_size(16), aligned(4)));
typedef double wide __attribute__((vector_size(32), aligned(8)));
typedef uint32_t bits __attribute__((vector_size(32), aligned(4)));
typedef uint64_t wide_bits __attribute__((vector_size(32), aligned(8)));

// Wider vectors would not be filled; a fused product would be another number.
#if defined(__x86_64__) && defined(__linux__) && defined(__GLIBC__)
#define EIGHT_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define EIGHT_CLONES
#endif

#define AT(p, i) (*(eight *)((p) + (i)))
#define FROM(p, i) (*(const eight *)((p) + (i)))
#define ALL(x) ((eight){} + (x))
#define WHERE(condition, a, b) ((eight)(((bits)(condition) & (bits)(a)) | (~(bits)(condition) & (bits)(b))))

// Adding it to a float32 of moderate size rounds to a whole number, held in the low bits.
#define ROUNDER 12582912.0f

#define EXPONENTIAL(result, argument)                                                 \
  do {                                                                                \
    const eight e_x = (argument);                                                     \
    const eight e_bounded = WHERE(e_x < -87.0f, ALL(-87.0f), e_x);                    \
    const eight e_shifted = e_bounded * 1.44269504f + ROUNDER;                        \
    const eight e_whole = e_shifted - ROUNDER;                                        \
    /* ln 2 in two parts, the first exact in float32 with room for the product. */    \
    const eight e_rest = e_bounded - e_whole * 0.693359375f - e_whole * -2.1219444e-4f; \
    eight e_sum = e_rest * 1.9875691e-4f + 1.3981999e-3f;                             \
    e_sum = e_sum * e_rest + 8.333452e-3f;                                            \
    e_sum = e_sum * e_rest + 4.1665796e-2f;                                           \
    e_sum = e_sum * e_rest + 1.6666665e-1f;                                           \
    e_sum = e_sum * e_rest + 0.5f;                                                    \
    e_sum = e_sum * e_rest * e_rest + e_rest + 1.0f;                                  \
    (result) = e_sum * (eight)(((bits)e_shifted << 23) + (127u << 23));               \
  } while (0)

#define LOGARITHM(result, argument)                                                       \
  do {                                                                                    \
    /* The mantissa is brought into sqrt(1/2) ... sqrt(2), where the series is short. */  \
    const bits l_offset = (bits)(argument) - 0x3F3504F3u;                                 \
    const eight l_mantissa = (eight)((l_offset & 0x7FFFFFu) + 0x3F3504F3u);               \
    const eight l_power = (eight)((l_offset >> 23) + 0x4B400000u) - ROUNDER;              \
    /* The shift was a logical one: the upper half of its 9 bits stands for negative powers. */ \
    const eight l_signed = WHERE(l_power > 255.0f, l_power - 512.0f, l_power);            \
    const eight l_r = l_mantissa - 1.0f;                                                  \
    const eight l_square = l_r * l_r;                                                     \
    eight l_sum = l_r * 7.0376836e-2f - 1.151461e-1f;                                     \
    l_sum = l_sum * l_r + 1.1676999e-1f;                                                  \
    l_sum = l_sum * l_r - 1.2420141e-1f;                                                  \
    l_sum = l_sum * l_r + 1.4249323e-1f;                                                  \
    l_sum = l_sum * l_r - 1.6668057e-1f;                                                  \
    l_sum = l_sum * l_r + 2.0000715e-1f;                                                  \
    l_sum = l_sum * l_r - 2.4999994e-1f;                                                  \
    l_sum = l_sum * l_r + 3.3333331e-1f;                                                  \
    (result) = l_sum * l_r * l_square - l_square * 0.5f + l_r + l_signed * 0.69314718f;   \
  } while (0)

// Runs BODY on each eight numbers of x as `v`, the last ones filled up, and stores them in y.
#define EACH_EIGHT(BODY)                                                   \
  for (long at = 0; at < count; at += 8) {                                 \
    const size_t size = sizeof(float) * (size_t)(count - at < 8 ? count - at : 8); \
    eight v = ALL(1.0f);                                                   \
    memcpy(&v, x + at, size);                                              \
    BODY                                                                   \
    memcpy(y + at, &v, size);                                              \
  }

EIGHT_CLONES void simulation_exp(const float *x, float *y, long count) { EACH_EIGHT(EXPONENTIAL(v, v);) }

EIGHT_CLONES void simulation_log(const float *x, float *y, long count) { EACH_EIGHT(LOGARITHM(v, v);) }

// Whole numbers below 2^22 as float32.
#define NUMBER(whole) ((eight)((whole) | 0x4B000000u) - 8388608.0f)

EIGHT_CLONES void simulation_normals(const uint64_t *words, float *y, long groups) {
  for (long group = 0; group < groups; group++) {
    bits radius_bits, angle_bits;
    for (int lane = 0; lane < 8; lane++) {
      radius_bits[lane] = (uint32_t)(words[8 * group + lane] >> 32);
      angle_bits[lane] = (uint32_t)words[8 * group + lane];
    }
    const eight uniform =
      (NUMBER(radius_bits >> 16) * 65536.0f + NUMBER(radius_bits & 0xFFFFu) + 0.5f) * 0x1p-32f;
    eight squared;
    LOGARITHM(squared, uniform);
    squared = squared * -2.0f;
    squared = WHERE(squared < 0.0f, ALL(0.0f), squared);
    eight radius;
    for (int lane = 0; lane < 8; lane++) radius[lane] = __builtin_sqrtf(squared[lane]);
    // 22 bits within an eighth of a turn to either side, then a swap and a sign choose the arc.
    const eight turn = (NUMBER(angle_bits >> 10) + 0.5f) * 0x1p-22f - 0.5f;
    const eight angle = turn * 1.5707963f;
    const eight square = angle * angle;
    eight sine = square * 2.7557319e-6f - 1.984127e-4f;
    sine = sine * square + 8.3333333e-3f;
    sine = sine * square - 1.6666667e-1f;
    sine = sine * square * angle + angle;
    eight cosine = square * 2.4801588e-5f - 1.3888889e-3f;
    cosine = cosine * square + 4.1666668e-2f;
    cosine = cosine * square - 0.5f;
    cosine = cosine * square + 1.0f;
    const eight turned = (eight)((bits)cosine ^ (angle_bits << 31));
    const bits swaps = (bits)((angle_bits & 2u) == 2u);
    AT(y, 16 * group) = radius * WHERE(swaps, sine, turned);
    AT(y, 16 * group + 8) = radius * WHERE(swaps, turned, sine);
  }
}

EIGHT_CLONES void simulation_softmax_sums(
  const float *profile, float scale, const float *noise, float spread, long count, float *largest, double *weight,
  double *moment) {
  float logits[SIMULATION_BLOCK];
  if (profile) {
    for (long i = 0; i < count; i++) logits[i] = profile[i] * scale + noise[i] * spread;
  } else {
    for (long i = 0; i < count; i++) logits[i] = noise[i] * spread;
  }
  const long whole = count / 8 * 8;
  eight high = ALL(-3.40282347e+38f);
  for (long i = 0; i < whole; i += 8) high = WHERE(high < FROM(logits, i), FROM(logits, i), high);
  float top = high[0];
  for (int lane = 1; lane < 8; lane++) top = top < high[lane] ? high[lane] : top;
  for (long i = whole; i < count; i++) top = top < logits[i] ? logits[i] : top;
  eight weights = ALL(0.0f), moments = ALL(0.0f);
  for (long i = 0; i < whole; i += 8) {
    const eight relative = FROM(logits, i) - top;
    eight exponential;
    EXPONENTIAL(exponential, relative);
    weights += exponential;
    moments += exponential * relative;
  }
  if (whole < count) {
    eight rest = ALL(top);
    memcpy(&rest, logits + whole, sizeof(float) * (size_t)(count - whole));
    const eight relative = rest - top;
    eight exponential;
    EXPONENTIAL(exponential, relative);
    for (int lane = 0; lane < count - whole; lane++) {
      weights[lane] += exponential[lane];
      moments[lane] += exponential[lane] * relative[lane];
    }
  }
  *largest = top;
  *weight = 0;
  *moment = 0;
  for (int lane = 0; lane < 8; lane++) {
    *weight += (double)weights[lane];
    *moment += (double)moments[lane];
  }
}

EIGHT_CLONES void simulation_exponential_sums(const float *x, float scale, float top, long count, double sums[3]) {
  eight weights = ALL(0.0f), moments = ALL(0.0f), squares = ALL(0.0f);
  for (long i = 0; i < count; i += 8) {
    const long lanes = count - i < 8 ? count - i : 8;
    eight values = ALL(0.0f);
    memcpy(&values, x + i, sizeof(float) * (size_t)lanes);
    const eight relative = values * scale - top;
    eight exponential;
    EXPONENTIAL(exponential, relative);
    for (long lane = lanes; lane < 8; lane++) exponential[lane] = 0.0f;
    weights += exponential;
    moments += exponential * relative;
    squares += exponential * exponential;
  }
  for (int k = 0; k < 3; k++) sums[k] = 0;
  for (int lane = 0; lane < 8; lane++) {
    sums[0] += (double)weights[lane];
    sums[1] += (double)moments[lane];
    sums[2] += (double)squares[lane];
  }
}

EIGHT_CLONES void simulation_even_and_odd(
  const float *table, long tiles, long columns, const float *rows, long count, float *middle, long stride) {
  for (long tile = 0; tile < tiles; tile++) {
    eight even[SIMULATION_ROWS] = {}, odd[SIMULATION_ROWS] = {};
    const float *place = table + 16 * tile * columns;
    for (long column = 0; column < columns; column++, place += 16) {
      const eight a = FROM(place, 0), b = FROM(place, 8);
#pragma clang loop unroll(full)
      for (int row = 0; row < SIMULATION_ROWS; row++) {
        even[row] += rows[2 * row * columns + column] * a;
        odd[row] += rows[(2 * row + 1) * columns + column] * b;
      }
    }
    for (long row = 0; row < count; row++) {
      float *centre = middle + row * stride;
      const eight below = even[row] - odd[row];
      AT(centre, 8 * tile) = even[row] + odd[row];
      AT(centre, -8 - 8 * tile) = __builtin_shufflevector(below, below, 7, 6, 5, 4, 3, 2, 1, 0);
    }
  }
}

EIGHT_CLONES void simulation_pair_logits(
  const float *products, const float *table, long groups, long pairs, float factor, float *fresh, float *stale) {
  for (long group = 0; group < groups; group++) {
    eight sum = ALL(0.0f);
    for (long pair = group * pairs; pair < (group + 1) * pairs; pair++) {
      const four product = *(const four *)(products + 4 * pair);
      sum += __builtin_shufflevector(product, product, 0, 1, 2, 3, 0, 1, 2, 3) * FROM(table, 8 * pair);
    }
    for (int key = 0; key < 2; key++) {
      fresh[2 * group + key] = factor * (sum[key] + sum[2 + key]);
      stale[2 * group + key] = factor * (sum[4 + key] + sum[6 + key]);
    }
  }
}

#define WIDE(p) (*(wide *)(p))
#define WIDE_FROM(p) (*(const wide *)(p))

EIGHT_CLONES void simulation_turned_sums(
  double *x, double *y, const double *cosine_step, const double *sine_step, const double *cosine_weight,
  const double *sine_weight, long pairs, long count, double *values) {
  for (long n = 0; n < count; n++) {
    wide sum = {};
    for (long i = 0; i < pairs; i += 4) {
      const wide a = WIDE(x + i), b = WIDE(y + i);
      sum += WIDE_FROM(cosine_weight + i) * a + WIDE_FROM(sine_weight + i) * b;
      WIDE(x + i) = a * WIDE_FROM(cosine_step + i) - b * WIDE_FROM(sine_step + i);
      WIDE(y + i) = a * WIDE_FROM(sine_step + i) + b * WIDE_FROM(cosine_step + i);
    }
    values[n] = ((sum[0] + sum[1]) + sum[2]) + sum[3];
  }
}

#define WIDE_WHERE(condition, a, b) \
  ((wide)(((wide_bits)(condition) & (wide_bits)(a)) | (~(wide_bits)(condition) & (wide_bits)(b))))

// Adding it to a double of moderate size rounds to a whole number, held in the low bits.
#define WIDE_ROUNDER 6755399441055744.0
#define LARGEST_TURN 1e8

EIGHT_CLONES void simulation_turns(const double *angles, double *cosines, double *sines, long count) {
  for (long at = 0; at < count; at += 4) {
    const size_t size = sizeof(double) * (size_t)(count - at < 4 ? count - at : 4);
    wide angle = {};
    memcpy(&angle, angles + at, size);
    const wide shifted = angle * 0x1.45f306dc9c883p-1 + WIDE_ROUNDER;
    const wide whole = shifted - WIDE_ROUNDER;
    // A quarter of a turn in four parts, the first three short enough for exact products.
    wide r = angle - whole * 0x1.921fb54p+0;
    r = r - whole * 0x1.10b461p-30;
    r = r - whole * 0x1.a626330p-58;
    r = r - whole * 0x1.45c06e0e68948p-86;
    const wide square = r * r;
    wide sine = square * (-1.0 / 1307674368000) + 1.0 / 6227020800;
    sine = sine * square - 1.0 / 39916800;
    sine = sine * square + 1.0 / 362880;
    sine = sine * square - 1.0 / 5040;
    sine = sine * square + 1.0 / 120;
    sine = sine * square - 1.0 / 6;
    sine = sine * square * r + r;
    wide cosine = square * (1.0 / 20922789888000) - 1.0 / 87178291200;
    cosine = cosine * square + 1.0 / 479001600;
    cosine = cosine * square - 1.0 / 3628800;
    cosine = cosine * square + 1.0 / 40320;
    cosine = cosine * square - 1.0 / 720;
    cosine = cosine * square + 1.0 / 24;
    cosine = cosine * square * square - square * 0.5 + 1.0;
    const wide_bits quarter = (wide_bits)shifted;
    const wide_bits swaps = (wide_bits)((quarter & 1u) == 1u);
    const wide x = (wide)((wide_bits)WIDE_WHERE(swaps, sine, cosine) ^ (((quarter + 1u) & 2u) << 62));
    const wide y = (wide)((wide_bits)WIDE_WHERE(swaps, cosine, sine) ^ ((quarter & 2u) << 62));
    memcpy(cosines + at, &x, size);
    memcpy(sines + at, &y, size);
  }
  for (long i = 0; i < count; i++) {
    if (fabs(angles[i]) <= LARGEST_TURN) continue;
    cosines[i] = cos(angles[i]);
    sines[i] = sin(angles[i]);
  }
}
