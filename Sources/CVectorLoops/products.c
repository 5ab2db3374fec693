#include "products.h"

#include "lanes.h"
#include "tiles.h"

#include <math.h>

#define UNROLLED _Pragma("clang loop unroll(full)")

#if defined(__x86_64__)
#include <immintrin.h>
#define FOR_AVX2 __attribute__((target("avx2,fma")))
#define FOR_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma")))
#define FOR_BF16 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,fma")))
#endif

#if __has_include(<Accelerate/Accelerate.h>)
#define ACCELERATE_NEW_LAPACK
#include <Accelerate/Accelerate.h>
#define HAS_ACCELERATE 1
#else
#define HAS_ACCELERATE 0
#endif

typedef uint32_t words __attribute__((vector_size(64), aligned(4)));

// MARK: Rounding and packing

INLINE uint32_t bits_of(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

INLINE float number_of(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

// Half of the last place that is kept is added, a little less where that place is even. What is not a number might
// lose the bits that say so, and keeps one.
INLINE uint32_t rounded(uint32_t bits) {
  const uint32_t nearest = bits + 0x7FFF + ((bits >> 16) & 1), quiet = bits | 0x00400000;
  return ((bits & 0x7FFFFFFF) > 0x7F800000 ? quiet : nearest) & 0xFFFF0000;
}

INLINE void round_row(const float *x, float *y, long count) {
  for (long i = 0; i < count; i++) y[i] = number_of(rounded(bits_of(x[i])));
}

long product_packed_count(long n, long k) { return (n + PANEL - 1) / PANEL * PANEL * k; }
long product_packed_count_bfloat16(long n, long k) { return product_packed_count(n, (k + 1) / 2 * 2); }

void product_pack(const float *b, long first, long count, long k, float *packed) {
  for (long row = first; row < first + count; row++) {
    float *to = packed + row / PANEL * PANEL * k + row % PANEL;
    for (long i = 0; i < k; i++) to[i * PANEL] = b[(row - first) * k + i];
  }
}

void product_pack_bfloat16(const float *b, long first, long count, long k, uint16_t *packed) {
  const long pairs = (k + 1) / 2;
  for (long row = first; row < first + count; row++) {
    uint16_t *to = packed + (row / PANEL * PANEL * pairs + row % PANEL) * 2;
    for (long i = 0; i < 2 * pairs; i++)
      to[i / 2 * PANEL * 2 + i % 2] = i < k ? rounded(bits_of(b[(row - first) * k + i])) >> 16 : 0;
  }
}

void product_pack_term(const float *x, long term, long n, long k, float *packed) {
  for (long row = 0; row < n; row += PANEL)
    memcpy(packed + row * k + term * PANEL, x + row, (size_t)(n - row < PANEL ? n - row : PANEL) * sizeof(float));
}

void product_pack_term_bfloat16(const float *x, long term, long n, long k, int ends, uint16_t *packed) {
  for (long row = 0; row < n; row++) {
    uint16_t *to = packed + row / PANEL * PANEL * k + (term / 2 * PANEL + row % PANEL) * 2 + term % 2;
    to[0] = rounded(bits_of(x[row])) >> 16;
    if (ends && term % 2 == 0) to[1] = 0;
  }
}

// MARK: One tile of results, its sums held in registers

// Adds the sums of a tile to c, or writes them; the last panel may be narrower.
INLINE void put(const lanes *sum, float *c, int adds, long width) {
  if (width >= PANEL) {
    STORE(c, adds ? LOAD(c) + *sum : *sum);
    return;
  }
  float part[PANEL];
  memcpy(part, sum, sizeof part);
  for (long i = 0; i < width; i++) c[i] = adds ? c[i] + part[i] : part[i];
}

// What every kind of tile has: its place, and the counts that are constants wherever one is inlined.
#define TILE_ARGUMENTS(NUMBER)                                                                                       \
  const NUMBER *a, long stride_a, const NUMBER *b, long panel_stride, float *c, long stride_c, long k, int adds,     \
    long columns, const int rows, const int panels
#define CLEAR_SUMS                                                   \
  lanes sum[14][2];                                                  \
  UNROLLED for (int r = 0; r < rows; r++)                            \
    UNROLLED for (int p = 0; p < panels; p++) sum[r][p] = (lanes){}
#define PUT_SUMS                                                     \
  UNROLLED for (int r = 0; r < rows; r++)                            \
    UNROLLED for (int p = 0; p < panels; p++)                        \
      put(&sum[r][p], c + r * stride_c + p * PANEL, adds, columns - p * PANEL)

INLINE void tile_of_numbers(TILE_ARGUMENTS(float)) {
  CLEAR_SUMS;
  for (long i = 0; i < k; i++) {
    const float *first = b + i * PANEL, *second = first + (panels - 1) * panel_stride;
    // The panels of the next tile come from far.
    __builtin_prefetch(first + panels * panel_stride, 0, 2);
    if (panels > 1) __builtin_prefetch(second + panels * panel_stride, 0, 2);
    UNROLLED for (int r = 0; r < rows; r++) {
      const float x = a[r * stride_a + i];
      sum[r][0] += x * LOAD(first);
      if (panels > 1) sum[r][1] += x * LOAD(second);
    }
  }
  PUT_SUMS;
}

#if defined(__x86_64__)
FOR_BF16 INLINE void tile_of_pairs(TILE_ARGUMENTS(uint32_t)) {
  CLEAR_SUMS;
  for (long i = 0; i < k; i++) {
    const uint32_t *first = b + i * PANEL, *second = first + (panels - 1) * panel_stride;
    const __m512bh one = (__m512bh)_mm512_loadu_si512(first), two = (__m512bh)_mm512_loadu_si512(second);
    UNROLLED for (int r = 0; r < rows; r++) {
      const __m512bh x = (__m512bh)_mm512_set1_epi32((int)a[r * stride_a + i]);
      sum[r][0] = (lanes)_mm512_dpbf16_ps((__m512)sum[r][0], x, one);
      if (panels > 1) sum[r][1] = (lanes)_mm512_dpbf16_ps((__m512)sum[r][1], x, two);
    }
  }
  PUT_SUMS;
}
#endif

// MARK: All tiles of a block of sums

#define TILES_ARGUMENTS(NUMBER)                                                                                      \
  const NUMBER *a, long stride_a, const NUMBER *b, long panel_stride, float *c, long stride_c, long m, long n,       \
    long k, int adds

// Rows inside, so that panels stay in the nearest cache for all of them. MANY rows are a tile while there are so many,
// then SOME, then one: as many as the registers of a machine hold sums for.
#define TILES(TILE, MANY, SOME, PANELS)                                             \
  for (long column = 0; column < n;) {                                              \
    const long left = n - column, panels = PANELS > 1 && left > PANEL ? 2 : 1;      \
    const __typeof__(*b) *panel = b + column / PANEL * panel_stride;                \
    long row = 0;                                                                   \
    if (panels == 1) {                                                              \
      TILES_OF(TILE, MANY, 1)                                                       \
      TILES_OF(TILE, SOME, 1)                                                       \
      TILES_OF(TILE, 1, 1)                                                          \
    } else {                                                                        \
      TILES_OF(TILE, MANY, PANELS)                                                  \
      TILES_OF(TILE, SOME, PANELS)                                                  \
      TILES_OF(TILE, 1, PANELS)                                                     \
    }                                                                               \
    column += panels * PANEL;                                                       \
  }
#define TILES_OF(TILE, ROWS, PANELS)                                                                           \
  for (; m - row >= ROWS; row += ROWS)                                                                         \
    TILE(                                                                                                      \
      a + row * stride_a, stride_a, panel, panel_stride, c + row * stride_c + column, stride_c, k, adds, left, \
      ROWS, PANELS);

// Numbers one after another: what the others are held to.
static void tiles_plain(TILES_ARGUMENTS(float)) {
  for (long row = 0; row < m; row++)
    for (long column = 0; column < n; column++) {
      const float *panel = b + column / PANEL * panel_stride + column % PANEL;
      float sum = 0, *to = c + row * stride_c + column;
      for (long i = 0; i < k; i++) sum = fmaf(a[row * stride_a + i], panel[i * PANEL], sum);
      *to = adds ? *to + sum : sum;
    }
}

static void tiles_lanes(TILES_ARGUMENTS(float)) {
#if defined(__aarch64__)
  TILES(tile_of_numbers, 6, 2, 1)
#else
  TILES(tile_of_numbers, 2, 1, 1)
#endif
}

#if defined(__x86_64__)
FOR_AVX2 static void tiles_avx2(TILES_ARGUMENTS(float)) { TILES(tile_of_numbers, 6, 2, 1) }
FOR_AVX512 static void tiles_avx512(TILES_ARGUMENTS(float)) { TILES(tile_of_numbers, 14, 4, 2) }
FOR_BF16 static void tiles_bf16(TILES_ARGUMENTS(uint32_t)) { TILES(tile_of_pairs, 14, 4, 2) }
#endif

#if HAS_ACCELERATE
static void tiles_accelerate(TILES_ARGUMENTS(float)) {
  for (long column = 0; column < n; column += PANEL)
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)m, (int)(n - column < PANEL ? n - column : PANEL), (int)k, 1, a,
      (int)stride_a, b + column / PANEL * panel_stride, PANEL, adds ? 1 : 0, c + column, (int)stride_c);
}
#endif

