import DragomanDecoding
import DragomanFormats

/// What is told of captions that did not come to an end.
enum CutOffCaptions {
  /// Tells how many of the written captions were cut off, if any were.
  static func tell(
    _ count: Int, of written: Int, _ decoding: DecodingConfiguration, _ console: Console
  ) {
    guard count > 0 else { return }
    let limit = decoding.maximumLength
    console.message(
      "\(NumberText.grouped(count)) of \(NumberText.grouped(written)) captions "
        + "\(count == 1 ? "was" : "were") cut off after "
        + "\(Words.count(limit, "token")); --maximum-length allows more"
    )
  }
}
