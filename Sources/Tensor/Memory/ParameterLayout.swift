/// The names, shapes and places of a model's parameters: what every value of ``Parameters`` agrees on.
///
/// A layer adds its parameters once, when it is made, and keeps the handles. The order of adding is the
/// order in memory; the name is the name in the checkpoint.
package struct ParameterLayout: Sendable, Equatable {
  /// One tensor of the layout.
  package struct Entry: Sendable, Equatable {
    /// Its name, for instance `encoder.0.forward.inputWeight`.
    package let name: String
    /// Its shape as the checkpoint states it: `[out, in]`, or `[size]` for a vector.
    package let shape: [Int]
    /// How it is filled before training.
    package let initialization: Initialization
    /// Where it is and how large.
    package let handle: Parameter
    /// What a running statistic takes over of each training pass, in 0...1; `nil` of what is trained.
    package let momentum: Float?

    /// Whether it is not trained but follows what training passes see; see
    /// ``Parameters/follow(statisticsIn:passes:_:)``.
    package var isStatistic: Bool { momentum != nil }
  }

  /// All tensors in the order of their memory.
  package private(set) var entries: [Entry] = []
  /// Floats of the whole slab, gaps for alignment included; the gaps hold zeros.
  package private(set) var count = 0

  /// An empty layout.
  package init() {}

  /// Floats of all tensors, without gaps: the number that people call the size of a model.
  package var parameterCount: Int { entries.reduce(0) { $0 + $1.handle.count } }

  /// Adds a matrix of `rows` × `columns` and returns its handle.
  package mutating func matrix(
    _ name: String, rows: Int, columns: Int, _ initialization: Initialization
  ) -> Parameter {
    add(name, shape: [rows, columns], rows: rows, columns: columns, initialization)
  }

  /// Adds a vector of `size`, seen as a matrix of one row, and returns its handle.
  package mutating func vector(
    _ name: String, size: Int, _ initialization: Initialization
  ) -> Parameter {
    add(name, shape: [size], rows: 1, columns: size, initialization)
  }

  /// Adds a vector that is saved, averaged and resumed as all others, but has no gradient: a running statistic.
  ///
  /// In its place in the gradients a training pass leaves what it has seen.
  package mutating func statistic(
    _ name: String, size: Int, _ initialization: Initialization, momentum: Float
  ) -> Parameter {
    precondition((0...1).contains(momentum), "a momentum of \(momentum); it must be in 0...1")
    return add(
      name, shape: [size], rows: 1, columns: size, initialization, momentum: momentum)
  }

  private mutating func add(
    _ name: String, shape: [Int], rows: Int, columns: Int, _ initialization: Initialization,
    momentum: Float? = nil
  ) -> Parameter {
    precondition(!entries.contains { $0.name == name }, "the parameter '\(name)' is added twice")
    let handle = Parameter(offset: count, rows: rows, columns: columns)
    entries.append(
      Entry(
        name: name, shape: shape, initialization: initialization, handle: handle,
        momentum: momentum))
    // Sixteen floats are 64 bytes: a cache line and the widest vector register.
    count += (handle.count + 15) & ~15
    return handle
  }
}

/// The place of one tensor in ``Parameters``: what a layer holds instead of its weights.
package struct Parameter: Sendable, Hashable {
  let offset: Int
  /// Rows of the matrix; 1 for a vector.
  package let rows: Int
  /// Columns of the matrix.
  package let columns: Int

  /// Number of floats.
  package var count: Int { rows * columns }
}

/// How a parameter is filled before training.
package enum Initialization: Sendable, Equatable {
  /// All zeros.
  case zeros
  /// Uniform in ±√(6 / (in + out)), `gates` blocks of rows one by one (Glorot and Bengio 2010, eq. 16).
  case glorot(gates: Int)
  /// Each of the `gates` blocks of rows an orthogonal matrix (Saxe et al. 2014, section 3).
  case orthogonal(gates: Int)
  /// Normal with this standard deviation.
  case normal(deviation: Float)
  /// Zeros, but ones in block `gate` of `gates`: the forget bias (Jozefowicz et al. 2015, section 4.2).
  case ones(gate: Int, of: Int)
}