// MARK: Paths

typedef void (*tiles_function)(TILES_ARGUMENTS(float));

static tiles_function tiles_of(enum product_path path) {
#if defined(__x86_64__)
  if (path == PRODUCT_AVX2) return tiles_avx2;
  if (path == PRODUCT_AVX512 || path == PRODUCT_BF16 || path == PRODUCT_TILES) return tiles_avx512;
#endif
#if HAS_ACCELERATE
  if (path == PRODUCT_ACCELERATE) return tiles_accelerate;
#endif
  return path == PRODUCT_PLAIN ? tiles_plain : tiles_lanes;
}

int product_path_runs(enum product_path path) {
  if (path == PRODUCT_PLAIN || path == PRODUCT_LANES || path == PRODUCT_TILES_EMULATED) return 1;
#if defined(__x86_64__)
  const int has_avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
    && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
  if (path == PRODUCT_AVX2) return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (path == PRODUCT_AVX512) return has_avx512;
  const int has_pairs = has_avx512 && __builtin_cpu_supports("avx512bf16");
  if (path == PRODUCT_BF16) return has_pairs;
  if (path == PRODUCT_TILES) return has_pairs && tiles_run();
#endif
  if (path == PRODUCT_ACCELERATE) return HAS_ACCELERATE && product_path_agrees(path);
  return 0;
}

