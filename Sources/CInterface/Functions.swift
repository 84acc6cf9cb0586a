import DragomanDecoding
import DragomanFormats
import DragomanTranslation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// The functions of include/dragoman.h, which documents them. Pointers live in this folder and in Sources/Tensor alone.

// Values of the header's enumeration.
private let complete: Int32 = 0
private let failed: Int32 = 1
private let stopped: Int32 = 2

/// Where the version stands for as long as the process lives.
private let versionAddress = unsafe UInt(bitPattern: copy(Translator.version))

/// See dragoman.h.
@_cdecl("dragoman_version")
public func dragoman_version() -> UnsafePointer<CChar>? {
  unsafe UnsafePointer(bitPattern: versionAddress)
}

/// See dragoman.h.
@_cdecl("dragoman_load")
public func dragoman_load(
  _ path: UnsafePointer<CChar>?, _ threads: Int32,
  _ error: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> OpaquePointer? {
  unsafe reporting(to: error, or: nil) {
    let path = try unsafe text(path, "path")
    guard (0...1024).contains(threads) else {
      throw ArgumentError(
        argument: "threads", expected: "0 (all processors) to 1024", found: "\(threads)")
    }
    let translator = try Translator(path: path, threads: threads == 0 ? nil : Int(threads))
    return unsafe OpaquePointer(bitPattern: LoadedTranslators.add(translator))
  }
}

/// See dragoman.h.
@_cdecl("dragoman_translate")
public func dragoman_translate(
  _ translator: OpaquePointer?, _ line: UnsafePointer<CChar>?, _ options: UnsafePointer<CChar>?,
  _ error: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> UnsafeMutablePointer<CChar>? {
  unsafe reporting(to: error, or: nil) {
    let translator = try unsafe found(translator, options)
    let line = try unsafe text(line, "line")
    try translator.requireReadable([line], from: nil)
    let translation = translator.translate(line, .textOnly)
    guard !translation.isBroken else { throw NoNumber(line: nil) }
    return unsafe copy(translation.text)
  }
}

/// See dragoman.h.
@_cdecl("dragoman_translate_batch")
public func dragoman_translate_batch(
  _ translator: OpaquePointer?, _ lines: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int,
  _ options: UnsafePointer<CChar>?,
  _ translations: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
  _ error: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  unsafe reporting(to: error, or: failed) {
    // A size_t that is too large for an Int arrives as a negative number.
    guard count >= 0 else {
      throw ArgumentError(argument: "count", expected: "at most \(Int.max)", found: "more")
    }
    guard count > 0 else { return complete }
    guard let translations = unsafe translations else {
      throw ArgumentError(
        argument: "translations", expected: "room for \(count) pointers", found: "NULL")
    }
    for index in 0..<count { unsafe translations[index] = nil }
    let translator = try unsafe found(translator, options)
    guard let lines = unsafe lines else {
      throw ArgumentError(argument: "lines", expected: Words.count(count, "line"), found: "NULL")
    }
    let texts = try (0..<count).map { try unsafe text(lines[$0], "lines[\($0)]") }
    try translator.requireReadable(texts, from: 1)
    let found = translator.translate(texts, .textOnly)
    if let place = found.firstIndex(where: \.isBroken) { throw NoNumber(line: place + 1) }
    for (index, translation) in found.enumerated() {
      unsafe translations[index] = copy(translation.text)
    }
    return complete
  }
}

/// See dragoman.h.
@_cdecl("dragoman_stream")
public func dragoman_stream(
  _ translator: OpaquePointer?, _ line: UnsafePointer<CChar>?, _ options: UnsafePointer<CChar>?,
  _ piece: (@convention(c) (UnsafePointer<CChar>?, UnsafeMutableRawPointer?) -> Int32)?,
  _ context: UnsafeMutableRawPointer?,
  _ error: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  unsafe reporting(to: error, or: failed) {
    let translator = try unsafe found(translator, options)
    let line = try unsafe text(line, "line")
    guard let piece = unsafe piece else {
      throw ArgumentError(argument: "piece", expected: "a function", found: "NULL")
    }
    try translator.requireReadable([line], from: nil)
    var writer = translator.writer(line, .textOnly)
    while !writer.isFinished {
      guard let next = writer.advance() else { continue }
      guard next.translation?.isBroken != true else { throw NoNumber(line: nil) }
      let text = next.text
      guard !text.isEmpty else { continue }
      let copy = unsafe copy(text)
      defer { unsafe free(copy) }
      if unsafe piece(copy, context) != 0 { return stopped }
    }
    return complete
  }
}

/// See dragoman.h.
@_cdecl("dragoman_free_string")
public func dragoman_free_string(_ string: UnsafeMutablePointer<CChar>?) { unsafe free(string) }

/// See dragoman.h.
@_cdecl("dragoman_unload")
public func dragoman_unload(_ translator: OpaquePointer?) {
  LoadedTranslators.remove(UInt(bitPattern: translator))
}

/// The translator of a number, decoding as the options say.
private func found(
  _ number: OpaquePointer?, _ options: UnsafePointer<CChar>?
) throws -> Translator {
  let number = UInt(bitPattern: number)
  guard var translator = LoadedTranslators.find(number) else {
    throw ArgumentError(
      argument: "translator", expected: "what dragoman_load returned",
      found: number == 0 ? "NULL" : "one that is not loaded, or was unloaded")
  }
  if let options = unsafe options {
    let text = try unsafe text(options, "options")
    translator.decoding = try translator.decoding.changed(by: text, file: "options")
  }
  return translator
}
