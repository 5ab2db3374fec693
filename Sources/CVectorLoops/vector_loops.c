#include "vector_loops.h"

#include "lanes.h"

#include <math.h>

#define SPLAT(x) ((lanes){} + (x))
#define SELECT(condition, a, b) ((lanes)(((condition) & (mask)(a)) | (~(condition) & (mask)(b))))

// exp(x) = 2^n exp(r) with n = round(x / ln 2); a polynomial of degree 6 for exp(r) on |r| <= ln 2 / 2. Below -87.3 it is
// 0, whatever the polynomial makes of such a number; above 88.3 it may be anything.
#define EXP_UP_TO_88(result, argument)                                            \
  do {                                                                            \
    const lanes e_x = (argument);                                                 \
    const lanes e_shifted = e_x * 1.44269504088896341f + 12582912.0f;             \
    const lanes e_n = e_shifted - 12582912.0f;                                    \
    lanes e_r = e_x - e_n * 0.693359375f;                                         \
    e_r = e_r - e_n * -2.12194440e-4f;                                            \
    lanes e_p = e_r * 1.9875691500e-4f + 1.3981999507e-3f;                        \
    e_p = e_p * e_r + 8.3334519073e-3f;                                           \
    e_p = e_p * e_r + 4.1665795894e-2f;                                           \
    e_p = e_p * e_r + 1.6666665459e-1f;                                           \
    e_p = e_p * e_r + 5.0000001201e-1f;                                           \
    e_p = e_p * (e_r * e_r) + e_r + 1.0f;                                         \
    /* Times 2^n: n, the last bits of the shifted number, goes to the exponent. */ \
    const mask e_power = (mask)e_p + ((mask)e_shifted << 23);                     \
    (result) = (lanes)(~(e_x < -87.3f) & e_power);                                \
  } while (0)
#define EXP(result, argument)                                   \
  do {                                                          \
    lanes e_any = (argument);                                   \
    e_any = SELECT(e_any > 88.3f, SPLAT(88.3f), e_any);         \
    EXP_UP_TO_88(result, e_any);                                \
  } while (0)

INLINE float sum_of(const lanes *v) {
  float part[LANES];
  memcpy(part, v, sizeof part);
  for (int width = LANES / 2; width > 0; width /= 2)
    for (int i = 0; i < width; i++) part[i] += part[i + width];
  return part[0];
}

INLINE float largest_of(const lanes *v) {
  float part[LANES];
  memcpy(part, v, sizeof part);
  for (int width = LANES / 2; width > 0; width /= 2)
    for (int i = 0; i < width; i++) part[i] = part[i] > part[i + width] ? part[i] : part[i + width];
  return part[0];
}

// The numbers of an incomplete last group, the other lanes filled.
INLINE void load_tail(lanes *v, const float *x, long count, float filler) {
  float part[LANES];
  for (int i = 0; i < LANES; i++) part[i] = filler;
  memcpy(part, x, (size_t)count * sizeof(float));
  memcpy(v, part, sizeof part);
}

INLINE void store_tail(float *y, const lanes *v, long count) { memcpy(y, v, (size_t)count * sizeof(float)); }

// Runs BODY on each group of lanes; `at` is its first index, `width` how many of its lanes exist.
#define FOR_GROUPS(count, BODY)                     \
  do {                                              \
    long at = 0;                                    \
    for (; at + LANES <= (count); at += LANES) {    \
      const long width = LANES;                     \
      BODY                                          \
    }                                               \
    if (at < (count)) {                             \
      const long width = (count) - at;              \
      BODY                                          \
    }                                               \
  } while (0)
#define GROUP(v, p, filler) \
  lanes v;                  \
  if (width == LANES) v = LOAD((p) + at); else load_tail(&v, (p) + at, width, filler)
#define PUT(p, v) \
  if (width == LANES) STORE((p) + at, v); else store_tail((p) + at, &(v), width)

CLONES void vector_exp(const float *x, float *y, long count) {
  FOR_GROUPS(count, {
    GROUP(v, x, 0.0f);
    EXP(v, v);
    PUT(y, v);
  });
}

// The largest number of a row, taken in four chains: each step of one waits for its last.
INLINE float largest_in(const float *s, long count) {
  lanes top[4];
  for (int i = 0; i < 4; i++) top[i] = SPLAT(-INFINITY);
  const long whole = count / (4 * LANES) * (4 * LANES);
  for (long at = 0; at < whole; at += 4 * LANES)
    for (int i = 0; i < 4; i++) {
      const lanes v = LOAD(s + at + i * LANES);
      top[i] = SELECT(v > top[i], v, top[i]);
    }
  s += whole;
  FOR_GROUPS(count - whole, {
    GROUP(v, s, -INFINITY);
    top[0] = SELECT(v > top[0], v, top[0]);
  });
  for (int i = 1; i < 4; i++) top[0] = SELECT(top[i] > top[0], top[i], top[0]);
  return largest_of(&top[0]);
}

