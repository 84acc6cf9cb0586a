import Foundation
import Testing

@testable import DragomanEvaluation

@Suite struct `A decimal number` {
  @Test func `rounds as C does`() {
    var values: [Double] = [
      0, 0.125, 0.375, 34.25, 34.35, 2.675, 1.005, 99.995, 100, 0.05, 0.15, -1.25,
    ]
    values += (0..<2000).map { Double($0) / 80 }
    values += (0..<2000).map { Double($0 * 7919 % 100_003) / 1001 }
    for value in values {
      for decimals in 0...3 {
        #expect(decimal(value, decimals) == String(format: "%.\(decimals)f", value))
      }
    }
  }
}
