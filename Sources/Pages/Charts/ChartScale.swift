import DragomanSystem
import DragomanFormats

/// Takes values to a stretch of a picture, evenly or by their logarithm.
package struct ChartScale {
  /// How values are spread.
  package enum Kind: String, CaseIterable {
    /// Equal differences take equal room.
    case linear
    /// Equal ratios take equal room; for values above 0.
    case logarithmic
  }

  package let kind: Kind
  package let lower: Double
  package let upper: Double
  /// Values where a line of the grid stands.
  package let ticks: [Double]
  /// Where ``lower`` and ``upper`` stand in the picture.
  package let start: Double
  package let end: Double

  /// A scale that holds all these values.
  ///
  /// - Parameters:
  ///   - values: finite; there may be none.
  ///   - kind: how they are spread; logarithmic needs a value above 0.
  ///   - isRounded: whether the scale ends at ticks.
  ///   - start: where the smallest value stands.
  ///   - end: where the largest value stands.
  package init(
    _ values: [Double], _ kind: Kind, isRounded: Bool, from start: Double, to end: Double
  ) {
    self.kind = kind
    (self.start, self.end) = (start, end)
    let values = kind == .linear ? values : values.filter { $0 > 0 }
    let (least, most) = (values.min() ?? 0, values.max() ?? 1)
    switch kind {
    case .linear:
      // Values that come near to 0 are shown with it: lengths then compare as the values do.
      let isNearZero = least > 0 && (least < 0.4 * most || least == most)
      let floor = isRounded && isNearZero ? 0 : least
      let step = Self.step(most > floor ? most - floor : most == 0 ? 1 : most.magnitude)
      var ticks = Self.multiples(of: step, from: floor, to: most)
      if isRounded {
        ticks = Self.multiples(
          of: step, from: (floor / step).rounded(.down) * step,
          to: (most / step).rounded(.up) * step)
        if ticks.count == 1 { ticks.append(ticks[0] + step) }
      }
      (lower, upper) =
        isRounded
        ? (ticks[0], ticks[ticks.count - 1])
        : (floor, most > floor ? most : floor + max(1, floor.magnitude * 1e-9))
      self.ticks = ticks
    case .logarithmic:
      let (low, high) = (Self.ladder(atMost: least), Self.ladder(atLeast: most))
      (lower, upper) = (low, high > low ? high : low * 10)
      self.ticks = Self.logarithmicTicks(lower, upper)
    }
  }

  /// Where a value stands; what a logarithm does not have stands at the start.
  package func position(_ value: Double) -> Double {
    let share: Double
    switch kind {
    case .linear: share = (value - lower) / (upper - lower)
    case .logarithmic:
      share =
        value <= 0
        ? 0 : logarithm(value / lower) / logarithm(upper / lower)
    }
    return start + min(max(share, 0), 1) * (end - start)
  }

  // MARK: Ticks

  /// A step of 1, 2 or 5 times a power of ten that cuts a range into about five.
  private static func step(_ range: Double) -> Double {
    let power = powerOfTen(atMost: range / 5)
    let mantissa = range / 5 / power
    return power * (mantissa < 1.5 ? 1 : mantissa < 3.5 ? 2 : mantissa < 7.5 ? 5 : 10)
  }

  private static func multiples(
    of step: Double, from lower: Double, to upper: Double
  ) -> [Double] {
    let slack = 1e-9
    let (first, last) = (
      (lower / step - slack).rounded(.up), (upper / step + slack).rounded(.down)
    )
    guard first <= last else { return [] }
    // A product gives 0.3 where a sum gives 0.30000000000000004.
    return (0...Int(last - first)).map { (first + Double($0)) * step }
  }

  /// The largest of …, 1, 2, 5, 10, … that is not above a value.
  private static func ladder(atMost value: Double) -> Double {
    let power = powerOfTen(atMost: value)
    return power * ([5.0, 2, 1].first { $0 * power <= value * (1 + 1e-9) } ?? 1)
  }

  private static func ladder(atLeast value: Double) -> Double {
    let power = powerOfTen(atMost: value)
    return power * ([1.0, 2, 5, 10].first { $0 * power >= value * (1 - 1e-9) } ?? 10)
  }

  private static func logarithmicTicks(_ lower: Double, _ upper: Double) -> [Double] {
    var ticks: [Double] = []
    var power = powerOfTen(atMost: lower)
    while power <= upper * (1 + 1e-9) {
      ticks += [1.0, 2, 5].map { $0 * power }
      power *= 10
    }
    ticks = ticks.filter { $0 >= lower * (1 - 1e-9) && $0 <= upper * (1 + 1e-9) }
    // Room is for seven: fewer steps to a decade, then fewer decades.
    if ticks.count > 7 {
      ticks = ticks.filter { abs($0 / powerOfTen(atMost: $0) - 1) < 1e-9 }
      let every = (ticks.count + 6) / 7
      ticks = ticks.enumerated().filter { $0.offset % every == 0 }.map(\.element)
    }
    return ticks
  }

  /// The largest power of ten that is not above a value above 0.
  private static func powerOfTen(atMost value: Double) -> Double { power(exponent(value)) }

  /// The exponent of that power.
  private static func exponent(_ value: Double) -> Int {
    guard value.isFinite, value > 0 else { return 0 }
    var exponent = 0
    while power(exponent + 1) <= value * (1 + 1e-9) { exponent += 1 }
    while power(exponent) > value * (1 + 1e-9) { exponent -= 1 }
    return exponent
  }

  /// 10 to a whole number, as near as reading `1e-5` gives it.
  private static func power(_ exponent: Int) -> Double {
    Double("1e\(exponent)") ?? (exponent < 0 ? .leastNonzeroMagnitude : .infinity)
  }

  // MARK: Words

  /// A tick in few characters: `0.0005`, `20k`, `1e-7`; ticks that stand evenly have one unit.
  package func label(_ tick: Double) -> String {
    switch kind {
    case .linear:
      let step = ticks.count > 1 ? ticks[1] - ticks[0] : tick.magnitude
      return Self.label(tick, step: step, largest: max(lower.magnitude, upper.magnitude))
    case .logarithmic:
      return Self.label(tick, step: tick, largest: tick)
    }
  }

  private static func label(_ value: Double, step: Double, largest: Double) -> String {
    if value.magnitude < step * 1e-6 { return "0" }
    switch largest {
    case 1e15...: return NumberText.significant(value, digits: 2)
    case 1e9...: return Coordinate.text(value / 1e9) + "G"
    case 1e6...: return Coordinate.text(value / 1e6) + "M"
    case 1e4...: return Coordinate.text(value / 1e3) + "k"
    default: break
    }
    let decimals = max(-exponent(step), 0)
    if decimals < 4 || largest >= 1e-3 { return NumberText.fixed(value, decimals: decimals) }
    let exponent = exponent(value.magnitude)
    return NumberText.fixed(value / power(exponent), decimals: decimals + exponent)
      + "e\(exponent)"
  }
}
