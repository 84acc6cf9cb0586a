import CDragoman
import DragomanC
import Testing

@Suite struct `The header` {
  /// This does not compile where the header and the functions have different types.
  @Test func `declares what there is`() {
    func expectSameType<T>(_: T, _: T) {}
    expectSameType(CDragoman.dragoman_version, DragomanC.dragoman_version)
    expectSameType(CDragoman.dragoman_load, DragomanC.dragoman_load)
    expectSameType(CDragoman.dragoman_translate, DragomanC.dragoman_translate)
    expectSameType(CDragoman.dragoman_translate_batch, DragomanC.dragoman_translate_batch)
    expectSameType(CDragoman.dragoman_stream, DragomanC.dragoman_stream)
    expectSameType(CDragoman.dragoman_free_string, DragomanC.dragoman_free_string)
    expectSameType(CDragoman.dragoman_unload, DragomanC.dragoman_unload)
  }
}
