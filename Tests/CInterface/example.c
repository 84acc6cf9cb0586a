// cc Tests/CInterface/example.c -I Sources/CInterface/include -L .build/release -ldragoman-c -Wl,-rpath,$PWD/.build/release
#include <dragoman.h>
#include <stdio.h>

static int32_t show(const char *piece, void *context) {
  (void)context;
  return fputs(piece, stdout) < 0;
}

int main(int count, char **arguments) {
  char *error = NULL;
  dragoman_translator *translator = count > 1 ? dragoman_load(arguments[1], 0, &error) : NULL;
  for (int i = 2; translator && !error && i < count; i++) {
    char *text = dragoman_translate(translator, arguments[i], "{\"beam\": 3}", &error);
    if (text) printf("%s\n", text);
    dragoman_free_string(text);
    if (!error && dragoman_stream(translator, arguments[i], NULL, show, NULL, &error) == DRAGOMAN_COMPLETE) {
      printf("\n");
    }
  }
  dragoman_unload(translator);
  if (error) fprintf(stderr, "%s\n", error);
  const int status = error || !translator;
  dragoman_free_string(error);
  return status;
}
