// Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"), sixteen counters at
// once.
//
// The key is the seed, low word first. The counter is (number of the block of four words, place, low and
// high word of the update). Sixteen consecutive blocks serve 64 consecutive elements: word w of block
// 16·g + i is that of element 64·g + 16·w + i, so that words need no shuffling to meet their elements.

struct words {
  wide_word w[4];
};

/// a · b, 64 bits of each product: the low words, and the high words into `high`.
INLINE wide_word multiply_words(wide_word a, uint32_t b, wide_word *high) {
  const wide_long product = __builtin_convertvector(a, wide_long) * (wide_long)(uint64_t)b;
  *high = __builtin_convertvector(product >> 32, wide_word);
  return a * (wide_word)b;
}

/// The words of the blocks `block`, `block + 1`, … `block + 15`.
INLINE struct words philox(const struct job *job, uint32_t block) {
  const wide_word lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  wide_word c0 = lane + (wide_word)block, c1 = (wide_word)job->place;
  wide_word c2 = (wide_word)(uint32_t)job->update, c3 = (wide_word)(uint32_t)(job->update >> 32);
  uint32_t k0 = (uint32_t)job->seed, k1 = (uint32_t)(job->seed >> 32);
  for (int round = 0; round < 10; round++) {
    wide_word high0, high1;
    const wide_word low0 = multiply_words(c0, 0xD2511F53, &high0);
    const wide_word low1 = multiply_words(c2, 0xCD9E8D57, &high1);
    c0 = high1 ^ c1 ^ (wide_word)k0;
    c2 = high0 ^ c3 ^ (wide_word)k1;
    c1 = low1;
    c3 = low0;
    k0 += 0x9E3779B9;
    k1 += 0xBB67AE85;
  }
  return (struct words){{c0, c1, c2, c3}};
}

/// The factors of elements 64·g to 64·g + 63: 0 where the word is below the threshold, f[0] elsewhere.
INLINE void dropout_factors(const struct job *job, ptrdiff_t g, float *factor) {
  const struct words words = philox(job, (uint32_t)(g * 16));
  for (int w = 0; w < 4; w++) {
    const wide_int dropped = words.w[w] < (wide_word)job->threshold;
    store(factor + 16 * w, choose(dropped, splat(0.0f), splat(job->f[0])), 16);
  }
}

/// m[i, j] *= 0 or the scale, by the word of element r · columns + j, where r is rows[i], or limit + i without rows.
static void dropout(const struct job *job, struct part part) {
  const dragoman_matrix m = job->m[0];
  FOR_ROWS(i) {
    float *row = row_of(m, i);
    const ptrdiff_t start = (job->rows ? job->rows[i] : job->limit + i) * m.columns;
    // The groups of 64 elements that overlap this row.
    for (ptrdiff_t g = (start + part.column) / 64; g * 64 < start + part.column_end; g++) {
      float factor[64];
      dropout_factors(job, g, factor);
      const ptrdiff_t first = g * 64 - start;
      const ptrdiff_t from = first > part.column ? first : part.column;
      const ptrdiff_t to = at_most(first + 64, part.column_end);
      for (ptrdiff_t j = from; j < to; j += 16) {
        store(row + j, load(row + j, to - j) * load(factor + (j - first), to - j), to - j);
      }
    }
  }
}

/// m[i, j] *= 0 or the scale, by the word of element i: whole rows.
static void dropout_rows(const struct job *job, struct part part) {
  const dragoman_matrix m = job->m[0];
  float factor[64] = {0};
  ptrdiff_t drawn = -1;
  FOR_ROWS(i) {
    if (i / 64 != drawn) dropout_factors(job, drawn = i / 64, factor);
    float *row = row_of(m, i);
    FOR_COLUMNS(j) store(row + j, load(row + j, LEFT(j)) * splat(factor[i % 64]), LEFT(j));
  }
}