enum product_path product_path_float32(void) {
  if (product_path_runs(PRODUCT_ACCELERATE)) return PRODUCT_ACCELERATE;
  if (product_path_runs(PRODUCT_AVX512)) return PRODUCT_AVX512;
  return product_path_runs(PRODUCT_AVX2) ? PRODUCT_AVX2 : PRODUCT_LANES;
}

// Pairs are taken where they are faster: AMD's processors begin one in each cycle, Intel's one in two, half of what
// their two units for float32 numbers do with the same numbers widened.
enum product_path product_path_bfloat16(void) {
  if (product_path_runs(PRODUCT_TILES)) return PRODUCT_TILES;
#if defined(__x86_64__)
  if (product_path_runs(PRODUCT_BF16) && __builtin_cpu_is("amd")) return PRODUCT_BF16;
#endif
  return product_path_float32();
}

// MARK: Whole products

// Rows that are copied together: a block of them stays in the second cache.
enum { ROW_BLOCK = 256 };
static _Thread_local float staged[ROW_BLOCK * SUM_BLOCK] __attribute__((aligned(64)));
// Rows of bfloat16 numbers lie in it a little apart, so that they share no places of the nearest cache.
enum { ROW_OF_HALVES = SUM_BLOCK + 32 };

// Runs BODY for blocks of at most ROW_BLOCK rows from `row` and SUM_BLOCK terms from `term`.
#define FOR_BLOCKS(BODY)                                                    \
  for (long row = 0; row < m; row += ROW_BLOCK) {                           \
    const long rows = m - row < ROW_BLOCK ? m - row : ROW_BLOCK;            \
    for (long term = 0; term < k || term == 0; term += SUM_BLOCK) {         \
      const long terms = k - term < SUM_BLOCK ? k - term : SUM_BLOCK;       \
      const float *from = a + row * stride_a + term;                        \
      float *to = c + row * stride_c;                                       \
      BODY                                                                  \
    }                                                                       \
  }

void product_float32(
  enum product_path path, const float *a, long stride_a, const float *b, long panel_stride, float *c, long stride_c,
  long m, long n, long k, int adds) {
  const tiles_function run = tiles_of(path);
  // Accelerate makes its own blocks.
  if (path == PRODUCT_ACCELERATE) {
    run(a, stride_a, b, panel_stride, c, stride_c, m, n, k, adds);
    return;
  }
  // Rows that are a power of two apart share few places of the nearest cache: they are copied closer together.
  const int copies = m > 1 && stride_a % 1024 == 0;
  FOR_BLOCKS({
    if (copies)
      for (long r = 0; r < rows; r++)
        memcpy(staged + r * SUM_BLOCK, from + r * stride_a, (size_t)terms * sizeof(float));
    run(
      copies ? staged : from, copies ? SUM_BLOCK : stride_a, b + term * PANEL, panel_stride, to, stride_c, rows, n,
      terms, adds || term > 0);
  })
}

