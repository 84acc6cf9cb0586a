// What a window sees along one axis, for the kernels that go pixel by pixel.

/// One line, or column, of a window: its number there, and where it falls on the other grid.
struct tap {
  ptrdiff_t number, place;
};

struct taps {
  ptrdiff_t count;
  struct tap at[DRAGOMAN_LARGEST_WINDOW];
};

/// The lines of the image that a window of `size` lines sees at position `p`.
INLINE struct taps taps_seen(
    ptrdiff_t p, ptrdiff_t size, ptrdiff_t stride, ptrdiff_t before, ptrdiff_t length) {
  struct taps taps;
  taps.count = 0;
  for (ptrdiff_t i = 0; i < size; i++) {
    const ptrdiff_t place = p * stride - before + i;
    if (place >= 0 && place < length) taps.at[taps.count++] = (struct tap){i, place};
  }
  return taps;
}

/// The positions, of `count` there are, from which the window sees line `place` of the image; by rising line of the window.
INLINE struct taps taps_seeing(
    ptrdiff_t place, ptrdiff_t size, ptrdiff_t stride, ptrdiff_t before, ptrdiff_t count) {
  struct taps taps;
  taps.count = 0;
  for (ptrdiff_t i = 0; i < size; i++) {
    const ptrdiff_t start = place + before - i;
    if (start < 0) break;
    if (stride > 1 && start % stride != 0) continue;
    const ptrdiff_t p = stride > 1 ? start / stride : start;
    if (p < count) taps.at[taps.count++] = (struct tap){i, p};
  }
  return taps;
}

#define FOR_TAPS(a, taps) for (const struct tap *a = (taps).at; a < (taps).at + (taps).count; a++)
