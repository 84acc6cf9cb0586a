/// Times of the day from one to eleven o'clock, as people say them, with the last full hour.
func clockTimes() -> [(Phrase, hour: Int)] {
  let english = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
  ]
  let french = [
    "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze",
  ]
  let vietnamese = [
    "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai",
  ]
  var result: [(Phrase, hour: Int)] = []
  for hour in 0..<11 {
    let frenchHour = french[hour] + (hour == 0 ? " heure" : " heures")
    let frenchNext = french[hour + 1] + " heures"
    let (local, localNext) = (vietnamese[hour] + " giờ", vietnamese[hour + 1] + " giờ")
    let now = english[hour]
    result += [
      (Phrase([now + " o'clock", frenchHour, local]), hour + 1),
      (Phrase(["half past " + now, frenchHour + " et demie", local + " rưỡi"]), hour + 1),
      (Phrase(["quarter past " + now, frenchHour + " et quart", local + " mười lăm"]), hour + 1),
      (Phrase(["ten past " + now, frenchHour + " dix", local + " mười"]), hour + 1),
    ]
    if hour == 10 { continue }
    let next = english[hour + 1]
    let quarter = [frenchNext + " moins le quart", localNext + " kém mười lăm"]
    let twenty = [frenchNext + " moins vingt", localNext + " kém hai mươi"]
    result += [
      (Phrase(["quarter to " + next] + quarter), hour + 1),
      (Phrase(["twenty to " + next] + twenty), hour + 1),
    ]
  }
  return result
}

/// Days of the year by number, without the first (whose French is an ordinal).
func calendarDays() -> [Phrase] {
  let ordinals = [
    ("second", "deux", "hai"), ("third", "trois", "ba"), ("fourth", "quatre", "bốn"),
    ("fifth", "cinq", "năm"), ("sixth", "six", "sáu"), ("eighth", "huit", "tám"),
    ("tenth", "dix", "mười"), ("eleventh", "onze", "mười một"), ("twelfth", "douze", "mười hai"),
    ("fifteenth", "quinze", "mười lăm"), ("twentieth", "vingt", "hai mươi"),
  ]
  return ordinals.map { Phrase([$0.0, $0.1, $0.2]) }
}
