/// Points in time as text, without a locale and without Foundation.
package enum DateText {
  /// Seconds since 1970 as `2025-03-01T17:05:09Z`: ISO 8601, in UTC.
  package static func iso(_ seconds: Double) -> String {
    let second = Int(seconds.rounded(.down)) - Int((seconds / 60).rounded(.down)) * 60
    let minute = minute(seconds).split(separator: " ").joined(separator: "T")
    return "\(minute):\(second < 10 ? "0" : "")\(second)Z"
  }

  /// Seconds since 1970 as `2025-03-01 17:05`, in UTC.
  ///
  /// The calendar is Gregorian. Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days
  /// (https://howardhinnant.github.io/date_algorithms.html).
  package static func minute(_ seconds: Double) -> String {
    let minutes = Int((seconds / 60).rounded(.down))
    let day = Int((Double(minutes) / 1440).rounded(.down))
    // Years begin in March, so that the leap day comes last; an era is 400 of them.
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * ofYear + 2) / 153
    let ofMonth = ofYear - (153 * month + 2) / 5 + 1
    let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
    let minute = minutes - day * 1440
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month < 10 ? month + 3 : month - 9))-\(two(ofMonth)) "
      + "\(two(minute / 60)):\(two(minute % 60))"
  }
}
