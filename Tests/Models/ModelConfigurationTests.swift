import DragomanTestSupport
import DragomanModels
import DragomanFormats
import Testing

@testable import DragomanModels

/// Reads the text of a `model` object.
private func model(_ text: String) throws -> ModelConfiguration {
  try ModelConfiguration.parse(Array(text.utf8), file: "m.json")
}

/// The conflicts that reading the text of a `model` object ends with.
private func conflicts(_ text: String) throws -> [String] {
  let error = #expect(throws: ConfigurationError.self) { try model(text) }
  return try #require(error).problems.map(\.description)
}

@Suite struct `Model configuration` {
  @Test func `has defaults that fit each other, with every scorer`() throws {
    #expect(try model("{}") == ModelConfiguration())
    for score in ["additive", "dot", "general", "location"] {
      #expect(
        try model(#"{"attention": {"score": "\#(score)"}}"#).attention.score.rawValue == score)
    }
  }

  @Test func `takes a dropout for all places or one for each`() throws {
    #expect(try model(#"{"dropout": 0.5}"#).dropout == DropoutConfiguration(0.5))
    let each = try model(#"{"dropout": {"output": 0.5}}"#).dropout
    let words = try model(#"{"dropout": {"sourceWords": 0.1, "targetWords": 0.3}}"#).dropout
    #expect(words.sourceWords == 0.1 && words.targetWords == 0.3 && words.output == 0.2)
    #expect(each.output == 0.5 && each.embedding == DropoutConfiguration().embedding)
    #expect(
      try conflicts(#"{"dropout": "high"}"#) == [
        #"m.json:1:13: dropout is "high"; it must be a number in 0..<1 or an object with "#
          + #""embedding", "layers", "encoded", "output", "variational", "states", "sourceWords" and "targetWords""#
      ])
    let states = try model(#"{"dropout": {"variational": true, "states": 0.25}}"#).dropout
    #expect(states.variational && states.states == 0.25 && states.output == 0.2)
  }

  @Test func `takes feeding as a flag or by its name`() throws {
    for (text, feeding) in [
      ("true", InputFeeding.context), ("false", .none), (#""none""#, .none),
      (#""context""#, .context), (#""attentional""#, .attentional),
    ] {
      let value = try model("{\"decoder\": {\"feeding\": \(text)}}")
      #expect(value.recurrentDecoder.feeding == feeding)
      #expect(value.json["decoder"]?["feeding"]?.string == feeding.rawValue)
      // The key of version 0.1.
      #expect(try model("{\"decoder\": {\"contextFeeding\": \(text)}}") == value)
      #expect(try model(value.json.serialized()) == value)
    }
    let words = #""none", "context" or "attentional" or true or false"#
    #expect(
      try conflicts(#"{"decoder": {"feeding": 1}}"#) == [
        "m.json:1:25: decoder.feeding is 1; it must be \(words)"
      ])
    #expect(
      try conflicts(#"{"decoder": {"feeding": "atentional"}}"#)[0].hasSuffix(
        #"did you mean "attentional"?"#))
  }

  @Test func `lets the decoder follow the encoder where it says nothing`() throws {
    let lstm = try model(#"{"encoder": {"cell": "lstm", "bidirectional": false}}"#)
    #expect(lstm.recurrentDecoder.cell == .lstm && lstm.recurrentDecoder.initialState == .top)
    let mixed = try model(#"{"encoder": {"cell": "lstm"}, "decoder": {"cell": "gru"}}"#)
    #expect(
      mixed.recurrentDecoder.cell == .gru && mixed.recurrentDecoder.initialState == .backward)
  }

  private func deepOutputSize(_ model: ModelConfiguration) -> Int? {
    model.recurrentDecoder.deepOutputSize(in: model)
  }

  @Test func `gives a deep output the size of the word vectors unless told otherwise`() throws {
    #expect(try deepOutputSize(model(#"{"embedding": 60}"#)) == nil)
    let deep = try model(#"{"embedding": 60, "decoder": {"output": {"kind": "deep"}}}"#)
    #expect(deepOutputSize(deep) == 60 && deep.recurrentDecoder.output.embedding)
    #expect(try model(deep.json.serialized()) == deep)
    let stated = try model(
      #"{"decoder": {"output": {"kind": "deep", "hidden": 40, "embedding": false}}}"#)
    #expect(deepOutputSize(stated) == 40 && !stated.recurrentDecoder.output.embedding)
    #expect(try model(stated.json.serialized()) == stated)
  }

  @Test func `knows the width of the encoder and of the state to start from`() throws {
    var value = ModelConfiguration()
    value.recurrentEncoder.hidden = 5
    #expect(value.encoder.width == 10)
    for (state, width) in [
      (InitialState.backward, 5 as Int?), (.top, 10), (.layerwise, 10), (.mean, 10),
      (.zero, nil),
    ] {
      value.recurrentDecoder.initialState = state
      #expect(value.recurrentDecoder.initialStateWidth(of: value.encoder) == width)
    }
    value.recurrentEncoder.bidirectional = false
    value.recurrentDecoder.initialState = .top
    #expect(
      value.encoder.width == 5
        && value.recurrentDecoder.initialStateWidth(of: value.encoder) == 5)
  }

  @Test func `reads back what it writes, in every combination that is accepted`() throws {
    var accepted = 0
    for score in ["additive", "dot", "general", "location"] {
      for state in InitialState.allCases {
        for (bidirectional, bridge) in [(true, true), (true, false), (false, true), (false, false)]
        {
          var value = ModelConfiguration()
          value.attention.score = try #require(.init(rawValue: score))
          value.recurrentEncoder.bidirectional = bidirectional
          value.recurrentDecoder.initialState = state
          value.recurrentDecoder.bridge = state == .zero || bridge
          value.recurrentEncoder.hidden = bidirectional ? 128 : 256
          guard (try? value.validate(as: "code")) != nil else { continue }
          accepted += 1
          #expect(try model(value.json.serialized()) == value)
        }
      }
    }
    // Per scorer 4 of top, layerwise, mean and zero each, but of backward only the bridged one with two
    // directions: copied, its 128 numbers do not fit the decoder's 256.
    #expect(accepted == 4 * 17)
  }
}

@Suite struct `Model configuration refuses` {
  @Test func `a dot product of different sizes`() throws {
    #expect(
      try conflicts(
        """
        { "encoder": { "hidden": 100 },
          "attention": { "score": "dot" } }
        """) == [
          "m.json:1:26: decoder.hidden is 256 (by default), encoder.hidden is 100, "
            + "encoder.bidirectional is true (by default) and attention.score is \"dot\": "
            + "the dot scorer multiplies a decoder state with an encoded position, "
            + "and that has 200 numbers; set model.decoder.hidden to 200, set model.encoder.hidden to "
            + "128 or set model.attention.score to \"general\", which takes any sizes"
        ])
    #expect(
      try conflicts(
        #"{"encoder": {"bidirectional": false, "hidden": 9}, "attention": {"score": "dot"}}"#)[0]
        .hasSuffix(
          "and that has 9 numbers; set model.decoder.hidden to 9, set model.encoder.hidden to 256 "
            + "or set model.attention.score to \"general\", which takes any sizes"))
  }

  @Test func `a copied state of another size`() throws {
    let top = try conflicts(
      #"{"encoder": {"hidden": 20}, "decoder": {"hidden": 30, "initialState": "top", "bridge": false}}"#
    )
    #expect(
      top == [
        "m.json:1:51: decoder.hidden is 30, encoder.hidden is 20, "
          + "encoder.bidirectional is true (by default), decoder.initialState is \"top\" and "
          + "decoder.bridge is false: without a bridge the encoder's state is copied, and it has "
          + "40 numbers, two directions; set model.decoder.bridge to true, "
          + "set model.decoder.hidden to 40 or set model.encoder.hidden to 15"
      ])
    let backward = try conflicts(
      #"{"encoder": {"hidden": 20}, "decoder": {"hidden": 31, "bridge": false}}"#)
    #expect(backward.count == 1)
    #expect(
      backward[0].hasSuffix(
        "it has 20 numbers; set model.decoder.bridge to true, "
          + "set model.decoder.hidden to 20 or set model.encoder.hidden to 31"))
    let oneWay = try conflicts(
      #"{"encoder": {"hidden": 20, "bidirectional": false}, "decoder": {"hidden": 30, "bridge": false}}"#
    )
    #expect(oneWay.count == 1)
    #expect(
      oneWay[0].hasSuffix(
        "it has 20 numbers; set model.decoder.bridge to true, "
          + "set model.decoder.hidden to 20 or set model.encoder.hidden to 30"))
  }

  @Test func `layer for layer with different numbers of layers`() throws {
    #expect(
      try conflicts(
        #"{"encoder": {"layers": 3}, "decoder": {"layers": 2, "initialState": "layerwise"}}"#)
        == [
          "m.json:1:50: decoder.layers is 2, encoder.layers is 3 and decoder.initialState is "
            + "\"layerwise\": each decoder layer starts from the encoder layer of the same number; "
            + "set model.decoder.layers to 3, set model.encoder.layers to 2 or "
            + "set model.decoder.initialState to \"top\""
        ])
  }

  @Test func `a table of word vectors that does not fit as the projection's weight`() throws {
    #expect(
      try conflicts(#"{"encoder": {"hidden": 20}, "decoder": {"hidden": 30}, "tied": "output"}"#)
        == [
          "m.json:1:64: tied is \"output\", embedding is 128 (by default), decoder.output.kind is "
            + "\"direct\" (by default), decoder.hidden is 30, encoder.hidden is 20 and "
            + "encoder.bidirectional is true (by default): the weight of the projection is the table of "
            + "word vectors, but it reads 70 numbers and a word vector has 128; "
            + "set model.decoder.output.kind to \"deep\", set model.embedding to 70 or "
            + "set model.tied to \"none\""
        ])
    let deep = try conflicts(
      #"{"embedding": 50, "decoder": {"output": {"kind": "deep", "hidden": 60}}, "tied": "all"}"#)
    #expect(
      deep == [
        "m.json:1:82: tied is \"all\", embedding is 50 and decoder.output.hidden is 60: the weight of "
          + "the projection is the table of word vectors, but it reads 60 numbers and a word vector has "
          + "50; set model.decoder.output.hidden to null or 50, set model.embedding to 60 or "
          + "set model.tied to \"languages\""
      ])
    #expect(
      try conflicts(
        #"{"decoder": {"hidden": 30, "feeding": "attentional"}, "tied": "output"}"#)
        == [
          "m.json:1:63: tied is \"output\", embedding is 128 (by default), decoder.output.kind is "
            + "\"direct\" (by default), decoder.hidden is 30 and decoder.feeding is \"attentional\": "
            + "the weight of the projection is the table of word vectors, but it reads 30 numbers and "
            + "a word vector has 128; set model.decoder.output.kind to \"deep\", "
            + "set model.embedding to 30, set model.decoder.hidden to 128 or set model.tied to \"none\""
        ])
    #expect(try model(#"{"decoder": {"output": {"kind": "deep"}}, "tied": "all"}"#).tied == .all)
    #expect(
      try model(
        #"{"embedding": 70, "encoder": {"hidden": 20}, "decoder": {"hidden": 30}, "tied": "output"}"#
      ).tied == .output)
  }

  @Test func `a backward state of an encoder that has none`() throws {
    #expect(
      try conflicts(
        #"{"encoder": {"bidirectional": false}, "decoder": {"initialState": "backward", "bridge": false}}"#
      ) == [
        "m.json:1:67: decoder.initialState is \"backward\" and encoder.bidirectional is false: "
          + "an encoder of one direction has no backward state to start from; "
          + "set model.decoder.initialState to \"top\" or set model.encoder.bidirectional to true"
      ])
  }

  @Test(arguments: ["encoder", "decoder"]) func `a residual connection of a single layer`(
    _ side: String
  ) throws {
    #expect(
      try conflicts("{\"\(side)\": {\"residual\": true}}") == [
        "m.json:1:26: \(side).residual is true and \(side).layers is 1 (by default): a single layer has none "
          + "below it to add; set model.\(side).layers to 2 or set model.\(side).residual to false"
      ])
    #expect(try model("{\"\(side)\": {\"residual\": true, \"layers\": 2}}").dropout.output == 0.2)
  }

  @Test(arguments: [
    (
      #"{"encoder": {"kind": "transformer", "width": 30}}"#,
      "encoder.width is 30 and encoder.heads is 4 (by default): each head sees as many numbers, width / heads; "
        + "set model.encoder.width to 28 or set model.encoder.width to 32"
    ),
    (
      #"{"decoder": {"kind": "transformer", "width": 9, "heads": 3}}"#,
      #"decoder.width is 9 and decoder.positions is "sinusoid" (by default): a position is told by pairs of a sine "#
        + "and a cosine; set model.decoder.width to an even number or set model.decoder.positions to \"learnt\""
    ),
    (
      #"{"encoder": {"cell": "ssru"}, "dropout": {"variational": true, "states": 0.2}}"#,
      #"dropout.states is 0.2, encoder.cell is "ssru" and decoder.cell is "ssru" (by default): states are dropped "#
        + "where they enter a product, and no side of this model has one; set model.dropout.states to 0"
    ),
    (
      #"{"decoder": {"kind": "transformer"}, "tied": "output"}"#,
      #"tied is "output", embedding is 128 (by default) and decoder.width is 256 (by default): the weight of the "#
        + "projection is the table of word vectors, but it reads 256 numbers and a word vector has 128; "
        + "set model.embedding to 256, set model.decoder.width to 128 or set model.tied to \"none\""
    ),
    (
      #"{"encoder": {"kind": "convolutional"}, "attention": {"score": "dot"}, "#
        + #""decoder": {"hidden": 30, "initialState": "mean"}}"#,
      #"decoder.hidden is 30, encoder.stages is a list (by default) and attention.score is "dot": the dot scorer "#
        + "multiplies a decoder state with an encoded position, and that has 32 numbers; set model.decoder.hidden to "
        + "32, give the last stage of model.encoder 30 channels or set model.attention.score to \"general\", which "
        + "takes any sizes"
    ),
  ]) func `what does not fit in another family`(_ text: String, _ message: String) throws {
    let found = try conflicts(text)
    #expect(found.count == 1 && found[0].hasSuffix(" \(message)"), "\(found)")
  }

  @Test func `an odd width goes with learnt positions`() throws {
    let text =
      #"{"encoder": {"kind": "transformer", "positions": "learnt", "width": 9, "heads": 3}}"#
    #expect(try model(text).encoder.width == 9)
  }

  @Test(arguments: [
    (#"{"dropout": {"states": 0.2}}"#, "dropout.states"),
    (#"{"attention": {"score": "dot", "size": 3}}"#, "attention.size"),
    (#"{"attention": {"positions": 3}}"#, "attention.positions"),
    (#"{"attention": {"score": "general", "coverage": true}}"#, "attention.coverage"),
    (#"{"decoder": {"initialState": "zero", "bridge": true}}"#, "decoder.bridge"),
    (#"{"decoder": {"output": {"hidden": 20}}}"#, "decoder.output.hidden"),
    (#"{"decoder": {"output": {"embedding": false}}}"#, "decoder.output.embedding"),
    (
      #"{"decoder": {"kind": "transformer", "selfAttention": "ssru", "window": 3}}"#,
      "decoder.window"
    ),
    (#"{"encoder": {"kind": "transformer", "maximumPositions": 9}}"#, "encoder.maximumPositions"),
  ]) func `keys that would do nothing`(_ text: String, _ key: String) throws {
    let found = try conflicts(text)
    #expect(found.count == 1 && found[0].contains(": \(key) is "))
  }
}
