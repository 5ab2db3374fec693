#define _GNU_SOURCE  // syscall

#include "tiles.h"

#include "lanes.h"

#include <math.h>

// MARK: What surrounds the instructions

// What LDTILECFG reads: bytes of a row and rows of each tile.
struct tile_shapes {
  uint8_t palette, start_row, reserved[14];
  uint16_t row_bytes[16];
  uint8_t rows[16];
} __attribute__((aligned(64)));

static const struct tile_shapes shapes = {
  .palette = 1,
  .row_bytes = {64, 64, 64, 64, 64, 64, 64, 64},
  .rows = {16, 16, 16, 16, 16, 16, 16, 16},
};

// The pairs that are left of a panel, with zeros behind them: what lies there may not be a number.
INLINE void fill_up(const uint32_t *pairs, long count, uint32_t *whole) {
  memset(whole, 0, TILE_PAIRS * PANEL * sizeof *whole);
  memcpy(whole, pairs, (size_t)(count * PANEL) * sizeof *whole);
}

// Where a tile of results is loaded from and stored to: a part of c, or an edge beside it where c has less than a tile.
struct place {
  float *numbers;
  long stride, rows, columns;
};

INLINE struct place place_of(float *c, long stride, long rows, long columns, float *edge, int adds) {
  if (rows >= TILE_ROWS && columns >= PANEL) return (struct place){c, stride, 0, 0};
  const struct place place = {edge, PANEL, rows < TILE_ROWS ? rows : TILE_ROWS, columns < PANEL ? columns : PANEL};
  if (adds)
    for (long r = 0; r < place.rows; r++)
      for (long i = 0; i < place.columns; i++) edge[r * PANEL + i] = c[r * stride + i];
  return place;
}

INLINE void put_back(const struct place *place, float *c, long stride) {
  for (long r = 0; r < place->rows; r++)
    for (long i = 0; i < place->columns; i++) c[r * stride + i] = place->numbers[r * PANEL + i];
}

// MARK: The instructions in C

struct emulated {
  struct tile_shapes shapes;
  uint32_t tiles[8][TILE_ROWS][16];
};

static void emulated_load(struct emulated *all, int tile, const void *from, long stride) {
  memset(all->tiles[tile], 0, sizeof all->tiles[tile]);
  for (int r = 0; r < all->shapes.rows[tile]; r++)
    memcpy(all->tiles[tile][r], (const uint32_t *)from + r * stride, all->shapes.row_bytes[tile]);
}

static void emulated_store(const struct emulated *all, int tile, void *to, long stride) {
  for (int r = 0; r < all->shapes.rows[tile]; r++)
    memcpy((uint32_t *)to + r * stride, all->tiles[tile][r], all->shapes.row_bytes[tile]);
}

// A number, or 0 of its sign in place of one below the normal ones.
static float flushed(uint32_t bits) {
  float x;
  if (!(bits & 0x7F800000)) bits &= 0x80000000;
  memcpy(&x, &bits, sizeof x);
  return x;
}
static float flushed_number(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return flushed(bits);
}

// TDPBF16PS as Intel's manual defines it: the products of even and of odd terms are summed apart, each with one rounding
// to the nearest, and the two sums added to each other and then to the result. Subnormal numbers are 0 throughout.
static void emulated_products(struct emulated *all, int result, int left, int right) {
  const int columns = all->shapes.row_bytes[result] / 4, pairs = all->shapes.row_bytes[left] / 4;
  for (int m = 0; m < all->shapes.rows[result]; m++) {
    float sums[16][2] = {};
    for (int k = 0; k < pairs; k++)
      for (int n = 0; n < columns; n++) {
        const uint32_t x = all->tiles[left][m][k], y = all->tiles[right][k][n];
        sums[n][0] = flushed_number(fmaf(flushed(x << 16), flushed(y << 16), sums[n][0]));
        sums[n][1] = flushed_number(fmaf(flushed(x & 0xFFFF0000), flushed(y & 0xFFFF0000), sums[n][1]));
      }
    for (int n = 0; n < columns; n++) {
      const float both = flushed_number(sums[n][0] + sums[n][1]);
      const float sum = flushed_number(flushed(all->tiles[result][m][n]) + both);
      memcpy(&all->tiles[result][m][n], &sum, sizeof sum);
    }
  }
}

void tiles_emulated(TILES_OF_PAIRS_ARGUMENTS) {
  struct emulated all = {.shapes = shapes};
#define LOAD_TILE(TILE, FROM, STRIDE) emulated_load(&all, TILE, FROM, STRIDE)
#define STORE_TILE(TILE, TO, STRIDE) emulated_store(&all, TILE, TO, STRIDE)
#define ZERO_TILE(TILE) memset(all.tiles[TILE], 0, sizeof all.tiles[TILE])
#define ADD_PRODUCTS(RESULT, LEFT, RIGHT) emulated_products(&all, RESULT, LEFT, RIGHT)
#include "tiles_kernel.h"
#undef LOAD_TILE
#undef STORE_TILE
#undef ZERO_TILE
#undef ADD_PRODUCTS
}

// MARK: The instructions

#if defined(__x86_64__) && defined(__linux__)
#include <cpuid.h>
#include <immintrin.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

// A thread's shapes last for the call only: tiles in use would be saved at every switch between threads.
__attribute__((target("amx-tile,amx-bf16,avx512f"))) void tiles_amx(TILES_OF_PAIRS_ARGUMENTS) {
  _tile_loadconfig(&shapes);
#define LOAD_TILE(TILE, FROM, STRIDE) _tile_loadd(TILE, FROM, (STRIDE) * 4)
#define STORE_TILE(TILE, TO, STRIDE) _tile_stored(TILE, TO, (STRIDE) * 4)
#define ZERO_TILE(TILE) _tile_zero(TILE)
#define ADD_PRODUCTS(RESULT, LEFT, RIGHT) _tile_dpbf16ps(RESULT, LEFT, RIGHT)
#include "tiles_kernel.h"
  _tile_release();
}

// Tiles and their products of bfloat16 pairs, and a system that saves both parts of their state.
static int processor_has_tiles(void) {
  unsigned int a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c >> 27 & 1)) return 0;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(d >> 22 & 1) || !(d >> 24 & 1)) return 0;
  __asm__ volatile("xgetbv" : "=a"(a), "=d"(d) : "c"(0));
  return (a >> 17 & 3) == 3;
}

// Linux keeps the tiles' large state only for processes that ask; the answer holds for all of their threads.
static int system_grants_tiles(void) {
  enum { ARCH_REQ_XCOMP_PERM = 0x1023, TILE_DATA = 18 };
  return syscall(SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, TILE_DATA) == 0;
}

static int run;
static void find_out(void) {
  run = processor_has_tiles() && system_grants_tiles() && product_path_agrees(PRODUCT_TILES);
}

int tiles_run(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, find_out);
  return run;
}
#else
int tiles_run(void) { return 0; }
#endif
