// A disk that can fail: preloaded into a process, it keeps of every file under POWER_CUT_DIR a
// second copy under POWER_CUT_DISK that holds only what a disk would after the power failed, the
// bytes that were fsynced. Kill the process, throw POWER_CUT_DIR away, and go on from
// POWER_CUT_DISK.
//
//   POWER_CUT_EARLY=percent  so many of the unsynced writes reach the disk all the same, in any
//   order
//                            and cut at a multiple of 512 bytes, as they may (POWER_CUT_SEED)
//   POWER_CUT_AFTER=n        the process is killed at its n-th operation
//   POWER_CUT_FAULT=kind:first:count   operations that fail, counted among those of their kind:
//                            eio-fsync, and with it the unsynced bytes are lost although later
//                            reads and fsyncs succeed, as on Linux; enospc-write; erofs-write;
//                            short-write; lie-fsync-wal, which says that it is done and is not
//
// Shared memory of SQLite ("-shm") and folders within the folder are not part of the disk: they are
// made anew after a crash.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { kMaxFiles = 64, kMaxDescriptors = 4096 };

struct Range {
  off_t begin;
  size_t size;
};

struct File {
  char name[256];  // within the folder
  struct Range* unsynced;
  size_t count;
  size_t room;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct File files[kMaxFiles];
static struct File* file_of[kMaxDescriptors];
static const char* folder;
static const char* disk;
static unsigned random_state;
static int early_percent;
static long operations, die_after;
static char fault[32];
static long fault_first, fault_count, fault_seen;

static int (*real_open)(const char*, int, ...);
static int (*real_close)(int);
static ssize_t (*real_pwrite)(int, const void*, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_unlink)(const char*);

static const char* Setting(const char* name, const char* otherwise) {
  const char* value = getenv(name);
  return value == NULL ? otherwise : value;
}

__attribute__((constructor)) static void Begin(void) {
  if (real_open != NULL) return;  // another library's constructor opened something first
  real_open = dlsym(RTLD_NEXT, "open64");
  real_close = dlsym(RTLD_NEXT, "close");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_unlink = dlsym(RTLD_NEXT, "unlink");
  random_state = (unsigned)atoi(Setting("POWER_CUT_SEED", "1"));
  early_percent = atoi(Setting("POWER_CUT_EARLY", "0"));
  die_after = atol(Setting("POWER_CUT_AFTER", "0"));
  sscanf(Setting("POWER_CUT_FAULT", ""), "%31[^:]:%ld:%ld", fault, &fault_first, &fault_count);
  disk = Setting("POWER_CUT_DISK", "");
  folder = getenv("POWER_CUT_DIR");
}

// Below this line everything but the interposed functions expects the mutex to be held.

static void DiskPath(const struct File* file, char* path) {
  snprintf(path, PATH_MAX, "%s/%s", disk, file->name);
}

// The file of that path in the watched folder, NULL for any other.
static struct File* FileAt(const char* path) {
  const size_t length = folder == NULL ? 0 : strlen(folder);
  if (length == 0 || strncmp(path, folder, length) != 0 || path[length] != '/') return NULL;
  const char* name = path + length + 1;
  const size_t size = strlen(name);
  if (strchr(name, '/') != NULL) return NULL;
  if (size == 0 || (size > 4 && strcmp(name + size - 4, "-shm") == 0)) return NULL;
  for (int i = 0; i < kMaxFiles; ++i) {
    if (files[i].name[0] == '\0') snprintf(files[i].name, sizeof files[i].name, "%s", name);
    if (strcmp(files[i].name, name) == 0) return &files[i];
  }
  abort();
}

static struct File* FileOf(int descriptor) {
  return descriptor >= 0 && descriptor < kMaxDescriptors ? file_of[descriptor] : NULL;
}

static int Chance(int percent) {
  random_state = random_state * 1103515245u + 12345u;
  return (int)((random_state >> 16) % 100) < percent;
}

static void CountOperation(void) {
  if (++operations == die_after) kill(getpid(), SIGKILL);
}

static int Fails(const char* kind) {
  if (strcmp(kind, fault) != 0) return 0;
  ++fault_seen;
  return fault_seen >= fault_first && fault_seen < fault_first + fault_count;
}

static void ToDisk(const struct File* file, const char* bytes, size_t size, off_t at) {
  char path[PATH_MAX];
  DiskPath(file, path);
  const int descriptor = real_open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0 || real_pwrite(descriptor, bytes, size, at) != (ssize_t)size) abort();
  real_close(descriptor);
}

