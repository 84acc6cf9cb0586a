import Dragoman

func demonstrate(model path: String, lines: [String]) async throws {
  let translator = try Translator(path: path)  // one file, checked before it is used

  let translation = try await translator.translate("good morning")  // off the caller's actor
  print(translation.text, translation.confidences)

  for try await piece in translator.stream("how do I get to the station?") {
    print(piece.text, terminator: "")  // each token, as soon as it is final
  }

  let task = Task { try await translator.translate(lines) }
  task.cancel()  // it throws a CancellationError within one step
}
