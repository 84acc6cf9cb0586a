import DragomanTensor

/// Pixels of an image that a moving window meets alike: their gradient is a convolution of the positions' gradient.
///
/// In the forward pass position o meets, with place p of its window, pixel i = o·stride − padding + p, in lines as in
/// columns. So pixel i collects from the places p for which o = (i + padding − p) / stride is whole: with a stride of 1
/// from all of them, otherwise from those of one remainder, which is the same for every stride-th pixel. Among these, i
/// goes up by the stride where o goes up by 1, and o goes up where p goes down: a window of stride 1 that has the
/// places in falling order.
struct WindowPhase {
  /// Moves over the positions; its own positions are the pixels of this phase.
  let window: Window
  /// The places of the forward window, line · k + column, in the order in which this one sees them.
  let places: [Int]
  /// The row of each pixel of this phase in the matrix of the images.
  let rows: [Int32]
}

extension Window {
  /// All pixels of the images, by phase; without those that no window meets.
  var phases: [WindowPhase] {
    (0..<min(stride, source.height)).flatMap { line in
      (0..<min(stride, source.width)).compactMap { phase(line, $0) }
    }
  }

  /// Whether some pixels may be met by no window at all.
  var leavesOut: Bool { stride > min(height, width) }

  private func phase(_ line: Int, _ column: Int) -> WindowPhase? {
    let vertical = Axis(start: line, stride, size: height, padding: top, length: source.height)
    let horizontal = Axis(start: column, stride, size: width, padding: left, length: source.width)
    guard !vertical.places.isEmpty && !horizontal.places.isEmpty else { return nil }
    let shape = GridShape(
      images: source.images, height: vertical.pixels.count, width: horizontal.pixels.count)
    return WindowPhase(
      window: Window(
        height: vertical.places.count, width: horizontal.places.count, stride: 1,
        top: vertical.before, left: horizontal.before, source: target, target: shape),
      places: vertical.places.flatMap { y in horizontal.places.map { y * width + $0 } },
      rows: stride == 1 ? [] : rows(vertical.pixels, horizontal.pixels))
  }

  private func rows(_ lines: [Int], _ columns: [Int]) -> [Int32] {
    (0..<source.images).flatMap { image in
      lines.flatMap { line in
        columns.map { Int32((image * source.height + line) * source.width + $0) }
      }
    }
  }

  /// One direction of a phase.
  private struct Axis {
    /// Every stride-th pixel.
    let pixels: [Int]
    /// The places that meet them, falling.
    let places: [Int]
    /// How far before the first position the window begins.
    let before: Int

    init(start: Int, _ stride: Int, size: Int, padding: Int, length: Int) {
      pixels = Array(Swift.stride(from: start, to: length, by: stride))
      let least = (start + padding) % stride
      places = Array(Swift.stride(from: least, to: size, by: stride)).reversed()
      // The first pixel collects from position (start + padding − p) / stride, with the greatest p first.
      before = (places.first ?? 0) / stride - (start + padding) / stride
    }
  }
}