// Two panels of bfloat16 numbers as float32, so that they are widened once for all rows.
static _Thread_local float widened[2 * PANEL * SUM_BLOCK];

#define WIDEN_AND_RUN(RUN)                                                                                    \
  for (long r = 0; r < m; r++) round_row(a + r * stride_a, staged + r * SUM_BLOCK, k);                        \
  for (long column = 0; column < n; column += 2 * PANEL) {                                                    \
    for (int p = 0; p < 2 && column + p * PANEL < n; p++) {                                                   \
      const uint32_t *pairs = b + (column / PANEL + p) * panel_stride;                                        \
      float *wide = widened + p * PANEL * SUM_BLOCK;                                                          \
      for (long i = 0; i < (k + 1) / 2; i++) {                                                                \
        const words both = *(const words *)(pairs + i * PANEL);                                               \
        STORE(wide + 2 * i * PANEL, (lanes)(both << 16));                                                     \
        STORE(wide + (2 * i + 1) * PANEL, (lanes)(both & 0xFFFF0000));                                        \
      }                                                                                                       \
    }                                                                                                         \
    const long left = n - column;                                                                             \
    RUN(                                                                                                      \
      staged, SUM_BLOCK, widened, PANEL * SUM_BLOCK, c + column, stride_c, m, left < 2 * PANEL ? left : 2 * PANEL, k, adds); \
  }

// A block of rows and terms, of pairs that are still in bfloat16.
#define BLOCK_ARGUMENTS                                                                                              \
  const float *a, long stride_a, const uint32_t *b, long panel_stride, float *c, long stride_c, long m, long n, long k, \
    int adds
static void block_plain(BLOCK_ARGUMENTS) { WIDEN_AND_RUN(tiles_plain) }
static void block_lanes(BLOCK_ARGUMENTS) { WIDEN_AND_RUN(tiles_lanes) }
#if HAS_ACCELERATE
static void block_accelerate(BLOCK_ARGUMENTS) { WIDEN_AND_RUN(tiles_accelerate) }
#endif
#if defined(__x86_64__)
FOR_AVX2 static void block_avx2(BLOCK_ARGUMENTS) { WIDEN_AND_RUN(tiles_avx2) }
FOR_AVX512 static void block_avx512(BLOCK_ARGUMENTS) { WIDEN_AND_RUN(tiles_avx512) }
#endif

// Rows rounded into `staged` as pairs of neighbours, with zeros behind them to a multiple of what a tile reads. Numbers
// below the normal ones may become 0, which is what the products of pairs take them for.
#define PAIRS_OF_ROWS(ROUND)                                                                     \
  uint16_t *halves = (uint16_t *)staged;                                                         \
  for (long r = 0; r < m; r++)                                                                   \
    for (long i = 0; i < k; i += 2 * TILE_PAIRS)                                                 \
      for (long part = i; part < i + 2 * TILE_PAIRS; part += LANES)                              \
        ROUND(a + r * stride_a + part, k - part, halves + r * ROW_OF_HALVES + part);

INLINE void round_sixteen(const float *x, long left, uint16_t *halves) {
  for (long i = 0; i < LANES; i++) halves[i] = i < left ? rounded(bits_of(x[i])) >> 16 : 0;
}

static void block_tiles_emulated(BLOCK_ARGUMENTS) {
  PAIRS_OF_ROWS(round_sixteen)
  tiles_emulated((uint32_t *)staged, ROW_OF_HALVES / 2, b, panel_stride, c, stride_c, m, n, (k + 1) / 2, adds);
}
#if defined(__x86_64__)
FOR_BF16 INLINE void round_sixteen_at_once(const float *x, long left, uint16_t *halves) {
  const __mmask16 there = left >= 16 ? 0xFFFF : left > 0 ? (__mmask16)((1 << left) - 1) : 0;
  const __m256bh sixteen = _mm512_cvtneps_pbh(_mm512_maskz_loadu_ps(there, x));
  _mm256_storeu_si256((__m256i_u *)halves, (__m256i)sixteen);
}

