/// The syllables of Korean, which decompose and compose by arithmetic.
///
/// The Unicode Standard, section 3.12, "Conjoining Jamo Behavior".
enum Hangul {
  /// Vowels that follow a first consonant.
  static let vowels: ClosedRange<UInt32> = 0x1161...0x1175
  /// Consonants that end a syllable.
  static let finals: ClosedRange<UInt32> = 0x11A8...0x11C2
  private static let initials: ClosedRange<UInt32> = 0x1100...0x1112
  private static let syllables: ClosedRange<UInt32> = 0xAC00...0xD7A3
  /// Syllables with the same consonant and vowel: one without a final and one with each.
  private static let finalCount: UInt32 = 28
  private static let vowelCount: UInt32 = 21
  /// What stands for no final.
  private static let noFinal: UInt32 = 0x11A7

  /// Appends the two or three letters of a syllable; `false` if the scalar is none.
  static func appendDecomposition(of scalar: UInt32, to result: inout [UInt32]) -> Bool {
    guard syllables.contains(scalar) else { return false }
    let index = scalar - syllables.lowerBound
    let final = index % finalCount
    result.append(initials.lowerBound + index / finalCount / vowelCount)
    result.append(vowels.lowerBound + index / finalCount % vowelCount)
    if final > 0 { result.append(noFinal + final) }
    return true
  }

  /// The syllable that a consonant and a vowel, or a syllable and a final, make.
  static func composition(_ left: UInt32, _ right: UInt32) -> UInt32? {
    if initials.contains(left), vowels.contains(right) {
      let pair = (left - initials.lowerBound) * vowelCount + (right - vowels.lowerBound)
      return syllables.lowerBound + pair * finalCount
    }
    guard syllables.contains(left), finals.contains(right),
      (left - syllables.lowerBound) % finalCount == 0
    else { return nil }
    return left + right - noFinal
  }
}
