// Rows moved, added and filled.

#define FOR_COLUMNS(j) for (ptrdiff_t j = part.column; j < part.column_end; j += 16)
#define LEFT(j) (part.column_end - (j))
#define FOR_ROWS(i) for (ptrdiff_t i = part.row; i < part.row_end; i++)

INLINE void copy_row(const float *from, float *to, struct part part) {
  FOR_COLUMNS(j) store(to + j, load(from + j, LEFT(j)), LEFT(j));
}

INLINE void add_row(const float *from, float *to, struct part part) {
  FOR_COLUMNS(j) {
    store(to + j, load(to + j, LEFT(j)) + load(from + j, LEFT(j)), LEFT(j));
  }
}

static void gather(const struct job *job, struct part part) {
  const dragoman_matrix from = job->m[0], to = job->m[1];
  FOR_ROWS(i) copy_row(row_of(from, job->rows[i]), row_of(to, i), part);
}

static void scatter(const struct job *job, struct part part) {
  const dragoman_matrix from = job->m[0], to = job->m[1];
  FOR_ROWS(i) copy_row(row_of(from, i), row_of(to, job->rows[i]), part);
}

/// Split by columns only: rows may repeat.
static void scatter_add(const struct job *job, struct part part) {
  const dragoman_matrix from = job->m[0], to = job->m[1];
  FOR_ROWS(i) add_row(row_of(from, i), row_of(to, job->rows[i]), part);
}

static void copy(const struct job *job, struct part part) {
  const dragoman_matrix from = job->m[0], to = job->m[1];
  FOR_ROWS(i) copy_row(row_of(from, i), row_of(to, i), part);
}

static void add(const struct job *job, struct part part) {
  const dragoman_matrix from = job->m[0], to = job->m[1];
  FOR_ROWS(i) add_row(row_of(from, i), row_of(to, i), part);
}

static void fill(const struct job *job, struct part part) {
  const dragoman_matrix m = job->m[0];
  FOR_ROWS(i) {
    float *row = row_of(m, i);
    ptrdiff_t j = part.column;
    // What is larger than a cache goes past it: memory is not read first only to be overwritten.
    if (part.column_end - j >= 1 << 16 && ((uintptr_t)(row + j) & 63) == 0) {
      const wide value = splat(job->f[0]);
      for (; j + 16 <= part.column_end; j += 16) __builtin_nontemporal_store(value, (wide *)(row + j));
      __atomic_thread_fence(__ATOMIC_SEQ_CST);
    }
    for (; j < part.column_end; j += 16) store(row + j, splat(job->f[0]), LEFT(j));
  }
}

/// Split by columns only. Four cache lines of a row at a time: single ones, a row apart, come slowly from memory.
static void column_sums(const struct job *job, struct part part) {
  const dragoman_matrix a = job->m[0];
  ptrdiff_t j = part.column;
  for (; j + 64 <= part.column_end; j += 64) {
    wide sum[4];
    for (int c = 0; c < 4; c++) sum[c] = load(job->row + j + 16 * c, 16);
    FOR_ROWS(i) {
      const float *row = row_of(a, i) + j;
      for (int c = 0; c < 4; c++) sum[c] += load(row + 16 * c, 16);
    }
    for (int c = 0; c < 4; c++) store(job->row + j + 16 * c, sum[c], 16);
  }
  for (; j < part.column_end; j += 16) {
    wide sum = load(job->row + j, LEFT(j));
    FOR_ROWS(i) sum += load(row_of(a, i) + j, LEFT(j));
    store(job->row + j, sum, LEFT(j));
  }
}
