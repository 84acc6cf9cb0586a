// A file of an app in another package, which PublicFaceTests checks as the app's build would.
import Dragoman
import Foundation

/// Uses all that an app may want of the library.
@main struct App {
  static func main() async throws {
    let url = URL(filePath: CommandLine.arguments[1])
    var translator = try await Translator(contentsOf: url, threads: 2)
    let models = try Translator(path: url.path, others: ["other.safetensors"])
    let line = try await translator.translate("good morning")
    let lines = try await models.translate(["a", "b"], TranslationOptions(withAttention: true))
    print(line.text, line.confidences, line.targetTokens, line.isCutOff, lines.map(\.score))
    print(WordAlignment(lines[0]).pharaoh, WordAlignment(lines[0]).links.map(\.source))

    for try await piece in translator.stream("good morning", TranslationOptions(prefix: "Bon")) {
      print(piece.text, piece.tokens, piece.translation?.text ?? "")
    }
    set(&translator.decoding)
    translator.dictionary = try WordDictionary(path: "words.tsv")
    print(translator.dictionary["cat"] ?? "", translator.reach ?? 0, Translator.version)
    let best = try await translator.alternatives(["good morning"], count: 3)
    print(best[0].map(\.logProbability))
    block(translator)
  }

  /// How it writes, by its own names.
  static func set(_ decoding: inout DecodingConfiguration) {
    decoding = DecodingConfiguration()
    decoding.search = SearchKind.allCases.last ?? .sampling
    decoding.temperature = 0.7
    decoding.topK = 10
    decoding.topP = 0.9
    decoding.seed = 3
    decoding.beam = 4
    decoding.lengthNormalization = LengthNormalizationKind(rawValue: "gnmt") ?? .average
    decoding.maximumRatio = 2
    decoding.noRepeat = 3
    decoding.replaceUnknown = true
  }

  /// The calls that wait.
  static func block(_ translator: Translator) {
    let scores = translator.score([SentencePair(source: "a", target: "b")])
    print(scores.map(\.perplexity), translator.translate("a").text)
    let traced = translator.traced(["a"], count: 2)[0]
    for ending in traced.trace.endings where ending.isFinished {
      for alternatives in traced.trace.alternatives(along: ending) {
        print(alternatives.map { "\($0.token) \($0.probability)" })
      }
    }
    let fates = traced.trace.nodes.filter { $0.fate == .finished }
    print(fates.count, traced.translations.count)
  }

  /// What can go wrong, by type: so that an app can say "download it again" or "update the app".
  static func load(_ path: String) -> Translator? {
    do {
      return try Translator(path: path)
    } catch let error as FileError {
      print("no such file: \(error.file), \(error.reason)")
    } catch ModelFileError.unsupportedVersion(_, let found, _) {
      print("update the app for format \(found)")
    } catch ModelFileError.unreadable(_, let reason) {
      print("download the model again: \(reason)")
    } catch let error as ModelFileError {
      print(error)
    } catch let error as EnsembleError {
      print("\(error.path) does not fit \(error.first): \(error.difference)")
    } catch {
      print(error)
    }
    return nil
  }

  /// Errors of other calls.
  static func explain(_ error: any Error) -> String {
    switch error {
    case let error as ModelURLError: "\(error.url)"
    case let error as WordDictionaryError: "line \(error.line): \(error.found)"
    case is CancellationError: "cancelled"
    default: "\(error)"
    }
  }
}