FOR_BF16 static void block_bf16(BLOCK_ARGUMENTS) {
  PAIRS_OF_ROWS(round_sixteen_at_once)
  tiles_bf16((uint32_t *)staged, ROW_OF_HALVES / 2, b, panel_stride, c, stride_c, m, n, (k + 1) / 2, adds);
}
#endif
#if defined(__x86_64__) && defined(__linux__)
FOR_BF16 static void block_tiles(BLOCK_ARGUMENTS) {
  PAIRS_OF_ROWS(round_sixteen_at_once)
  tiles_amx((uint32_t *)staged, ROW_OF_HALVES / 2, b, panel_stride, c, stride_c, m, n, (k + 1) / 2, adds);
}
#endif

typedef void (*block_function)(BLOCK_ARGUMENTS);

static block_function block_of(enum product_path path) {
#if defined(__x86_64__)
  if (path == PRODUCT_AVX2) return block_avx2;
  if (path == PRODUCT_AVX512) return block_avx512;
  if (path == PRODUCT_BF16) return block_bf16;
#endif
#if defined(__x86_64__) && defined(__linux__)
  if (path == PRODUCT_TILES) return block_tiles;
#endif
#if HAS_ACCELERATE
  if (path == PRODUCT_ACCELERATE) return block_accelerate;
#endif
  if (path == PRODUCT_TILES_EMULATED) return block_tiles_emulated;
  return path == PRODUCT_PLAIN ? block_plain : block_lanes;
}

void product_bfloat16(
  enum product_path path, const float *a, long stride_a, const uint16_t *b, long panel_stride, float *c, long stride_c,
  long m, long n, long k, int adds) {
  const block_function run = block_of(path);
  FOR_BLOCKS({
    run(
      from, stride_a, (const uint32_t *)b + term / 2 * PANEL, panel_stride / 2, to, stride_c, rows, n, terms,
      adds || term > 0);
  })
}

// MARK: Paths held to the plain one

int product_path_agrees(enum product_path path) {
  // More than a block of sums and a tile of rows and columns, and no multiple of anything; strides with a margin.
  enum { M = 37, N = 41, K = 301, MARGIN = 3, STRIDE_A = K + MARGIN, STRIDE_C = N + MARGIN };
  static const long panel_stride = (K + 1) / 2 * 2 * PANEL;
  float a[M * STRIDE_A], b[N * K], c[2][M * STRIDE_C];
  uint16_t packed[(N + PANEL - 1) / PANEL * (K + 1) / 2 * 2 * PANEL];
  uint32_t state = 1;
#define NEXT_NUMBER ((float)((state = state * 1664525 + 1013904223) >> 8) / (1 << 23) - 1)
  for (long i = 0; i < M * STRIDE_A; i++) a[i] = NEXT_NUMBER;
  for (long i = 0; i < N * K; i++) b[i] = NEXT_NUMBER;
  for (long i = 0; i < M * STRIDE_C; i++) c[0][i] = c[1][i] = NEXT_NUMBER;
#undef NEXT_NUMBER
  product_pack_bfloat16(b, 0, N, K, packed);
  product_bfloat16(path, a, STRIDE_A, packed, panel_stride, c[0], STRIDE_C, M, N, K, 1);
  product_bfloat16(PRODUCT_PLAIN, a, STRIDE_A, packed, panel_stride, c[1], STRIDE_C, M, N, K, 1);
  // Sums of that many numbers up to 1 are rounded by about a millionth; a term too few or too many is far more.
  for (long i = 0; i < M * STRIDE_C; i++)
    if (!(fabsf(c[0][i] - c[1][i]) < 1e-4f)) return 0;
  return 1;
}

// MARK: Float64

CLONES void product_float64(
  const double *a, long stride_a, const double *b, double *c, long stride_c, long m, long n, long k) {
  enum { WIDTH = 8, ROWS = 4 };
  for (long column = 0; column < n; column++) {
    const double *weights = b + column * k;
    for (long row = 0; row < m; row += ROWS) {
      const long rows = m - row < ROWS ? m - row : ROWS;
      // Rows that are not there are taken for the first.
      const double *x[ROWS];
      for (int r = 0; r < ROWS; r++) x[r] = a + (row + (r < rows ? r : 0)) * stride_a;
      wide_lanes sum[ROWS] = {};
      long i = 0;
      for (; i + WIDTH <= k; i += WIDTH)
        for (int r = 0; r < ROWS; r++) sum[r] += *(const wide_lanes *)(x[r] + i) * *(const wide_lanes *)(weights + i);
      for (int r = 0; r < rows; r++) {
        double total = 0;
        for (int l = 0; l < WIDTH; l++) total += sum[r][l];
        for (long j = i; j < k; j++) total += x[r][j] * weights[j];
        c[(row + r) * stride_c + column] = total;
      }
    }
  }
}
