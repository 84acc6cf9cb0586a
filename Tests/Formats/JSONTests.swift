import Testing

@testable import DragomanFormats

@Suite struct `A JSON value` {
  private func read(_ text: String) throws -> JSON {
    try JSON.parse(Array(text.utf8), file: "f")
  }

  @Test(arguments: [
    ("0", 0), ("-0", 0), ("-7", -7), ("9223372036854775807", Int.max),
    ("-9223372036854775808", Int.min), ("9223372036854775808", nil), ("2.0", nil), ("2e0", nil),
    ("1E5", nil), ("\"2\"", nil), ("true", nil), ("null", nil),
  ])
  func `is an integer if it is written as one and fits`(_ text: String, _ expected: Int?) throws {
    #expect(try read(text).int == expected)
  }

  @Test(arguments: [
    ("0", 0), ("2e0", 2), ("-1.5", -1.5), ("1e308", 1e308), ("5e-324", .leastNonzeroMagnitude),
    ("1e-999", 0),
    ("1e309", nil), ("-1e999", nil), ("\"1\"", nil),
  ])
  func `is a number if that is finite`(_ text: String, _ expected: Double?) throws {
    #expect(try read(text).double == expected)
  }

  @Test func `is one kind and no other`() throws {
    let values = try #require(read("[null,true,1,\"a\",[],{}]").array)
    #expect(values.map(\.isNull) == [true, false, false, false, false, false])
    #expect(values.map { $0.bool as Bool? } == [nil, true, nil, nil, nil, nil])
    #expect(values.map { $0.double != nil } == [false, false, true, false, false, false])
    #expect(values.map { $0.string != nil } == [false, false, false, true, false, false])
    #expect(values.map { $0.array != nil } == [false, false, false, false, true, false])
    #expect(values.map { $0.members != nil } == [false, false, false, false, false, true])
    #expect(values.allSatisfy { $0["a"] == nil })
  }

  @Test(arguments: [
    ("null", "null"), ("true", "true"), ("-1.50", "-1.50"), ("\"a\\nb\"", "\"a\\u{a}b\""),
    ("[]", "an empty array"), ("[1]", "an array"), ("{}", "an object"),
    ("\"\(String(repeating: "x", count: 70))\"", "\"\(String(repeating: "x", count: 60))…\""),
    (String(repeating: "1", count: 50), "\(String(repeating: "1", count: 37))…"),
  ])
  func `is told in few words`(_ text: String, _ expected: String) throws {
    #expect(try read(text).brief == expected)
  }

  @Test func `has null where a number is infinite or none`() {
    for value in [Double.infinity, -.infinity, .nan] { #expect(JSON.double(value).isNull) }
  }

  @Test func `is made of literals, members in their order`() {
    let (name, rate) = ("a\"b", nil as Double?)
    let value: JSON = [
      "z": .null, "name": .string(name), "text": "\(name)!", "count": 3, "half": 0.5, "whole": 2.0,
      "yes": true, "list": [1, "x", [], [:]], "rate": rate.map { .double($0) },
      "a": ["b": ["c": -1]],
      "words": .strings(["u", "v"]), "numbers": .ints([1, 2]), "floats": .floats([0.1, .nan]),
    ]
    #expect(
      value.serialized()
        == #"{"z":null,"name":"a\"b","text":"a\"b!","count":3,"half":0.5,"whole":2,"yes":true,"#
        + #""list":[1,"x",[],{}],"a":{"b":{"c":-1}},"words":["u","v"],"numbers":[1,2],"floats":[0.1,null]}"#
    )
    let more: JSON = ["z": 1]
    #expect(more.adding(["a": 2, "b": nil]).serialized() == #"{"z":1,"a":2}"#)
  }

  @Test func `cannot be made with a name twice`() async {
    await #expect(processExitsWith: .failure) { _ = ["a": 1, "b": 2, "a": 3] as JSON }
    await #expect(processExitsWith: .failure) { _ = (["a": 1] as JSON).adding(["a": 1]) }
    await #expect(processExitsWith: .failure) { _ = (["a": 1] as JSON).adding([1]) }
  }

  @Test func `is found by a path, and removed`() throws {
    let value = try read(#"{"a":{"b":{"c":1,"d":2}},"e":3}"#)
    #expect(value.value(at: "a.b.c")?.int == 1 && value.value(at: "e")?.int == 3)
    for path in ["a.x", "e.f", "a.b.c.d", "", "a..b", "a."] {
      #expect(value.value(at: path) == nil)
    }
    #expect(value.removing("a.b.c").serialized() == #"{"a":{"b":{"d":2}},"e":3}"#)
    for path in ["a.x", "e.f", ""] {
      #expect(value.removing(path).serialized() == value.serialized())
    }
    #expect(value.removing("a").serialized() == #"{"e":3}"#)
  }

  @Test func `made in code has no position`() {
    #expect(JSON.int(3).position == JSONPosition(line: 0, column: 0, offset: 0))
  }
}
