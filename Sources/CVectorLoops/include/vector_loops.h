// Loops over rows of float32 numbers that a compiler should turn into vector instructions. Each has a plain twin in
// Swift (PlainLoops) that defines what it computes.
#ifndef VECTOR_LOOPS_H
#define VECTOR_LOOPS_H

// y[i] = exp(x[i]); 0 below -87.3, the largest finite value's neighbourhood above 88.3. x and y may be the same.
void vector_exp(const float *x, float *y, long count);

// One step of an online softmax over rows of scores, -infinity for what is not seen. For each row: the largest score so
// far m' = max(m, max_j s_j), s_j <- exp(s_j - m'), sum <- sum * exp(m - m') + sum_j s_j, correction = exp(m - m').
void vector_softmax_step(
  float *scores, long rows, long columns, long stride, float *largest, float *sum, float *correction);

// x[r][i] *= factor[r]
void vector_scale_rows(float *x, long rows, long columns, const float *factor);

// y = x / sqrt(mean(x^2) + epsilon) * (weight + offset), row by row
void vector_rms_norm(
  const float *x, const float *weight, float offset, float epsilon, long rows, long columns, long stride_x, float *y,
  long stride_y);

// y = (x - mean) / sqrt(variance + epsilon) * weight + bias, row by row; bias may be null
void vector_layer_norm(
  const float *x, const float *weight, const float *bias, float epsilon, long rows, long columns, float *y);

// y = silu(gate) * up
void vector_gated_silu(const float *gate, const float *up, float *y, long count);

// y = gelu_tanh(gate) * up; up may be null for gelu_tanh(gate) alone
void vector_gated_gelu_tanh(const float *gate, const float *up, float *y, long count);

// x <- cap * tanh(x / cap)
void vector_soft_cap(float *x, float cap, long count);

// y = scale * (rotation of x): pairs of features turned by (cosine, sine), the features behind them only scaled
void vector_rotate_half(
  const float *x, const float *cosines, const float *sines, float scale, long pairs, long features, float *y);
void vector_rotate_interleaved(
  const float *x, const float *cosines, const float *sines, float scale, long pairs, long features, float *y);

// x += y
void vector_add(float *x, const float *y, long count);

#endif