CLONES void vector_softmax_step(
  float *scores, long rows, long columns, long stride, float *largest, float *sum, float *correction) {
  for (long row = 0; row < rows; row++) {
    float *s = scores + row * stride;
    float next = largest_in(s, columns);
    if (next < largest[row]) next = largest[row];
    if (next == -INFINITY) {
      memset(s, 0, (size_t)columns * sizeof(float));
      correction[row] = 1.0f;
      continue;
    }
    lanes total = SPLAT(0.0f);
    FOR_GROUPS(columns, {
      GROUP(v, s, -INFINITY);
      EXP_UP_TO_88(v, v - next);
      total += v;
      PUT(s, v);
    });
    correction[row] = largest[row] == -INFINITY ? 0.0f : expf(largest[row] - next);
    sum[row] = sum[row] * correction[row] + sum_of(&total);
    largest[row] = next;
  }
}

CLONES void vector_scale_rows(float *x, long rows, long columns, const float *factor) {
  for (long row = 0; row < rows; row++) {
    if (factor[row] == 1.0f) continue;
    float *line = x + row * columns;
    for (long i = 0; i < columns; i++) line[i] *= factor[row];
  }
}

// The sum of the squares of a row, in four chains as above.
INLINE float squares_in(const float *x, long count) {
  lanes part[4] = {};
  const long whole = count / (4 * LANES) * (4 * LANES);
  for (long at = 0; at < whole; at += 4 * LANES)
    for (int i = 0; i < 4; i++) part[i] += LOAD(x + at + i * LANES) * LOAD(x + at + i * LANES);
  x += whole;
  FOR_GROUPS(count - whole, {
    GROUP(v, x, 0.0f);
    part[0] += v * v;
  });
  part[0] = (part[0] + part[1]) + (part[2] + part[3]);
  return sum_of(&part[0]);
}

CLONES void vector_rms_norm(
  const float *x, const float *weight, float offset, float epsilon, long rows, long columns, long stride_x, float *y,
  long stride_y) {
  for (long row = 0; row < rows; row++) {
    const float *from = x + row * stride_x;
    float *to = y + row * stride_y;
    const float factor = 1.0f / sqrtf(squares_in(from, columns) / (float)columns + epsilon);
    for (long i = 0; i < columns; i++) to[i] = from[i] * factor * (weight[i] + offset);
  }
}

CLONES void vector_layer_norm(
  const float *x, const float *weight, const float *bias, float epsilon, long rows, long columns, float *y) {
  for (long row = 0; row < rows; row++) {
    const float *from = x + row * columns;
    float *to = y + row * columns;
    lanes total = SPLAT(0.0f);
    FOR_GROUPS(columns, {
      GROUP(v, from, 0.0f);
      total += v;
    });
    const float mean = sum_of(&total) / (float)columns;
    lanes squares = SPLAT(0.0f);
    FOR_GROUPS(columns, {
      GROUP(v, from, mean);
      v = v - mean;
      squares += v * v;
    });
    const float factor = 1.0f / sqrtf(sum_of(&squares) / (float)columns + epsilon);
    if (bias)
      for (long i = 0; i < columns; i++) to[i] = (from[i] - mean) * factor * weight[i] + bias[i];
    else
      for (long i = 0; i < columns; i++) to[i] = (from[i] - mean) * factor * weight[i];
  }
}

CLONES void vector_gated_silu(const float *gate, const float *up, float *y, long count) {
  FOR_GROUPS(count, {
    GROUP(g, gate, 0.0f);
    GROUP(u, up, 0.0f);
    lanes e;
    EXP(e, -g);
    u = g / (e + 1.0f) * u;
    PUT(y, u);
  });
}

CLONES void vector_gated_gelu_tanh(const float *gate, const float *up, float *y, long count) {
  // 0.5 (1 + tanh u) = 1 / (1 + exp(-2u)) with u = sqrt(2/pi) (x + 0.044715 x^3)
  FOR_GROUPS(count, {
    GROUP(g, gate, 0.0f);
    lanes e;
    EXP(e, (g + g * g * g * 0.044715f) * -1.5957691216057308f);
    lanes result = g / (e + 1.0f);
    if (up) {
      GROUP(u, up, 0.0f);
      result *= u;
    }
    PUT(y, result);
  });
}

CLONES void vector_soft_cap(float *x, float cap, long count) {
  // tanh u = 1 - 2 / (exp(2u) + 1)
  FOR_GROUPS(count, {
    GROUP(v, x, 0.0f);
    lanes e;
    EXP(e, v * (2.0f / cap));
    v = cap - 2.0f * cap / (e + 1.0f);
    PUT(x, v);
  });
}

CLONES void vector_rotate_half(
  const float *x, const float *cosines, const float *sines, float scale, long pairs, long features, float *y) {
  for (long i = 0; i < pairs; i++) {
    const float first = x[i] * scale, second = x[i + pairs] * scale;
    y[i] = first * cosines[i] - second * sines[i];
    y[i + pairs] = first * sines[i] + second * cosines[i];
  }
  for (long i = 2 * pairs; i < features; i++) y[i] = x[i] * scale;
}

CLONES void vector_rotate_interleaved(
  const float *x, const float *cosines, const float *sines, float scale, long pairs, long features, float *y) {
  for (long i = 0; i < pairs; i++) {
    const float first = x[2 * i] * scale, second = x[2 * i + 1] * scale;
    y[2 * i] = first * cosines[i] - second * sines[i];
    y[2 * i + 1] = first * sines[i] + second * cosines[i];
  }
  for (long i = 2 * pairs; i < features; i++) y[i] = x[i] * scale;
}

CLONES void vector_add(float *x, const float *y, long count) {
  for (long i = 0; i < count; i++) x[i] += y[i];
}