static void Remember(struct File* file, off_t begin, size_t size) {
  if (file->count == file->room) {
    file->room = file->room == 0 ? 64 : file->room * 2;
    file->unsynced = realloc(file->unsynced, file->room * sizeof(struct Range));
  }
  file->unsynced[file->count++] = (struct Range){begin, size};
}

// All that was written since the last time, and the file's size.
static void SyncToDisk(int descriptor, struct File* file) {
  char path[PATH_MAX];
  char source[64];
  DiskPath(file, path);
  snprintf(source, sizeof source, "/proc/self/fd/%d", descriptor);
  const int from = real_open(source, O_RDONLY | O_CLOEXEC);
  const int to = real_open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  for (size_t i = 0; i < file->count; ++i) {
    const struct Range range = file->unsynced[i];
    char* bytes = malloc(range.size);
    const ssize_t size = pread(from, bytes, range.size, range.begin);
    if (size > 0 && real_pwrite(to, bytes, (size_t)size, range.begin) != size) abort();
    free(bytes);
  }
  struct stat status;
  if (fstat(from, &status) != 0 || real_ftruncate(to, status.st_size) != 0) abort();
  real_close(from);
  real_close(to);
}

static int OpenFile(const char* path, int flags, mode_t mode) {
  Begin();
  const int descriptor = real_open(path, flags, mode);
  pthread_mutex_lock(&mutex);
  if (descriptor >= 0 && descriptor < kMaxDescriptors) {
    file_of[descriptor] = (flags & O_DIRECTORY) != 0 ? NULL : FileAt(path);
  }
  pthread_mutex_unlock(&mutex);
  return descriptor;
}

static ssize_t WriteFile(int descriptor, struct File* file, const char* bytes, size_t size,
                         off_t at) {
  CountOperation();
  if (Fails("enospc-write")) return errno = ENOSPC, -1;
  if (Fails("erofs-write")) return errno = EROFS, -1;
  if (Fails("short-write")) size = size / 2;
  const ssize_t written = real_pwrite(descriptor, bytes, size, at);
  if (written <= 0) return written;
  Remember(file, at, (size_t)written);
  if (Chance(early_percent)) {
    const size_t whole = Chance(50) ? (size_t)written : (size_t)written / 2 / 512 * 512;
    ToDisk(file, bytes, whole, at);
  }
  return written;
}

static int SyncFile(int descriptor, struct File* file) {
  CountOperation();
  const char* log = strstr(file->name, "-wal");
  if (log != NULL && Fails("lie-fsync-wal")) return 0;
  const char* ending = strrchr(file->name, '.');
  const int is_database = ending != NULL && strcmp(ending, ".db") == 0;
  const int fails = Fails("eio-fsync") || (is_database && Fails("eio-fsync-db"));
  if (!fails) SyncToDisk(descriptor, file);
  file->count = 0;
  return fails ? (errno = EIO, -1) : 0;
}

// The interposed functions. What is not watched goes its usual way.

int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return OpenFile(path, flags, mode);
}

int open(const char* path, int flags, ...) __attribute__((alias("open64")));

int close(int descriptor) {
  Begin();
  pthread_mutex_lock(&mutex);
  if (FileOf(descriptor) != NULL) file_of[descriptor] = NULL;
  pthread_mutex_unlock(&mutex);
  return real_close(descriptor);
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off_t at) {
  pthread_mutex_lock(&mutex);
  struct File* file = FileOf(descriptor);
  const ssize_t written = file == NULL ? real_pwrite(descriptor, bytes, size, at)
                                       : WriteFile(descriptor, file, bytes, size, at);
  pthread_mutex_unlock(&mutex);
  return written;
}

ssize_t pwrite(int, const void*, size_t, off_t) __attribute__((alias("pwrite64")));

int ftruncate64(int descriptor, off_t size) {
  pthread_mutex_lock(&mutex);
  if (FileOf(descriptor) != NULL) CountOperation();
  pthread_mutex_unlock(&mutex);
  return real_ftruncate(descriptor, size);
}

int ftruncate(int, off_t) __attribute__((alias("ftruncate64")));

int fdatasync(int descriptor) {
  pthread_mutex_lock(&mutex);
  struct File* file = FileOf(descriptor);
  const int result = file == NULL ? 0 : SyncFile(descriptor, file);
  pthread_mutex_unlock(&mutex);
  return result;
}

int fsync(int) __attribute__((alias("fdatasync")));

int unlink(const char* path) {
  char on_disk[PATH_MAX];
  pthread_mutex_lock(&mutex);
  struct File* file = FileAt(path);
  if (file != NULL) {
    CountOperation();
    file->count = 0;
    DiskPath(file, on_disk);
    real_unlink(on_disk);
  }
  pthread_mutex_unlock(&mutex);
  return real_unlink(path);
}
