// The body of a function with TILES_OF_PAIRS_ARGUMENTS, for either kind of tiles. Whoever includes it defines LOAD_TILE,
// STORE_TILE, ZERO_TILE and ADD_PRODUCTS; the strides they get are numbers of four bytes.
//
// Tiles 0 to 3 are two by two of results, 4 and 5 rows of a, 6 and 7 columns of b. Panels are the outer loop, so that
// they stay in the nearest cache for all rows.

uint32_t ends[2][TILE_PAIRS * PANEL];
float edges[4][TILE_ROWS * PANEL];
const long whole = k / TILE_PAIRS * TILE_PAIRS;
for (long column = 0; column < n; column += 2 * PANEL) {
  const int right = n - column > PANEL;
  const uint32_t *first = b + column / PANEL * panel_stride, *second = right ? first + panel_stride : first;
  if (whole < k) {
    fill_up(first + whole * PANEL, k - whole, ends[0]);
    fill_up(second + whole * PANEL, k - whole, ends[1]);
  }
  for (long row = 0; row < m; row += 2 * TILE_ROWS) {
    const int below = m - row > TILE_ROWS;
    struct place places[4];
    for (int t = 0; t < 4; t++) {
      const long y = row + t / 2 * TILE_ROWS, x = column + t % 2 * PANEL;
      places[t] = place_of(c + y * stride_c + x, stride_c, m - y, n - x, edges[t], adds);
    }
#define BEGIN_RESULTS(T)                                                \
  if (adds) { LOAD_TILE(T, places[T].numbers, places[T].stride); }      \
  else { ZERO_TILE(T); }
    BEGIN_RESULTS(0)
    if (right) { BEGIN_RESULTS(1) }
    if (below) { BEGIN_RESULTS(2) }
    if (right && below) { BEGIN_RESULTS(3) }
    for (long i = 0; i < k; i += TILE_PAIRS) {
      const uint32_t *x = a + row * stride_a + i;
      LOAD_TILE(4, x, stride_a);
      LOAD_TILE(6, i < whole ? first + i * PANEL : ends[0], PANEL);
      ADD_PRODUCTS(0, 4, 6);
      if (right) {
        LOAD_TILE(7, i < whole ? second + i * PANEL : ends[1], PANEL);
        ADD_PRODUCTS(1, 4, 7);
      }
      if (below) {
        LOAD_TILE(5, x + TILE_ROWS * stride_a, stride_a);
        ADD_PRODUCTS(2, 5, 6);
        if (right) { ADD_PRODUCTS(3, 5, 7); }
      }
    }
#define END_RESULTS(T)                                                  \
  STORE_TILE(T, places[T].numbers, places[T].stride);                   \
  put_back(&places[T], c + (row + T / 2 * TILE_ROWS) * stride_c + column + T % 2 * PANEL, stride_c);
    END_RESULTS(0)
    if (right) { END_RESULTS(1) }
    if (below) { END_RESULTS(2) }
    if (right && below) { END_RESULTS(3) }
#undef BEGIN_RESULTS
#undef END_RESULTS
  }
}
