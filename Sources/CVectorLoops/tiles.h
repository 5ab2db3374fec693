// Products of bfloat16 pairs on tiles: Intel's AMX, which multiplies 16 rows by 16 columns over 32 terms at once.
#ifndef TILES_H
#define TILES_H

#include "include/products.h"

// Rows of a tile, and pairs of terms in one of its rows.
enum { TILE_ROWS = 16, TILE_PAIRS = 16 };

// Whether the processor has tiles, the system grants them to this process, and they give what the plain path gives. The
// first call asks the system and computes a small product; later ones repeat its answer.
int tiles_run(void);

// A block as product_bfloat16 takes it, with a rounded already, k and both strides counted in pairs. Rows of a are
// read up to multiples of TILE_ROWS and TILE_PAIRS: behind k they hold zeros, behind m whatever is there.
#define TILES_OF_PAIRS_ARGUMENTS                                                                                       \
  const uint32_t *a, long stride_a, const uint32_t *b, long panel_stride, float *c, long stride_c, long m, long n,      \
    long k, int adds
// The second writes the instructions out in C, so that what surrounds them can be tested on every machine.
void tiles_amx(TILES_OF_PAIRS_ARGUMENTS);
void tiles_emulated(TILES_OF_PAIRS_ARGUMENTS);

#endif
