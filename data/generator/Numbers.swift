/// Number normalisation: English number words and the figure they mean, up to 999,999.
enum Numbers {
  static let small = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
  ]
  static let tens = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
  ]

  /// How a number is spelt.
  struct Style {
    /// "hundred and five" rather than "hundred five".
    var and = true
    /// "forty-five" rather than "forty five".
    var hyphen = true
    /// "a hundred", "a thousand" at the start.
    var indefinite = false
    /// "twelve hundred" for 1,100...9,900.
    var hundreds = false
    /// "forty-five thousand, two hundred" rather than without a comma.
    var comma = false
  }

  private static func belowHundred(_ value: Int, _ style: Style) -> String {
    if value < 20 { return small[value] }
    let (ten, one) = (tens[value / 10], value % 10)
    return one == 0 ? ten : ten + (style.hyphen ? "-" : " ") + small[one]
  }

  private static func belowThousand(_ value: Int, _ style: Style) -> String {
    if value < 100 { return belowHundred(value, style) }
    let head = small[value / 100] + " hundred"
    if value % 100 == 0 { return head }
    return head + (style.and ? " and " : " ") + belowHundred(value % 100, style)
  }

  /// The words for a number.
  static func spelt(_ value: Int, _ style: Style) -> String {
    var text: String
    let (thousands, rest) = (value / 1000, value % 1000)
    if style.hundreds, 1100...9999 ~= value, value % 1000 >= 100 {
      text = belowHundred(value / 100, style) + " hundred"
      if value % 100 > 0 {
        text += (style.and ? " and " : " ") + belowHundred(value % 100, style)
      }
    } else if thousands == 0 {
      text = belowThousand(value, style)
    } else {
      text = belowThousand(thousands, style) + " thousand"
      if rest >= 100 {
        text += (style.comma ? ", " : " ") + belowThousand(rest, style)
      } else if rest > 0 {
        text += (style.and ? " and " : " ") + belowHundred(rest, style)
      }
    }
    for unit in [" hundred", " thousand"] where style.indefinite && text.hasPrefix("one" + unit) {
      text = "a" + text.dropFirst(3)
    }
    return text
  }

  /// Lines of the three parts; no number is in two of them.
  static func parts() -> [Part: [String]] {
    var random = Random("numbers")
    var values: [Int] = []
    // As many of one length as of another, as far as there are any.
    for (low, high, count) in [
      (0, 100, 100), (100, 1000, 700), (1000, 10_000, 2000), (10_000, 100_000, 2400),
      (100_000, 1_000_000, 3000),
    ] {
      var range = Array(low..<high)
      random.shuffle(&range)
      values += range.prefix(count)
    }
    random.shuffle(&values)
    return divided(values, &random) { value, random in
      var style = Style()
      style.and = random.below(3) > 0
      style.hyphen = random.below(3) > 0
      style.indefinite = random.below(3) == 0
      style.hundreds = random.below(3) == 0
      style.comma = random.below(4) == 0
      return spelt(value, style) + "\t\(value)"
    }
  }
}

/// Deals values to the parts, 8,000 distinct lines to train and 500 to each of the others.
func divided<Value>(
  _ values: [Value], _ random: inout Random, _ line: (Value, inout Random) -> String
) -> [Part: [String]] {
  var result: [Part: [String]] = [:]
  let share = values.count / 12
  let pools: [(Part, ArraySlice<Value>, Int)] = [
    (.test, values[..<share], 500), (.validation, values[share..<(2 * share)], 500),
    (.train, values[(2 * share)...], 8000),
  ]
  for (part, pool, count) in pools {
    var (lines, seen): ([String], Set<String>) = ([], [])
    let pool = Array(pool)
    var next = 0
    while lines.count < count {
      let text = line(pool[next % pool.count], &random)
      next += 1
      if seen.insert(text).inserted { lines.append(text) }
      if next > 100 * count { fail("too few values for \(part.rawValue)") }
    }
    random.shuffle(&lines)
    result[part] = lines
  }
  return result
}
