import DragomanFormats

/// Files of arrays, made by hand, so that no reader is tested with its own writer.
package enum ArrayBytes {
  /// Floats, the lowest byte of each first.
  package static func floats(_ numbers: [Float]) -> [UInt8] {
    numbers.flatMap { number in
      (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
    }
  }

  /// The upper halves of floats: bfloat16, without rounding.
  package static func halves(_ numbers: [Float]) -> [UInt8] {
    numbers.flatMap { number in
      [UInt8(truncatingIfNeeded: number.bitPattern >> 16), UInt8(number.bitPattern >> 24)]
    }
  }

  /// Whole numbers of 64 bits.
  package static func integers(_ numbers: [Int]) -> [UInt8] {
    numbers.flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
  }

  /// Texts of so many scalars, as NumPy has them: `<U…`.
  package static func texts(_ texts: [String], of length: Int) -> [UInt8] {
    texts.flatMap { text -> [UInt8] in
      let scalars = text.unicodeScalars.map(\.value)
      return (scalars + [UInt32](repeating: 0, count: length - scalars.count)).flatMap { scalar in
        (0..<4).map { UInt8(truncatingIfNeeded: scalar >> (8 * $0)) }
      }
    }
  }

  /// An `.npy` file.
  package static func npy(_ type: String, _ shape: [Int], _ bytes: [UInt8]) -> [UInt8] {
    let axes = shape.map { "\($0)," }.joined(separator: " ")
    let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(axes)), }\n"
    let count = header.utf8.count
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(count & 255), UInt8(count >> 8)]
      + Array(header.utf8) + bytes
  }

  /// A zip archive of stored members, as `numpy.savez` writes it.
  package static func npz(_ members: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    func number(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    var (file, list): ([UInt8], [UInt8]) = ([], [])
    for (name, bytes) in members {
      let name = Array("\(name).npy".utf8)
      let fields =
        number(20, 2) + number(0, 8) + number(Int(CRC32(of: bytes[...]).value), 4)
        + number(bytes.count, 4) + number(bytes.count, 4) + number(name.count, 2) + number(0, 2)
      list +=
        [0x50, 0x4B, 1, 2] + number(20, 2) + fields + number(0, 10) + number(file.count, 4) + name
      file += [0x50, 0x4B, 3, 4] + fields + name + bytes
    }
    return file + list + [0x50, 0x4B, 5, 6] + number(0, 4) + number(members.count, 2)
      + number(members.count, 2) + number(list.count, 4) + number(file.count, 4) + number(0, 2)
  }

  /// A safetensors file.
  package static func safetensors(
    _ tensors: [(name: String, type: String, shape: [Int], bytes: [UInt8])],
    metadata: [String: String] = [:]
  ) -> [UInt8] {
    var (members, data): ([JSON.Member], [UInt8]) = ([], [])
    if !metadata.isEmpty {
      members.append(
        .init(
          name: "__metadata__",
          value: .object(metadata.map { ($0.key, JSON.string($0.value)) })))
    }
    for tensor in tensors {
      members.append(
        .init(
          name: tensor.name,
          value: [
            "dtype": .string(tensor.type), "shape": .array(tensor.shape.map { .int($0) }),
            "data_offsets": [.int(data.count), .int(data.count + tensor.bytes.count)],
          ]))
      data += tensor.bytes
    }
    let header = Array(JSON.object(members).serialized().utf8)
    return (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header + data
  }
}
