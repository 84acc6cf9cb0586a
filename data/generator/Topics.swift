/// Short wishes to a machine in the house, and what each is about: texts and their classes.
///
/// Words stand in the wishes of several topics ("turn the alarm off", "turn the music off"), so that no word alone tells.
enum Topics {
  private static let rooms = [
    "kitchen", "bedroom", "bathroom", "hall", "garden", "office", "garage", "cellar", "nursery",
  ]
  private static let people = [
    "Anna", "Omar", "Mei", "my sister", "my brother", "the dentist", "Grandma", "Paul", "Leila",
    "the plumber", "my boss", "the school",
  ]
  private static let times = [
    "at six", "at half past seven", "in ten minutes", "in an hour", "tonight", "tomorrow",
    "on Monday", "on Friday evening", "at noon", "before dinner", "this weekend", "after work",
  ]
  private static let places = [
    "the station", "the airport", "Lisbon", "the museum", "the lake", "the market", "Hanoi",
    "the hospital", "the stadium", "the castle", "Lyon", "the beach",
  ]
  private static let things = [
    "milk", "rice", "apples", "a light bulb", "soap", "bread", "batteries", "an umbrella",
    "a birthday card", "coffee", "an alarm clock", "a map", "candles", "a calendar",
  ]
  private static let tunes = [
    "some jazz", "the new record", "a song about rain", "the radio", "a lullaby",
    "something quiet", "my running list", "a waltz", "the morning news", "a song about the sea",
  ]
  private static let events = [
    "the meeting", "the concert", "dinner with Anna", "the trip to Lisbon", "my driving lesson",
    "the school party", "the football match", "the call with the bank", "a haircut",
  ]

  /// The topics, each with the wishes that are about it.
  private static let templates: [(topic: String, texts: [String])] = [
    (
      "light",
      [
        "turn the lights off in the {room}", "make the {room} brighter",
        "dim the lamp in the {room}",
        "it is too dark in the {room}", "switch the {room} lamp on {time}",
        "did I leave the lights on in the {room}", "make it a little darker in the {room}",
        "I cannot see anything in the {room}", "turn everything off in the {room}",
      ]
    ),
    (
      "music",
      [
        "play {tune} in the {room}", "turn the music off", "play {tune}",
        "a little louder in the {room}",
        "skip this song", "who is singing this", "play {tune} {time}",
        "put {tune} on in the {room}",
        "stop {tune}", "play that again", "turn {tune} down in the {room}",
      ]
    ),
    (
      "weather",
      [
        "will it rain {time}", "do I need an umbrella {time}", "how warm is it in {place}",
        "is it snowing in {place}", "what will it be like {time}", "is there wind at {place}",
        "will the sun shine {time}", "how cold does it get {time}", "is a storm coming {time}",
        "will it be dry {time} in {place}",
      ]
    ),
    (
      "alarm",
      [
        "wake me {time}", "turn the alarm off", "set an alarm {time}", "let me sleep longer",
        "ring {time}", "cancel the alarm {time}", "do not wake me {time}",
        "tell me when the rice is done {time}", "set a timer for the oven", "make the alarm louder",
        "how long until the timer ends",
      ]
    ),
    (
      "shopping",
      [
        "add {thing} to the list", "we need {thing}", "buy {thing} {time}",
        "take {thing} off the list",
        "what do I have to buy {time}", "we are out of {thing}", "order {thing} again",
        "is {thing} on the list", "get {thing} on the way home", "how much is {thing}",
      ]
    ),
    (
      "call",
      [
        "call {person}", "ring {person} {time}", "tell {person} I will be late",
        "who called {time}",
        "hang up", "call {person} back {time}", "read me the message of {person}",
        "write to {person} that I am at {place}", "put {person} on speaker in the {room}",
        "did {person} call {time}",
      ]
    ),
    (
      "travel",
      [
        "how do I get to {place}", "when does the next train to {place} leave",
        "is there a bus to {place} {time}", "how far is {place}",
        "find a way to {place} without motorway",
        "how long does it take to {place} {time}", "order a taxi to {place} {time}",
        "where do I change for {place}", "is the road to {place} open", "take me to {place}",
      ]
    ),
    (
      "calendar",
      [
        "when is {event}", "move {event} to the afternoon", "what is on {time}",
        "put {event} in {time}",
        "cancel {event}", "am I free {time}", "who comes to {event}", "remind me of {event} {time}",
        "do I have anything {time}", "is {event} still on {time}",
      ]
    ),
  ]

  private static let frames = [
    ("", ""), ("", ""), ("", ""), ("please, ", ""), ("hey, ", ""), ("and ", ""), ("", ", please"),
    ("", ", thank you"), ("hello, ", ""), ("one more thing: ", ""), ("", ", thanks"),
  ]

  /// Lines of the three parts; no text is in two of them.
  static func parts() -> [Part: [String]] {
    var random = Random("topics")
    var seen: Set<String> = []
    var result: [Part: [String]] = [:]
    for (part, count) in [(Part.train, 4000), (.validation, 600), (.test, 600)] {
      var lines: [String] = []
      while lines.count < count {
        // Topics take turns, so that each is as frequent.
        let topic = templates[lines.count % templates.count]
        let (opening, ending) = random.pick(frames)
        let text = opening + filled(random.pick(topic.texts), &random) + ending
        if seen.insert(text).inserted { lines.append(text + "\t" + topic.topic) }
      }
      random.shuffle(&lines)
      result[part] = lines
    }
    return result
  }

  private static func filled(_ template: String, _ random: inout Random) -> String {
    var result = ""
    for (index, piece) in template.split(separator: "{", omittingEmptySubsequences: false)
      .enumerated()
    {
      guard index > 0 else {
        result += piece
        continue
      }
      let parts = piece.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false)
      result += random.pick(words(String(parts[0]))) + (parts.count > 1 ? parts[1] : "")
    }
    return result
  }

  private static func words(_ slot: String) -> [String] {
    switch slot {
    case "room": rooms
    case "person": people
    case "time": times
    case "place": places
    case "thing": things
    case "tune": tunes
    case "event": events
    default: fail("topics: no slot {\(slot)}")
    }
  }
}
