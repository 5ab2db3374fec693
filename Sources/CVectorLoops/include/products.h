// Products of matrices in float32, and of bfloat16 numbers with float32 sums, with the second matrix packed beforehand.
//
// Packed, a matrix b[n][k] lies in panels of PANEL columns of its transpose: [panel][k][PANEL]. In bfloat16 two
// neighbours along k stand together, [panel][k / 2][PANEL][2], as the processors' instructions for such pairs read them;
// an odd k is filled up with a zero. What fills up the last panel is never part of a result.
//
// A sum takes its terms in order, SUM_BLOCK of them from 0, each term added with one rounding where the processor has
// such an instruction; the sums of blocks are added in order. So a result depends neither on the other rows and columns
// of a call nor on the width of a processor's vectors.
//
// PRODUCT_BF16 and the tiles take terms in pairs, and numbers below the normal ones for 0. Tiles add the even and the odd
// ones of 32 terms apart, then both sums to each other and to the result, whatever SUM_BLOCK is. Accelerate adds in an
// order of its own, which may depend on the rows and columns of a call.
#ifndef PRODUCTS_H
#define PRODUCTS_H

#include <stdint.h>

enum { PANEL = 16, SUM_BLOCK = 256 };

// How products are computed here.
enum product_path {
  PRODUCT_PLAIN,    // a loop over each number: what the others are held to
  PRODUCT_LANES,    // vectors of the compiler's choice
  PRODUCT_AVX2,     // with FMA
  PRODUCT_AVX512,
  PRODUCT_BF16,     // vdpbf16ps of AVX512-BF16: pairs of bfloat16 numbers
  PRODUCT_TILES,    // tdpbf16ps of AMX: tiles of such pairs
  PRODUCT_TILES_EMULATED,  // the same with the instructions written out in C, for tests
  PRODUCT_ACCELERATE,      // cblas_sgemm of Apple's library; not yet run on a Mac
};

// Whether this processor has what a path needs. Tiles and Accelerate run if they also agree.
int product_path_runs(enum product_path path);
// Whether a small product of bfloat16 numbers by this path is the plain one's but for rounding.
int product_path_agrees(enum product_path path);
// The fastest path here for float32 numbers, and for bfloat16 numbers.
enum product_path product_path_float32(void);
enum product_path product_path_bfloat16(void);

// Numbers in a packed matrix.
long product_packed_count(long n, long k);
long product_packed_count_bfloat16(long n, long k);

// Rows first .. first + count - 1 of b, put where they belong in a packed matrix of n rows.
void product_pack(const float *b, long first, long count, long k, float *packed);
void product_pack_bfloat16(const float *b, long first, long count, long k, uint16_t *packed);

// Term `term` of all n rows, put where it belongs in a packed matrix of k terms, an even count for bfloat16. Pairs are
// read whole: where the term `ends` the matrix, its partner becomes 0.
void product_pack_term(const float *x, long term, long n, long k, float *packed);
void product_pack_term_bfloat16(const float *x, long term, long n, long k, int ends, uint16_t *packed);

// c[m][n] = (adds ? c : 0) + sum over k of a[m][k] b[n][k]; `panel_stride` numbers from one panel to the next, which
// is k * PANEL where the whole of a packed matrix is meant.
void product_float32(
  enum product_path path, const float *a, long stride_a, const float *b, long panel_stride, float *c, long stride_c,
  long m, long n, long k, int adds);

// The same with a rounded to the nearest bfloat16 number first, ties to even; b as product_pack_bfloat16 has it.
void product_bfloat16(
  enum product_path path, const float *a, long stride_a, const uint16_t *b, long panel_stride, float *c, long stride_c,
  long m, long n, long k, int adds);

// c[m][n] = sum over k of a[m][k] b[n][k] in float64, b row by row; eight sums in turn, added in order, then the rest.
void product_float64(
  const double *a, long stride_a, const double *b, double *c, long stride_c, long m, long n, long k);

#endif
