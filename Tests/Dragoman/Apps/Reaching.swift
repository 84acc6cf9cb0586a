// A file of an app in another package that reaches inside; PublicFaceTests sees each line refused that begins with "_
// =".
import Dragoman

func reach(into translator: Translator, _ trace: SearchTrace) throws {
  _ = exponential(1)
  _ = Kernels(threads: 1)
  _ = WalkGradients.self
  _ = Matrix.self
  _ = JSON.null
  _ = ModelConfiguration()
  _ = TrainingConfiguration.self
  _ = PackedModel.self
  _ = TextCodec.self
  _ = AtomicFile.self
  _ = Files.exists("/")
  _ = try ModelFile(path: "")
  _ = translator.model
  _ = SearchTrace()
  _ = FileError(file: "", wanted: "", reason: "")
}
