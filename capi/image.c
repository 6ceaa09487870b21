/* SPDX-License-Identifier: MIT */
//go:build linux

/*
 * A second image of the library. The loader gives a new image only for a new
 * file, so the library's own is copied first: to memory (memfd_create(2)), or
 * where that is refused to a file that is unlinked at once.
 *
 * The original is mapped at load and never looked up again. The mapping keeps
 * hold of the very file that was loaded, through an upgrade that replaces it, a
 * chdir, a chroot or a rename; and as nothing reads it until a child does, it
 * costs addresses and no memory.
 */
#define _GNU_SOURCE
#include "image.h"

#include "room.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef MFD_EXEC /* Linux 6.3; needed where vm.memfd_noexec is set */
#define MFD_EXEC 0x0010U
#endif

/* The library's own file. */
static struct {
	const char *bytes;
	size_t size;
	char *path;       /* only if it could not be mapped */
	struct stat stat; /* and what it was then */
} original;

/* Whether two looks at a file were at the same one, unchanged. */
static int same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
		a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/* Maps the file at path; with expected, only if it is that one. */
static int map_original(const char *path, const struct stat *expected)
{
	struct stat now;
	int file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return 0;
	int usable = fstat(file, &now) == 0 && (expected == NULL || same_file(&now, expected));
	void *bytes = usable ? mmap(NULL, (size_t)now.st_size, PROT_READ, MAP_PRIVATE, file, 0) : MAP_FAILED;
	close(file);
	if (bytes == MAP_FAILED)
		return 0;
	original.bytes = bytes;
	original.size = (size_t)now.st_size;
	return 1;
}

/* Only the shared library: the file of a program that has the static one inside
   cannot be loaded again. */
void image_remember(void)
{
#ifdef SECRETS_SHARED
	Dl_info self;
	int error = errno;
	if (dladdr(&original, &self) != 0 && !map_original(self.dli_fname, NULL) &&
	    stat(self.dli_fname, &original.stat) == 0)
		original.path = realpath(self.dli_fname, NULL);
	errno = error;
#endif
}

/* Writing beyond RLIMIT_FSIZE raises SIGXFSZ, which ends the host. */
static int may_write(size_t size)
{
	struct rlimit limit;
	return getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur >= size;
}

static int write_original(int file)
{
	size_t done = 0;
	while (done < original.size) {
		ssize_t n = write(file, original.bytes + done, original.size - done);
		if (n < 0 && errno != EINTR)
			return 0;
		done += n < 0 ? 0 : (size_t)n;
	}
	return 1;
}

/* The loader takes a file for one that it has if the path is spelled the same,
   before it looks at it. A descendant may well be given the descriptor that an
   ancestor had, so each image's path is spelled as no ancestor's was: the bits
   of a number that grows from image to image, as "/" and "/.". */
static void spell_path(char *path, int file)
{
	static unsigned images;
	path += sprintf(path, "/proc/self/fd");
	for (unsigned bits = ++images; bits != 0; bits >>= 1)
		path += sprintf(path, bits & 1 ? "/." : "/");
	sprintf(path, "/%d", file);
}

static void *load_from_memory(void)
{
	void *image = NULL;
	char path[128];
	int file = memfd_create("libsecrets", MFD_CLOEXEC | MFD_EXEC);
	if (file < 0 && errno == EINVAL) /* the kernel knows no MFD_EXEC */
		file = memfd_create("libsecrets", MFD_CLOEXEC);
	if (file < 0)
		return NULL;
	spell_path(path, file);
	if (write_original(file))
		image = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	close(file);
	return image;
}

static void *load_from_folder(const char *folder)
{
	char path[4096];
	void *image = NULL;
	if (folder == NULL || (size_t)snprintf(path, sizeof path, "%s/libsecrets-XXXXXX", folder) >= sizeof path)
		return NULL;
	int file = mkostemp(path, O_CLOEXEC);
	if (file < 0)
		return NULL;
	int written = write_original(file);
	close(file);
	if (written)
		image = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	unlink(path);
	return image;
}

static void *load_from_file(void)
{
	const char *const folders[] = {secure_getenv("TMPDIR"), "/dev/shm", "/tmp", "/var/tmp"};
	void *image = NULL;
	for (size_t i = 0; image == NULL && i < sizeof folders / sizeof *folders; i++)
		image = load_from_folder(folders[i]);
	return image;
}

/* Fills engine with the public functions of the image; 0 if one is missing. */
static int look_up(void *image, struct engine *engine)
{
	int found = 1;
#define X(type, name, export, parameters, arguments) \
	*(void **)&engine->name = dlsym(image, "secrets_" #name); \
	found &= engine->name != NULL;
	ENGINE_FUNCTIONS(X)
#undef X
	return found;
}

const struct engine *image_load(void)
{
	/* Of the last image: a grandchild overwrites what only its parent used. */
	static struct engine engine;

	if (original.bytes == NULL && (original.path == NULL || !map_original(original.path, &original.stat)))
		return NULL;
	if (!may_write(original.size) || !room_for_runtime())
		return NULL;
	void *image = load_from_memory();
	if (image == NULL)
		image = load_from_file();
	return image != NULL && look_up(image, &engine) ? &engine : NULL;
}
