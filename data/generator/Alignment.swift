/// Which words of an English sentence gave which of its French translation, as the template and the lexicon know it.
///
/// A link is sure where both words are the same entry of the lexicon, or a pair of `correspondences`. Words that have
/// none (articles, auxiliaries, "est-ce que") may come from any word of the same slot, or of the template's own text:
/// such links are possible. Words are what spaces separate, so that "l'hôpital?" is one and comes from "the" and
/// "hospital?".
struct Alignment {
  /// A word of the source and one of the target, from 0.
  struct Link: Hashable {
    let source: Int
    let target: Int
  }

  /// A word before elision, and the place of the written word that it is in.
  private struct Place {
    let word: Int
    let part: MarkedWord.Part
    var text: String { part.text }
  }

  private(set) var sure: Set<Link> = []
  private(set) var possible: Set<Link> = []

  /// The alignment of an entry whose words are known.
  init(_ entry: Entry) {
    let (source, target) = Self.groups(entry.words[0], entry.words[1])
    for (group, targets) in target {
      // What only the French names comes from the template's own words: "ils" of "ils ont mal".
      align(
        source[group] ?? source[Origin()] ?? [], targets,
        isFrame: source[group] == nil || group.slot.isEmpty)
    }
    possible.subtract(sure)
  }

  /// The words of both sides by what they were made from; the second mention of a slot belongs to the second one.
  private static func groups(
    _ source: [MarkedWord], _ target: [MarkedWord]
  ) -> ([Origin: [Place]], [Origin: [Place]]) {
    func places(_ words: [MarkedWord]) -> [Place] {
      words.enumerated().flatMap { index, word in word.parts.map { Place(word: index, part: $0) } }
    }
    func mentions(_ places: [Place]) -> [String: Int] {
      Dictionary(grouping: places, by: \.part.origin.slot).mapValues { places in
        Set(places.map(\.part.origin.occurrence)).count
      }
    }
    let sides = [places(source), places(target)]
    let counts = sides.map(mentions)
    func group(_ place: Place) -> Origin {
      let origin = place.part.origin
      let isParallel = counts[0][origin.slot] == counts[1][origin.slot]
      return Origin(slot: origin.slot, occurrence: isParallel ? origin.occurrence : 0)
    }
    return (Dictionary(grouping: sides[0], by: group), Dictionary(grouping: sides[1], by: group))
  }

  /// Links the words of one slot, or those of the template itself.
  private mutating func align(_ source: [Place], _ target: [Place], isFrame: Bool) {
    var (left, rest) = (Array(source), [Place]())
    for (index, place) in target.enumerated() {
      let isVerb = !place.part.origin.lemma.isEmpty
      // Of "ne suis pas allé", only "allé" is "went".
      if isVerb, !Self.isMain(index, of: target) {
        rest.append(place)
        continue
      }
      let name = isVerb ? place.part.origin.lemma : place.text
      let fits = { (other: Place) in
        isCorrespondence(Self.name(other), name) || isCorrespondence(other.text, place.text)
      }
      if let found = isVerb ? left.lastIndex(where: fits) : left.firstIndex(where: fits) {
        sure.insert(Link(source: left.remove(at: found).word, target: place.word))
      } else {
        rest.append(place)
      }
    }
    if !isFrame {
      let contents = (
        left.filter { !englishFunctionWords.contains($0.text) },
        rest.indices.filter { Self.isContent($0, of: rest) }.map { rest[$0] }
      )
      if contents.0.count == contents.1.count {
        for (a, b) in zip(contents.0, contents.1) {
          sure.insert(Link(source: a.word, target: b.word))
        }
        rest.removeAll { place in
          contents.1.contains { $0.word == place.word && $0.text == place.text }
        }
      }
    }
    for place in rest {
      for other in source { possible.insert(Link(source: other.word, target: place.word)) }
    }
  }

  private static func name(_ place: Place) -> String {
    place.part.origin.lemma.isEmpty ? place.text : place.part.origin.lemma
  }

  /// Whether a word is the last of its verb but for negations.
  private static func isMain(_ index: Int, of places: [Place]) -> Bool {
    let lemma = places[index].part.origin.lemma
    let next = places[(index + 1)...].first { !negations.contains($0.text) }
    return !negations.contains(places[index].text) && next?.part.origin.lemma != lemma
  }

  private static let negations: Set<String> = ["ne", "pas", "jamais", "déjà"]

  /// Whether a French word means something by itself; "va" does not before an infinitive.
  private static func isContent(_ index: Int, of places: [Place]) -> Bool {
    let word = places[index].text
    let next = places[(index + 1)...].first { !negations.contains($0.text) }
    if ["vais", "va", "allons", "allez", "vont"].contains(word), let next {
      return !["er", "ir", "re"].contains { next.text.hasSuffix($0) }
    }
    return !frenchFunctionWords.contains(word)
  }

  /// The links in the order of the target: `0-0` for a sure one, `0p0` for a possible one.
  var line: String {
    let links = sure.map { ($0, "-") } + possible.map { ($0, "p") }
    return links.sorted { ($0.0.target, $0.0.source) < ($1.0.target, $1.0.source) }
      .map { "\($0.0.source)\($0.1)\($0.0.target)" }.joined(separator: " ")
  }

  /// The sentence with what each French word comes from, possible links in parentheses.
  func reading(_ entry: Entry) -> String {
    let targets = entry.words[1].enumerated().map { index, word in
      func words(_ links: Set<Link>) -> String {
        links.filter { $0.target == index }.map(\.source).sorted()
          .map { entry.words[0][$0].text }.joined(separator: " ")
      }
      let (sure, possible) = (words(sure), words(possible))
      return word.text + "=" + sure + (possible.isEmpty ? "" : "(\(possible))")
    }
    return entry.english + " | " + targets.joined(separator: " ")
  }
}
