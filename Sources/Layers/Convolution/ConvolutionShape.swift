package import DragomanTensor

/// What a convolution is like.
package struct ConvolutionShape: Sendable, Hashable {
  /// Channels that go in.
  package var inputs: Int
  /// Channels that come out.
  package var outputs: Int
  /// k, the side of the window.
  package var kernel: Int
  /// Pixels from one position of the window to the next.
  package var stride: Int
  /// Zeros around the image.
  package var padding: Int
  /// Blocks of channels that see each other only.
  package var groups: Int

  /// A convolution; without a `padding` that which keeps the size of an image where k is odd and the stride 1.
  package init(
    from inputs: Int, to outputs: Int, kernel: Int = 1, stride: Int = 1, padding: Int? = nil,
    groups: Int = 1
  ) {
    precondition(
      groups >= 1 && inputs >= 1 && outputs >= 1 && inputs % groups == 0 && outputs % groups == 0,
      "\(inputs) channels to \(outputs) in \(groups) groups")
    (self.inputs, self.outputs, self.kernel) = (inputs, outputs, kernel)
    (self.stride, self.padding, self.groups) = (stride, padding ?? kernel / 2, groups)
  }

  /// One window for each channel.
  package static func depthwise(_ channels: Int, kernel: Int, stride: Int = 1) -> ConvolutionShape {
    ConvolutionShape(
      from: channels, to: channels, kernel: kernel, stride: stride, groups: channels)
  }

  /// Whether every channel is a group: there are kernels for this.
  var isDepthwise: Bool { groups > 1 && groups == inputs && groups == outputs }

  /// Whether it is a linear map of each pixel.
  var isPointwise: Bool { kernel == 1 && stride == 1 && padding == 0 }

  /// Numbers of the weight for each channel that comes out: k·k·C/groups.
  var depth: Int { kernel * kernel * (inputs / groups) }

  /// The shape of what comes out.
  package func output(of shape: GridShape) -> GridShape { window(over: shape).target }

  /// Multiply-adds for images of a shape.
  package func multiplications(_ shape: GridShape) -> Double {
    Double(output(of: shape).rows) * Double(outputs * depth)
  }

  func window(over shape: GridShape) -> Window {
    Window(side: kernel, stride: stride, padding: padding, over: shape)
  }

  /// The channels of each group, of `channels` altogether.
  func blocks(of channels: Int) -> [Range<Int>] {
    let size = channels / groups
    return (0..<groups).map { ($0 * size)..<(($0 + 1) * size) }
  }
}
