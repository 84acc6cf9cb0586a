// The patches of images, put in order for products: a convolution without a matrix of its patches.
//
// Row r of that matrix is what the window sees at position r: for each of its lines and columns the channels of the pixel,
// 0 outside of the image. The tiles of a product read their operands in an order of their own anyway, so patches are
// written into that order straight from the image; what a product keeps in its scratch memory is all there ever is of them.

/// A position of the window: image, line and column.
struct position {
  ptrdiff_t image, y, x;
};

INLINE struct position position_of(const dragoman_window *w, ptrdiff_t row) {
  const ptrdiff_t size = w->rows * w->columns, rest = row % size;
  return (struct position){row / size, rest / w->columns, rest % w->columns};
}

INLINE struct position position_after(const dragoman_window *w, struct position p) {
  if (++p.x == w->columns) {
    p.x = 0;
    if (++p.y == w->rows) {
      p.y = 0;
      p.image++;
    }
  }
  return p;
}

/// Without masks, which cost more than three short steps.
INLINE void copy_floats(float *to, const float *from, ptrdiff_t count) {
  for (; count >= 16; count -= 16, to += 16, from += 16) __builtin_memcpy(to, from, 64);
  if (count & 8) {
    __builtin_memcpy(to, from, 32);
    to += 8;
    from += 8;
  }
  if (count & 4) {
    __builtin_memcpy(to, from, 16);
    to += 4;
    from += 4;
  }
  for (count &= 3; count > 0; count--) *to++ = *from++;
}

INLINE void clear_floats(float *to, ptrdiff_t count) {
  for (; count >= 16; count -= 16, to += 16) store(to, splat(0.0f), 16);
  for (; count > 0; count--) *to++ = 0.0f;
}

INLINE ptrdiff_t between(ptrdiff_t least, ptrdiff_t x, ptrdiff_t most) {
  return x < least ? least : x > most ? most : x;
}

/// Floats `begin..<end` of what one line of the window sees; `line` is the line of the image, NULL outside of it, and `x`
/// its column below the window's first.
INLINE void copy_line(
    const dragoman_window *w, const float *line, ptrdiff_t x, ptrdiff_t channels, ptrdiff_t stride,
    ptrdiff_t begin, ptrdiff_t end, float *target) {
  if (!line) {
    clear_floats(target, end - begin);
    return;
  }
  if (channels == stride) {
    // Pixels side by side are one run, and so is what lies outside on either side.
    const ptrdiff_t first = between(begin, -x * channels, end);
    const ptrdiff_t last = between(first, (w->source_width - x) * channels, end);
    clear_floats(target, first - begin);
    copy_floats(target + first - begin, line + x * channels + first, last - first);
    clear_floats(target + last - begin, end - last);
    return;
  }
  for (ptrdiff_t at = begin; at < end;) {
    const ptrdiff_t column = at / channels, stop = at_most((column + 1) * channels, end);
    if (x + column >= 0 && x + column < w->source_width) {
      copy_floats(target, line + (x + column) * stride + at - column * channels, stop - at);
    } else {
      clear_floats(target, stop - at);
    }
    target += stop - at;
    at = stop;
  }
}

/// Floats `from..<to` of the patch at a position.
INLINE void write_patch(
    dragoman_matrix x, const dragoman_window *w, struct position p, ptrdiff_t from, ptrdiff_t to,
    float *target) {
  const ptrdiff_t size = w->width * x.columns;
  for (ptrdiff_t line = from / size; line * size < to; line++) {
    const ptrdiff_t begin = line * size < from ? from - line * size : 0;
    const ptrdiff_t end = at_most(to - line * size, size);
    const ptrdiff_t y = p.y * w->stride - w->top + line;
    const float *pixels = y < 0 || y >= w->source_height
                              ? NULL
                              : row_of(x, (p.image * w->source_height + y) * w->source_width);
    copy_line(w, pixels, p.x * w->stride - w->left, x.columns, x.stride, begin, end, target);
    target += end - begin;
  }
}

/// As `pack_left`, row after row, of the patches.
static void pack_left_patches(
    dragoman_matrix x, const dragoman_window *w, ptrdiff_t row, ptrdiff_t rows, ptrdiff_t tiles,
    ptrdiff_t k, ptrdiff_t depth, float *target) {
  struct position p = position_of(w, row);
  ptrdiff_t from = 0;
  for (ptrdiff_t t = 0; t < tiles; t++, target += LEFT_TILE) {
    const ptrdiff_t to = rows * (t + 1) / tiles;
    for (ptrdiff_t i = 0; i < to - from; i++) {
      write_patch(x, w, p, k, k + depth, target + i * PANEL_STRIDE);
      p = position_after(w, p);
    }
    from = to;
  }
}

/// Columns that are put in order at a time: about 256, a kilobyte of the first cache, in whole panels.
enum { PATCH_COLUMNS = 256 / TILE_COLUMNS * TILE_COLUMNS };

/// As `pack_right`, of the patches: positions `k..<k_end`, floats `from..<to` of each.
static void pack_right_patches(
    dragoman_matrix x, const dragoman_window *w, ptrdiff_t k, ptrdiff_t k_end, ptrdiff_t from,
    ptrdiff_t to, float *packed, ptrdiff_t panel) {
  float line[PATCH_COLUMNS];
  const ptrdiff_t panels = PATCH_COLUMNS / TILE_COLUMNS;
  for (ptrdiff_t column = from; column < to; column += PATCH_COLUMNS, packed += panels * panel) {
    const ptrdiff_t count = at_most(PATCH_COLUMNS, to - column);
    clear_floats(line + count, PATCH_COLUMNS - count);
    struct position p = position_of(w, k);
    float *target = packed;
    for (ptrdiff_t l = k; l < k_end; l++, target += TILE_COLUMNS) {
      write_patch(x, w, p, column, column + count, line);
      p = position_after(w, p);
      for (ptrdiff_t j = 0; j * TILE_COLUMNS < count; j++) {
        __builtin_memcpy(
            target + j * panel, line + j * TILE_COLUMNS, TILE_COLUMNS * sizeof(float));
      }
    }
  }
}
