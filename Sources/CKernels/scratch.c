// Scratch memory that threads take for one product and give back; it is allocated when it is first taken.
#include "scratch.h"

#include <stdatomic.h>
#include <stdlib.h>

/// One scratch, and whether somebody has it. The scratch comes first, so that its address is that of the place.
struct place {
  struct scratch scratch;
  atomic_flag taken;
};

struct scratches {
  ptrdiff_t left, right;
  int count;
  struct place *places;
};

struct scratches *scratches_create(const struct dragoman_kernels *kernels, int threads) {
  struct scratches *scratches = calloc(1, sizeof *scratches);
  if (!scratches) return NULL;
  const ptrdiff_t tiles = (LEFT_ROWS + kernels->tile_rows - 1) / kernels->tile_rows;
  scratches->left = (tiles * kernels->left_tile + 15) / 16 * 16;
  scratches->right = RIGHT_FLOATS;
  // A few more than threads, for callers that come while the pool is busy.
  scratches->count = threads + 4;
  scratches->places = calloc((size_t)scratches->count, sizeof *scratches->places);
  if (!scratches->places) {
    free(scratches);
    return NULL;
  }
  return scratches;
}

void scratches_destroy(struct scratches *scratches) {
  for (int i = 0; i < scratches->count; i++) dragoman_free(scratches->places[i].scratch.left);
  free(scratches->places);
  free(scratches);
}

struct scratch *scratches_take(struct scratches *scratches, int index) {
  for (int i = 0;; i++) {
    // Part i finds its own from the call before in its cache, unless another caller has it.
    struct place *place = &scratches->places[(index + i) % scratches->count];
    if (atomic_flag_test_and_set_explicit(&place->taken, memory_order_acquire)) continue;
    struct scratch *scratch = &place->scratch;
    if (!scratch->left) {
      scratch->left =
          dragoman_allocate((size_t)(scratches->left + scratches->right) * sizeof(float));
      if (!scratch->left) abort();
      scratch->right = scratch->left + scratches->left;
    }
    return scratch;
  }
}

void scratches_give(struct scratch *scratch) {
  atomic_flag_clear_explicit(&((struct place *)scratch)->taken, memory_order_release);
}
