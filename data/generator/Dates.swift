/// A day of the Gregorian calendar.
struct Day: Sendable {
  let year: Int
  let month: Int
  let day: Int

  /// The day that many days after 1 January 1970.
  ///
  /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
  init(sinceEpoch days: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * ofYear + 2) / 153
    day = ofYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    weekday = (((days + 4) % 7) + 7) % 7
  }

  /// 0 for Sunday.
  let weekday: Int
}

/// Date normalisation: ways to write a day and its ISO 8601 form; figures put the day first.
enum Dates {
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  static let weekdays = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]
  private static let ordinals = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth",
  ]

  private static func two(_ value: Int) -> String {
    value < 10 ? "0\(value)" : "\(value)"
  }

  private static func ordinal(_ day: Int) -> String {
    let ending =
      11...13 ~= day ? "th" : [1: "st", 2: "nd", 3: "rd"][day % 10] ?? "th"
    return "\(day)\(ending)"
  }

  private static func ordinalWord(_ day: Int) -> String {
    if day <= 20 { return ordinals[day - 1] }
    if day == 30 { return "thirtieth" }
    return (day < 30 ? "twenty-" : "thirty-") + ordinals[day % 10 - 1]
  }

  /// ISO 8601.
  static func iso(_ date: Day) -> String {
    "\(date.year)-\(two(date.month))-\(two(date.day))"
  }

  /// All ways to write a day.
  static func forms(_ date: Day) -> [String] {
    let (d, y) = (date.day, date.year)
    let month = months[date.month - 1]
    let short = String(month.prefix(3))
    let weekday = weekdays[date.weekday]
    let brief = String(weekday.prefix(3))
    let nth = ordinal(d)
    let spelt = ordinalWord(d)
    return [
      "\(d) \(month) \(y)", "\(nth) \(month) \(y)", "\(month) \(d), \(y)", "\(month) \(nth), \(y)",
      "\(d) \(short) \(y)", "\(short) \(d), \(y)", "\(short) \(nth), \(y)", "\(d)-\(short)-\(y)",
      "the \(nth) of \(month) \(y)", "the \(nth) of \(month), \(y)",
      "the \(spelt) of \(month) \(y)", "\(month) the \(spelt), \(y)",
      "\(d).\(date.month).\(y)", "\(two(d)).\(two(date.month)).\(y)",
      "\(d)/\(date.month)/\(y)", "\(two(d))/\(two(date.month))/\(y)",
      "\(weekday) \(d) \(month) \(y)", "\(weekday), \(d) \(month) \(y)",
      "\(weekday), \(month) \(d), \(y)", "\(weekday) the \(nth) of \(month) \(y)",
      "\(brief) \(d) \(short) \(y)", "\(brief), \(short) \(d), \(y)",
      "\(y)/\(two(date.month))/\(two(d))", "\(y) \(month) \(d)",
      "\(d) \(month.lowercased()) \(y)", "\(short.lowercased()) \(d) \(y)",
    ]
  }

  /// Lines of the three parts; no day is in two of them.
  static func parts() -> [Part: [String]] {
    var random = Random("dates")
    // From 1 January 1950 to 31 December 2049.
    var days = Array(-7305..<29_220)
    random.shuffle(&days)
    return divided(Array(days.prefix(9000)), &random) { value, random in
      let date = Day(sinceEpoch: value)
      return random.pick(forms(date)) + "\t" + iso(date)
    }
  }
}
