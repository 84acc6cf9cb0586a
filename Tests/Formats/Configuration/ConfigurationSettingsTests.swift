import Testing

@testable import DragomanFormats

@Suite struct `Settings of a configuration` {
  @Test func `are set by the properties that hold them, in their order`() {
    var settings = ConfigurationSettings<Kitchen>()
    #expect(settings.json.serialized() == "{}" && settings.value == Kitchen())
    settings.set(\.oven.minutes, to: 7)
    settings.set(\.fuel, to: .wood)
    settings.set(\.oven.heat, to: 80)
    settings.set(\.dishes, to: ["x"])
    settings.set(\.oven.minutes, to: nil)
    #expect(
      settings.json.serialized()
        == #"{"oven":{"minutes":null,"heat":80},"fuel":"wood","dishes":["x"]}"#)
    #expect(settings.value.oven.heat == 80 && settings.value.fuel == .wood)
    // A value that does not count is written all the same, and a default, too.
    settings.set(\.flames, to: Kitchen().flames)
    #expect(settings.json["flames"]?.int == Kitchen().flames)
    settings.remove(\.oven.heat)
    settings.remove(\.fuel)
    #expect(
      settings.json.serialized() == #"{"oven":{"minutes":null},"dishes":["x"],"flames":4}"#)
    #expect(settings.value.oven.heat == Oven().heat && settings.value.fuel == .gas)
  }

  @Test func `are set in one of several objects, with its kind where that is not the default`() {
    var settings = ConfigurationSettings<Workshop>()
    settings.set(\.heater, \GasHeater.hose.length, to: 3)
    settings.set(\.heater, \GasHeater.level, to: 2)
    #expect(settings.json.serialized() == #"{"heater":{"hose":{"length":3},"level":2}}"#)
    settings.set(\.heater, \WoodHeater.logs, to: 9)
    settings.set(\.heater, \WoodHeater.dry, to: true)
    settings.set(\.name, to: "hut")
    #expect(
      settings.json.serialized()
        == #"{"heater":{"kind":"wood","logs":9,"dry":true},"name":"hut"}"#)
    guard case .wood(let wood) = settings.value.heater else {
      Issue.record("\(settings.value.heater)")
      return
    }
    #expect(wood.logs == 9 && wood.dry)
  }

  @Test func `cannot be set where no key is kept`() async {
    await #expect(processExitsWith: .failure) {
      var settings = ConfigurationSettings<Kitchen>()
      settings.set(\.oven.hidden, to: 1)
    }
  }
}

extension Oven {
  /// A property that no key is kept at.
  fileprivate var hidden: Int {
    get { 0 }
    set {}
  }
}
