// Settings of ThreadSanitizer, built in so that they hold whoever starts the program; TSAN_OPTIONS
// goes before them.

// NOLINTNEXTLINE(bugprone-reserved-identifier): the name is TSan's.
extern "C" const char* __tsan_default_options() {
  // The first report ends the program: a server that a test starts must not hide one in its log.
  return "halt_on_error=1:ignore_noninstrumented_modules=1";
}
