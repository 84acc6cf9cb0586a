import DragomanText
import Testing

@testable import DragomanTraining

@Suite struct `Advice on a configuration` {
  private func corpus(_ count: Int, _ pair: (Int) -> (String, String)) -> ParallelCorpus {
    ParallelCorpus(
      (0..<count).map {
        let (source, target) = pair($0)
        return SentencePair(source: source, target: target)
      })
  }

  private func configuration(
    _ corpus: ParallelCorpus, _ task: TaskPreset? = nil
  ) throws -> (RunConfiguration, ConfigurationAdvice) {
    let advice = ConfigurationAdvice(CorpusProfile(corpus), task: task)
    var data = DataConfiguration()
    data.train = [.aligned(source: "a.en", target: "a.de")]
    data.validation = [.tmx("v.tmx")]
    data.languages.source = "en"
    data.languages.target = "de"
    let text = advice.text(name: "x", data: data)
    let run = try RunConfiguration.parse(Array(text.utf8), file: "x.json")
    #expect(run.data.train == data.train && run.data.validation == data.validation)
    #expect(run.data.languages == data.languages && run.name == "x")
    return (run, advice)
  }

  @Test func `for sentences takes pieces of words`() throws {
    let (run, advice) = try configuration(
      corpus(100) { ("the cat \($0) sleeps here", "die Katze \($0) schläft hier") })
    #expect(advice.task == .translation)
    #expect(run.tokenizer.kind == .bpe && run.tokenizer.vocabulary == 2000 && !run.tokenizer.shared)
    #expect(advice.reasons[0] == "task: translation, since lines have 5.0 and 5.0 words on average")
    #expect(
      advice.reasons(besides: ["tokenizer", "model"]).map { $0.prefix(5) } == ["task:", "train"])
    #expect(
      advice.reasons[1] == """
        tokenizer: bpe with up to 2,000 pieces, since there are 100 pairs to learn them from; a vocabulary for each \
        side, since 20 % of the target words also stand in sources (Latin and Latin script)
        """)
  }

  @Test func `for sides that share their words takes one vocabulary`() throws {
    let (run, _) = try configuration(
      corpus(50) { ("teh cat \($0) here", "the cat \($0) here") }, .translation)
    #expect(run.tokenizer.shared)
  }

  @Test func `for words takes characters`() throws {
    let names = corpus(60) { ("Anna\($0)", "Анна\($0)") }
    let (run, advice) = try configuration(names)
    #expect(advice.task == .transliteration && run.tokenizer.kind == .character)
    #expect(run.data.maximumLength == 50)
    let numbers = corpus(60) { ("three hundred and \($0)", "3\($0)") }
    #expect(try configuration(numbers).1.task == .transliteration)
    let phones = corpus(60) { ("cat\($0)", "K AE1 T \($0)") }
    #expect(try configuration(phones).1.task == .g2p)
    #expect(try configuration(phones).0.tokenizer.kinds == (.character, .word))
    #expect(try configuration(names, .g2p).0.tokenizer.kinds == (.character, .character))
    #expect(try configuration(phones, .translation).0.tokenizer.kind == .bpe)
    #expect(
      try configuration(phones, .translation).1.reasons[0] == "task: translation, as asked for")
  }

  @Test func `does not take a script without spaces for single words`() throws {
    let sentences = corpus(60) { ("the cat \($0) sleeps in the house", "貓在房子裡睡覺\($0)") }
    let (run, advice) = try configuration(sentences)
    #expect(advice.task == .translation && run.tokenizer.kind == .bpe)
    #expect(
      advice.reasons[0] == "task: translation, since lines have 7.0 and 4.4 words on average, "
        + "estimated by their characters where no spaces are written")
    #expect(run.training.metrics == [.chrf, .loss])
    let names = corpus(60) { ("Michael\($0)", "マイケル\($0)") }
    #expect(try configuration(names).1.task == .transliteration)
  }

  @Test func `warms up for a tenth of what there is to train`() throws {
    // 100 × 6 target tokens are 3 batches.
    let (run, _) = try configuration(corpus(100) { ("the cat \($0) is here", "x y z \($0) a") })
    let epochs = try #require(run.training.epochs)
    #expect(run.training.schedule.warmup == 3 * epochs / 10)
    let many = corpus(5000) {
      ("the cat \($0) is here", "die Katze schläft \($0) a b c d e f g h i j k l")
    }
    let (long, _) = try configuration(many)
    #expect(long.training.schedule.warmup == 300 && long.training.batchTokens == 500)
  }

  @Test func `is valid for any size of a Transformer`() throws {
    for (count, width) in [(100, 128), (10_000, 128), (50_000, 256)] {
      for task in TaskPreset.allCases {
        let advice = ConfigurationAdvice(
          CorpusProfile(corpus(count) { ("a b \($0)", "a c \($0)") }), task: task,
          families: FamilyChoice(.transformer))
        var data = DataConfiguration()
        (data.train, data.validation) = ([.tsv("a.tsv")], [.tsv("b.tsv")])
        let run = try RunConfiguration.parse(
          Array(advice.text(name: "x", data: data).utf8), file: "x")
        #expect(run.model.encoder.width == width && run.model.decoder.width == width)
        #expect(run.model.encoder.kind == .transformer && run.model.decoder.kind == .transformer)
        // Half of the words stand on both sides: one table.
        #expect(task != .translation || run.model.tied == .all)
      }
    }
  }

  @Test(arguments: [FamilyChoice(), FamilyChoice(.transformer)])
  func `says of each choice for which corpora it is the same`(families: FamilyChoice) throws {
    var scopes: [[String]] = []
    for count in [210, 10_000, 50_000] {
      for task in [TaskPreset.translation, .transliteration] {
        let advice = ConfigurationAdvice(
          CorpusProfile(corpus(count) { ("a b \($0)", "c d \($0)") }), task: task,
          families: families)
        let reason = try #require(advice.reasons.first { $0.hasPrefix("model:") })
        #expect(!reason.contains("the smaller"))
        scopes.append(
          reason.split(separator: ";").map { part in
            String(part[(part.range(of: ", as for ")?.upperBound ?? part.endIndex)...])
          })
        let training = try #require(advice.reasons.first { $0.hasPrefix("training:") })
        let isMost = training.hasPrefix("training: \(task == .translation ? 120 : 60) epochs")
        #expect(training.contains("the most that are advised") == isMost)
        #expect(training.contains("the fewer pairs, the more;") == !isMost)
      }
    }
    let recurrent = [
      ["fewer than 500,000 pairs", "fewer than 10,000 pairs"],
      ["fewer than 50,000 pairs", "fewer than 50,000 pairs"],
      ["fewer than 500,000 pairs", "10,000 pairs up to 50,000"],
      ["fewer than 50,000 pairs", "fewer than 50,000 pairs"],
      ["fewer than 500,000 pairs", "50,000 pairs and more"],
      ["50,000 pairs and more", "50,000 pairs up to 500,000"],
    ]
    let transformer = [
      ["fewer than 50,000 pairs", "fewer than 10,000 pairs"],
      ["fewer than 50,000 pairs", "fewer than 50,000 pairs"],
      ["fewer than 50,000 pairs", "10,000 pairs up to 50,000"],
      ["fewer than 50,000 pairs", "fewer than 50,000 pairs"],
      ["50,000 pairs up to 500,000", "50,000 pairs and more"],
      ["50,000 pairs up to 500,000", "50,000 pairs up to 500,000"],
    ]
    #expect(scopes == (families.hasTransformer ? transformer : recurrent))
  }

  @Test func `grows with the corpus`() throws {
    let sizes = [4999, 10_000, 50_000].map { count in
      ConfigurationAdvice(CorpusProfile(corpus(count) { ("a b \($0)", "c d \($0)") }))
    }
    let runs = try sizes.map { advice in
      var data = DataConfiguration()
      (data.train, data.validation) = ([.tsv("a.tsv")], [.tsv("b.tsv")])
      return try RunConfiguration.parse(Array(advice.text(name: "x", data: data).utf8), file: "x")
    }
    #expect(runs.map(\.tokenizer.vocabulary) == [2000, 6000, 10_000])
    #expect(runs.map(\.training.epochs) == [61, 46, 24])
    #expect(runs.map(\.model.embedding) == [256, 256, 256])
    #expect(runs.map(\.model.dropout.output) == [0.3, 0.2, 0.1])
  }
}
