extension Image {
  /// The image with another number of channels.
  ///
  /// Colours become grey by their luma, 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601, section 2.5.1); grey becomes three
  /// equal colours. Alpha that is dropped lays the image over a `background` of one grey: α·x + (1 − α)·background;
  /// alpha that is added is 1.
  package func withChannels(_ wanted: Int, background: Float = 1) -> Image {
    precondition((1...4).contains(wanted), "\(wanted) channels")
    guard wanted != channels else { return self }
    var result = Image(height: height, width: width, channels: wanted, repeating: 1)
    let (colours, wantedColours) = (channels >= 3 ? 3 : 1, wanted >= 3 ? 3 : 1)
    let keepsAlpha = wanted == 2 || wanted == 4
    var pixel: [Float] = [0, 0, 0]
    for index in 0..<(height * width) {
      let (from, to) = (index * channels, index * wanted)
      let alpha = hasAlpha ? samples[from + colours] : 1
      for colour in 0..<3 {
        let value = samples[from + min(colour, colours - 1)]
        pixel[colour] =
          hasAlpha && !keepsAlpha ? alpha * value + (1 - alpha) * background : value
      }
      if wantedColours == 3 {
        for colour in 0..<3 { result.samples[to + colour] = pixel[colour] }
      } else {
        result.samples[to] = colours == 1 ? pixel[0] : Self.luma(pixel)
      }
      if keepsAlpha { result.samples[to + wantedColours] = alpha }
    }
    return result
  }

  private static func luma(_ pixel: [Float]) -> Float {
    let (red, green, blue) = (Double(pixel[0]), Double(pixel[1]), Double(pixel[2]))
    return Float(0.299 * red + 0.587 * green + 0.114 * blue)
  }
}
