/// Translate with a model of Dragoman's, from C or from any language that can call C.
///
///     char *error = NULL;
///     dragoman_translator *translator = dragoman_load("best.safetensors", 0, &error);
///     if (!translator) { fprintf(stderr, "%s\n", error); return 1; }
///     char *text = dragoman_translate(translator, "good morning", NULL, &error);
///     if (text) puts(text);
///     dragoman_free_string(text);
///     dragoman_unload(translator);
///
/// All text is UTF-8 and ends with a NUL. A line that is translated may hold any white space, and a byte order mark before it
/// does not count; its translation is one line.
///
/// **Errors.** A function that can fail takes `char **error`. If it fails, it writes a message there that says what is wrong and
/// what to do, to be freed with dragoman_free_string; if not, it writes NULL. `error` itself may be NULL. Arguments
/// that are NULL, that are not UTF-8 or that name a translator which is not there are errors like any other.
///
/// **Options.** A JSON object with keys of the `decoding` object of a configuration, such as `{"beam": 5, "noRepeat": 3}`, which
/// take the place of what the model says; NULL for none. `dragoman help configuration` lists the keys.
///
/// **Threads.** Every function may be called from several threads at once, with the same translator too. A translator that
/// is unloaded while others translate with it is freed when they are done. A process that was forked has to load its
/// own: threads do not survive a fork.
#ifndef DRAGOMAN_H
#define DRAGOMAN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A loaded model: a name for it, which points to nothing.
typedef struct dragoman_translator dragoman_translator;

/// Takes the next piece of a translation; any result but 0 stops the translation.
///
/// The text goes behind what came before, spaces included. It is valid until the function returns, and never NULL or empty.
typedef int32_t (*dragoman_piece_function)(const char *text, void *context);

/// How a translation with dragoman_stream ended.
enum {
  /// It is complete.
  DRAGOMAN_COMPLETE = 0,
  /// It failed; there is a message.
  DRAGOMAN_FAILED = 1,
  /// The function that takes the pieces has stopped it.
  DRAGOMAN_STOPPED = 2
};

/// The version of the library, such as "0.1.0"; not to be freed.
const char *dragoman_version(void);

/// Loads a model file.
///
/// `threads` compute, 1 to 1024, but never more than 48; 0 is as many as there are processors. Returns NULL if it fails. What is
/// returned is to be given back with dragoman_unload.
dragoman_translator *dragoman_load(const char *path, int32_t threads, char **error);

/// Translates a line. The result is to be freed with dragoman_free_string; it is NULL if it fails.
char *dragoman_translate(
    const dragoman_translator *translator, const char *line, const char *options, char **error);

/// Translates lines together, which is faster than one by one and gives the same.
///
/// Writes `count` translations to `translations`, in the order of the lines and each to be freed with dragoman_free_string.
/// Returns DRAGOMAN_COMPLETE, or DRAGOMAN_FAILED and writes NULL to all of them.
int32_t dragoman_translate_batch(
    const dragoman_translator *translator, const char *const *lines, size_t count,
    const char *options, char **translations, char **error);

/// Translates a line and gives its text piece by piece, as soon as a piece cannot change any more.
///
/// `piece` is called on the calling thread, with `context`. The pieces joined are the translation. Returns DRAGOMAN_COMPLETE,
/// DRAGOMAN_FAILED or DRAGOMAN_STOPPED.
int32_t dragoman_stream(
    const dragoman_translator *translator, const char *line, const char *options,
    dragoman_piece_function piece, void *context, char **error);

/// Frees a string that a function of this header returned or wrote; NULL is nothing.
void dragoman_free_string(char *string);

/// Gives a translator back; one that is not there, or was given back before, is nothing.
void dragoman_unload(dragoman_translator *translator);

#ifdef __cplusplus
}
#endif

#endif
