/* SPDX-License-Identifier: MIT */
/* Examines everything that a library could change in its host: before $LIBRARY is loaded, after
   that, after a first call, and after a thousand calls from five threads that have ended. Prints
   a line for each difference to before, and nothing if there is none. If $IDLE is set, it finally
   sleeps for as many seconds, and counts what woke up. */
#define _GNU_SOURCE
#include "check.h"
#include "load.h"
#include "proc.h"
#include "rights.h"
#include "run.h"

#include <fcntl.h>
#include <fenv.h>
#include <link.h>
#include <locale.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/time.h>

enum { THREADS = 5, CALLS = 200, STACK = 256 << 10 };

/* ---- States ----------------------------------------------------------- */

struct text;

struct probe {
	const char *name;
	void (*read)(struct text *text);
	int number;       /* what it examines, if it is one of many */
	const char *path; /* or where */
};

/* What a probe saw, as words that end with a space. */
struct text {
	const struct probe *probe;
	size_t used;
	char bytes[24576];
};

__attribute__((format(printf, 2, 3))) static void add(struct text *text, const char *format, ...)
{
	size_t room = sizeof text->bytes - text->used;
	va_list arguments;
	va_start(arguments, format);
	int size = vsnprintf(text->bytes + text->used, room, format, arguments);
	va_end(arguments);
	CHECK(size >= 0 && (size_t)size < room);
	text->used += (size_t)size;
}

static void add_bytes(struct text *text, const void *data, size_t size)
{
	const unsigned char *bytes = data;
	for (size_t i = 0; i < size; i++)
		add(text, "%02x", bytes[i]);
}

static void add_mask(struct text *text, const sigset_t *mask)
{
	for (int i = 1; i < NSIG; i++)
		if (sigismember(mask, i) == 1)
			add(text, "%d ", i);
}

/* Adds a line of a file as one word. */
static void add_line(struct text *text, const char *line)
{
	for (; *line != '\0'; line++)
		add(text, "%c", *line == ' ' || *line == '\t' ? '_' : *line);
	add(text, " ");
}

/* Returns the next line of a file in /proc, or NULL. */
static const char *next_line(FILE *file)
{
	static char line[4096];
	if (fgets(line, sizeof line, file) == NULL)
		return NULL;
	line[strcspn(line, "\n")] = '\0';
	return line;
}

/* Returns the number after a name in a file of /proc, or -1. */
static long field(const char *path, const char *name)
{
	long value = -1;
	FILE *file = fopen(path, "r");
	CHECK(file != NULL);
	for (const char *line = next_line(file); line != NULL; line = next_line(file))
		if (strncmp(line, name, strlen(name)) == 0)
			value = strtol(line + strlen(name), NULL, 10);
	fclose(file);
	return value;
}

/* Calls look for each entry of a folder of /proc. */
static void each(const char *path, void (*look)(void *to, const char *name), void *to)
{
	DIR *folder = opendir(path);
	CHECK(folder != NULL);
	for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder))
		if (entry->d_name[0] != '.' && dirfd(folder) != atoi(entry->d_name))
			look(to, entry->d_name);
	closedir(folder);
}

/* ---- Differences ------------------------------------------------------ */

/* Prints words as far as they fit in a line, without the spaces at the end. */
static void print_words(const char *words, size_t size)
{
	while (size > 0 && words[size - 1] == ' ')
		size--;
	if (size == 0)
		printf("none");
	else
		printf("%.*s%s", (int)(size > 90 ? 90 : size), words, size > 90 ? "..." : "");
}

/* Returns how many bytes at the beginning are words of both. */
static size_t common_start(const struct text *one, const struct text *other)
{
	size_t common = 0;
	for (size_t i = 0; i < one->used && i < other->used && one->bytes[i] == other->bytes[i]; i++)
		if (one->bytes[i] == ' ')
			common = i + 1;
	return common;
}

/* Returns how many bytes at the end are words of both. At most size, the bytes that both have
   behind their common start. */
static size_t common_end(const struct text *one, const struct text *other, size_t size)
{
	const char *a = one->bytes + one->used, *b = other->bytes + other->used;
	size_t common = 0;
	for (size_t i = 1; i <= size && a[-(ptrdiff_t)i] == b[-(ptrdiff_t)i]; i++)
		if (a[-(ptrdiff_t)i] == ' ')
			common = i - 1;
	return common;
}

/* Prints what lies between the common start and the common end of two texts, if they differ. */
static void report(const char *when, const struct text *before, const struct text *after)
{
	if (before->used == after->used && memcmp(before->bytes, after->bytes, after->used) == 0)
		return;
	size_t least = before->used < after->used ? before->used : after->used;
	size_t start = common_start(before, after), end = common_end(before, after, least - start);
	printf("after %s: %s: ", when, before->probe->name);
	print_words(before->bytes + start, before->used - start - end);
	printf(" -> ");
	print_words(after->bytes + start, after->used - start - end);
	printf("\n");
}

/* ---- The process ------------------------------------------------------ */

static __thread int error_after; /* errno after a call of the library */

static void read_errno(struct text *text)
{
	add(text, "%d", error_after);
}

static void read_dlerror(struct text *text)
{
	const char *error = dlerror();
	if (error != NULL)
		add_line(text, error);
}

static void read_threads(struct text *text)
{
	add(text, "%d", proc_threads());
}

/* Returns the line of another thread's status that begins with a name; NULL for this thread. */
static const char *status_of_other(const char *task, const char *name)
{
	char path[64];
	const char *line = NULL;
	if (atoi(task) == (int)syscall(SYS_gettid))
		return NULL;
	snprintf(path, sizeof path, "/proc/self/task/%s/status", task);
	FILE *file = fopen(path, "r");
	if (file == NULL)
		return NULL; /* ended meanwhile */
	do
		line = next_line(file);
	while (line != NULL && strncmp(line, name, strlen(name)) != 0);
	fclose(file);
	return line;
}

static void add_mask_of_other(void *to, const char *task)
{
	const char *line = status_of_other(task, "SigBlk:");
	if (line != NULL && strstr(((struct text *)to)->bytes, line + 8) == NULL)
		add(to, "%s ", line + 8);
}

/* Adds each mask once. */
static void read_masks_of_others(struct text *text)
{
	each("/proc/self/task", add_mask_of_other, text);
}

static void add_descriptor(void *to, const char *name)
{
	char path[64], target[256];
	int number = atoi(name);
	snprintf(path, sizeof path, "/proc/self/fd/%d", number);
	ssize_t size = readlink(path, target, sizeof target - 1);
	CHECK(size > 0);
	target[size] = '\0';
	add(to, "%d:%x:%x:", number, (unsigned)fcntl(number, F_GETFD),
		(unsigned)fcntl(number, F_GETFL));
	add_line(to, target);
}

static void read_descriptors(struct text *text)
{
	each("/proc/self/fd", add_descriptor, text);
}

/* A signal's action in the kernel: sigaction(2) hides signals that the C library uses. The C
   library sets the flag, on some processors. */
struct action {
	unsigned long handler, flags, restorer, mask;
};
enum { FLAG_RESTORER = 0x4000000 };

static struct action action_of(int number)
{
	struct action action = { 0, 0, 0, 0 };
	CHECK(syscall(SYS_rt_sigaction, number, NULL, &action, sizeof action.mask) == 0);
	return action;
}

/* Returns the file that contains a handler, as addresses differ from run to run. */
static const char *file_of(unsigned long handler)
{
	Dl_info object;
	if (handler <= 1)
		return handler == 0 ? "default" : "ignored";
	if (dladdr((void *)handler, &object) == 0)
		return "unknown";
	const char *slash = strrchr(object.dli_fname, '/');
	return slash == NULL ? object.dli_fname : slash + 1;
}

static void read_handlers(struct text *text)
{
	for (int i = 1; i < NSIG; i++)
		add(text, "%d:%s ", i, file_of(action_of(i).handler));
}

static void read_flags(struct text *text)
{
	for (int i = 1; i < NSIG; i++)
		add(text, "%d:%lx ", i, action_of(i).flags & ~(unsigned long)FLAG_RESTORER);
}

static void read_handler_masks(struct text *text)
{
	for (int i = 1; i < NSIG; i++)
		add(text, "%d:%lx ", i, action_of(i).mask);
}

/* Starts a program that prints which signals it finds blocked and ignored, and returns a
   descriptor to read that from. */
static int start_program(pid_t *child)
{
	char *command[] = { "grep", "^Sig[BI]", "/proc/self/status", NULL };
	posix_spawn_file_actions_t actions;
	int ends[2];
	CHECK(pipe2(ends, O_CLOEXEC) == 0 && posix_spawn_file_actions_init(&actions) == 0);
	CHECK(posix_spawn_file_actions_adddup2(&actions, ends[1], 1) == 0);
	CHECK(posix_spawnp(child, command[0], &actions, NULL, command, environ) == 0);
	CHECK(posix_spawn_file_actions_destroy(&actions) == 0 && close(ends[1]) == 0);
	return ends[0];
}

static void read_inherited(struct text *text)
{
	char byte;
	pid_t child;
	int output = start_program(&child);
	while (read(output, &byte, 1) == 1)
		add(text, "%c", byte == '\n' || byte == '\t' ? ' ' : byte);
	close(output);
	check_exit(child);
}

/* The kernel's 16 random bytes for the process. */
static void read_random(struct text *text)
{
	add_bytes(text, (const void *)getauxval(AT_RANDOM), 16);
}

static void read_environment(struct text *text)
{
	add(text, "%p ", (void *)environ);
	for (char **variable = environ; *variable != NULL; variable++)
		add_line(text, *variable);
}

static int (*token_bytes)(void *out, size_t nbytes); /* NULL: not yet loaded */

/* Returns how much more there is than before the library was loaded. */
static long growth(const char *path, const char *name, long *before)
{
	long kb = field(path, name);
	if (token_bytes == NULL)
		*before = kb;
	return kb - *before;
}

/* Rounded, as there are 64 MB more if the heap begins at the end of an arena. */
static void read_addresses(struct text *text)
{
	static long before;
	long mb = growth("/proc/self/status", "VmSize:", &before) >> 10, unit = mb < 128 ? 32 : 256;
	add(text, "%ld", (mb + unit / 2) / unit * unit);
}

/* In classes, as the kernel maps several pages around one that is touched. */
static void read_resident(struct text *text)
{
	static long before;
	long kb = growth("/proc/self/smaps_rollup", "Rss:", &before), most = 1;
	for (; most << 10 < kb; most *= 4)
		;
	add(text, kb < 64 ? "0" : "up to %ld", most);
}

static void read_locked(struct text *text)
{
	add(text, "%ld", field("/proc/self/status", "VmLck:"));
}

/* Memory that is both writable and executable, which hardened hosts do not allow. */
static void read_writable_code(struct text *text)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	CHECK(maps != NULL);
	for (const char *line = next_line(maps); line != NULL; line = next_line(maps))
		if (strstr(line, " rwx") != NULL)
			add_line(text, line);
	fclose(maps);
}

static int add_object(struct dl_phdr_info *object, size_t size, void *text)
{
	(void)size;
	const char *folders = strrchr(object->dlpi_name, '/');
	if (strcmp(object->dlpi_name, getenv("LIBRARY")) != 0)
		add_line(text, folders != NULL ? folders + 1 : object->dlpi_name);
	return 0;
}

/* Other libraries that were loaded. */
static void read_objects(struct text *text)
{
	dl_iterate_phdr(add_object, text);
}

static void read_timer(struct text *text)
{
	struct itimerval value;
	CHECK(getitimer(text->probe->number, &value) == 0);
	add_bytes(text, &value, sizeof value);
}

static void read_limits(struct text *text)
{
	unsigned long long limit[2]; /* the soft and the hard limit, as in the kernel */
	for (int i = 0; i < (int)RLIM_NLIMITS; i++) {
		CHECK(syscall(SYS_prlimit64, 0, i, NULL, limit) == 0);
		add(text, "%d:%llu:%llu ", i, limit[0], limit[1]);
	}
}

static void read_directory(struct text *text)
{
	char path[PATH_MAX];
	CHECK(getcwd(path, sizeof path) != NULL);
	add_line(text, path);
}

static void read_umask(struct text *text)
{
	mode_t mask = umask(0);
	umask(mask);
	add(text, "%o", (unsigned)mask);
}

static void read_locale(struct text *text)
{
	add_line(text, setlocale(LC_ALL, NULL));
}

static void read_nice(struct text *text)
{
	add(text, "%d", getpriority(PRIO_PROCESS, 0));
}

/* Adds how many are in use. */
static void read_keys(struct text *text)
{
	add(text, "%d", PTHREAD_KEYS_MAX - keys_left());
}

/* Whether another probe reads it, or it changes by itself (SigQ counts all processes of the
   user). */
static int elsewhere(const char *line)
{
	static const char *const names[] = { "Vm", "Rss", "Threads", "SigCgt", "SigQ", "voluntary",
		"nonvoluntary" };
	for (size_t i = 0; i < COUNT(names); i++)
		if (strncmp(line, names[i], strlen(names[i])) == 0)
			return 1;
	return 0;
}

/* The rest of /proc/self/status: users, groups, capabilities, pending signals, processors, and
   what future kernels add. */
static void read_status(struct text *text)
{
	FILE *status = fopen("/proc/self/status", "r");
	CHECK(status != NULL);
	for (const char *line = next_line(status); line != NULL; line = next_line(status))
		if (!elsewhere(line))
			add_line(text, line);
	fclose(status);
}

static void read_file(struct text *text)
{
	FILE *lines = fopen(text->probe->path, "r");
	if (lines == NULL)
		return; /* a kernel without it */
	for (const char *line = next_line(lines); line != NULL; line = next_line(lines))
		add_line(text, line);
	fclose(lines);
}

static void read_prctl(struct text *text)
{
	add(text, "%d", prctl(text->probe->number, 0, 0, 0, 0));
}

/* ---- A thread --------------------------------------------------------- */

static void read_prctl_at(struct text *text)
{
	char value[64] = { 0 };
	prctl(text->probe->number, value, 0, 0, 0);
	add_bytes(text, value, sizeof value);
}

static void read_mask(struct text *text)
{
	sigset_t mask;
	CHECK(pthread_sigmask(SIG_SETMASK, NULL, &mask) == 0);
	add_mask(text, &mask);
}

static void read_alternate_stack(struct text *text)
{
	stack_t stack;
	CHECK(sigaltstack(NULL, &stack) == 0);
	add(text, "%p:%d:%zu", stack.ss_sp, stack.ss_flags, stack.ss_size);
}

/* Anybody may set the exception flags; the rest belongs to the thread. */
static void read_floating_point(struct text *text)
{
	add(text, "%x", (unsigned)fegetround());
#ifdef __x86_64__
	unsigned mxcsr;
	unsigned short control;
	__asm__ volatile("stmxcsr %0\n\tfnstcw %1" : "=m"(mxcsr), "=m"(control));
	add(text, ":%x:%x", mxcsr & ~(unsigned)FE_ALL_EXCEPT, (unsigned)control);
#endif
}

static void read_cancellation(struct text *text)
{
	int state, type;
	CHECK(pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state) == 0);
	CHECK(pthread_setcanceltype(PTHREAD_CANCEL_DEFERRED, &type) == 0);
	CHECK(pthread_setcanceltype(type, NULL) == 0 && pthread_setcancelstate(state, NULL) == 0);
	add(text, "%d:%d", state, type);
}

static void read_scheduling(struct text *text)
{
	struct sched_param parameters;
	cpu_set_t processors;
	CHECK(sched_getparam(0, &parameters) == 0);
	CHECK(sched_getaffinity(0, sizeof processors, &processors) == 0);
	add(text, "%d:%d ", sched_getscheduler(0), parameters.sched_priority);
	add_bytes(text, &processors, sizeof processors);
}

/* ---- Probes ----------------------------------------------------------- */

/* What is examined of the process. */
static const struct probe of_process[] = {
	{ "MB resident", read_resident, 0, NULL },
	{ "MB of addresses", read_addresses, 0, NULL },
	{ "KB locked", read_locked, 0, NULL },
	{ "memory to write to and run", read_writable_code, 0, NULL },
	{ "other libraries", read_objects, 0, NULL },
	{ "loader's error", read_dlerror, 0, NULL },
	{ "threads", read_threads, 0, NULL },
	{ "masks of other threads", read_masks_of_others, 0, NULL },
	{ "pthread keys", read_keys, 0, NULL },
	{ "descriptors", read_descriptors, 0, NULL },
	{ "signal handlers", read_handlers, 0, NULL },
	{ "signal flags", read_flags, 0, NULL },
	{ "masks of handlers", read_handler_masks, 0, NULL },
	{ "inherited by programs", read_inherited, 0, NULL },
	{ "AT_RANDOM", read_random, 0, NULL },
	{ "environment", read_environment, 0, NULL },
	{ "timers", read_file, 0, "/proc/self/timers" },
	{ "ITIMER_REAL", read_timer, ITIMER_REAL, NULL },
	{ "ITIMER_VIRTUAL", read_timer, ITIMER_VIRTUAL, NULL },
	{ "ITIMER_PROF", read_timer, ITIMER_PROF, NULL },
	{ "limits", read_limits, 0, NULL },
	{ "working directory", read_directory, 0, NULL },
	{ "umask", read_umask, 0, NULL },
	{ "locale", read_locale, 0, NULL },
	{ "nice", read_nice, 0, NULL },
	{ "dumpable", read_prctl, PR_GET_DUMPABLE, NULL },
	{ "child subreaper", read_prctl_at, PR_GET_CHILD_SUBREAPER, NULL },
	{ "huge pages disabled", read_prctl, PR_GET_THP_DISABLE, NULL },
	{ "personality", read_file, 0, "/proc/self/personality" },
	{ "core dump filter", read_file, 0, "/proc/self/coredump_filter" },
	{ "out-of-memory score", read_file, 0, "/proc/self/oom_score_adj" },
	{ "control group", read_file, 0, "/proc/self/cgroup" },
	{ "rest of the status", read_status, 0, NULL },
};

/* What is examined of a thread: of the main one, and of each of the five. */
static const struct probe of_thread[] = {
	{ "errno", read_errno, 0, NULL },
	{ "signal mask", read_mask, 0, NULL },
	{ "alternate stack", read_alternate_stack, 0, NULL },
	{ "floating-point control", read_floating_point, 0, NULL },
	{ "cancellation", read_cancellation, 0, NULL },
	{ "scheduling", read_scheduling, 0, NULL },
	{ "thread name", read_prctl_at, PR_GET_NAME, NULL },
	{ "parent-death signal", read_prctl_at, PR_GET_PDEATHSIG, NULL },
	{ "timer slack", read_prctl, PR_GET_TIMERSLACK, NULL },
	{ "no new privileges", read_prctl, PR_GET_NO_NEW_PRIVS, NULL },
	{ "system call filter", read_prctl, PR_GET_SECCOMP, NULL },
	{ "kept capabilities", read_prctl, PR_GET_KEEPCAPS, NULL },
	{ "secure bits", read_prctl, PR_GET_SECUREBITS, NULL },
};

static void look(const struct probe *probes, size_t count, struct text *texts)
{
	for (size_t i = 0; i < count; i++) {
		texts[i].probe = &probes[i];
		texts[i].used = 0;
		texts[i].bytes[0] = '\0';
		probes[i].read(&texts[i]);
	}
}

static void compare(const char *when, size_t count, const struct text *before,
	const struct text *after)
{
	for (size_t i = 0; i < count; i++)
		report(when, &before[i], &after[i]);
}

/* ---- Audits ----------------------------------------------------------- */

static struct text process[2][COUNT(of_process)], thread[THREADS + 1][2][COUNT(of_thread)];

/* Examines the process and the main thread: before (0) or now (1). */
static void look_at_all(int now)
{
	look(of_thread, COUNT(of_thread), thread[THREADS][now]);
	look(of_process, COUNT(of_process), process[now]);
}

static void count_awake(void *awake, const char *task)
{
	const char *line = status_of_other(task, "State:");
	*(int *)awake += line != NULL && line[7] != 'S';
}

/* A new thread has all signals blocked until it first runs. */
static void wait_until_others_sleep(void)
{
	int awake = 1;
	for (int tries = 0; awake > 0 && tries < 1000; tries++) {
		usleep(10000);
		awake = 0;
		each("/proc/self/task", count_awake, &awake);
	}
}

static void audit(const char *when)
{
	wait_until_others_sleep();
	look_at_all(1);
	compare(when, COUNT(of_process), process[0], process[1]);
	compare(when, COUNT(of_thread), thread[THREADS][0], thread[THREADS][1]);
	fflush(stdout);
}

static void load(void)
{
	errno = CHECK_ERRNO;
	void *library = load_library("LIBRARY");
	error_after = errno;
	find_function(library, "secrets_token_bytes", &token_bytes);
}

static void call(void)
{
	unsigned char out[32];
	errno = CHECK_ERRNO;
	CHECK(token_bytes(out, sizeof out) == SECRETS_OK);
	error_after = errno;
}

/* Probes use a common buffer. */
static void look_at_thread(struct text *texts)
{
	static pthread_mutex_t alone = PTHREAD_MUTEX_INITIALIZER;
	pthread_mutex_lock(&alone);
	look(of_thread, COUNT(of_thread), texts);
	pthread_mutex_unlock(&alone);
}

static void *call_often(void *states)
{
	struct text(*own)[COUNT(of_thread)] = states;
	error_after = CHECK_ERRNO;
	look_at_thread(own[0]);
	for (int i = 0; i < CALLS; i++)
		call();
	look_at_thread(own[1]);
	return NULL;
}

/* Stacks of our own, as the C library keeps those that it allocates, for later threads. */
static __attribute__((aligned(4096))) char stacks[THREADS][STACK];

static void call_from_threads(void)
{
	pthread_t threads[THREADS];
	pthread_attr_t attributes;
	CHECK(pthread_attr_init(&attributes) == 0);
	for (int i = 0; i < THREADS; i++) {
		CHECK(pthread_attr_setstack(&attributes, stacks[i], STACK) == 0);
		CHECK(pthread_create(&threads[i], &attributes, call_often, thread[i]) == 0);
	}
	for (int i = 0; i < THREADS; i++)
		join_thread(threads[i]);
	for (int i = 0; i < THREADS; i++)
		compare("thousand calls", COUNT(of_thread), thread[i][0], thread[i][1]);
}

/* So that a return to the defaults of a program is noticed. */
static void differ_from_other_programs(void)
{
	struct rlimit limit;
	sigset_t mask;
	sigemptyset(&mask);
	sigaddset(&mask, SIGUSR1);
	CHECK(pthread_sigmask(SIG_BLOCK, &mask, NULL) == 0);
	CHECK(signal(SIGPIPE, SIG_IGN) != SIG_ERR && signal(SIGTERM, _exit) != SIG_ERR);
	CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0);
	set_limit(RLIMIT_NOFILE, limit.rlim_max / 2);
	CHECK(fesetround(FE_TOWARDZERO) == 0 && setlocale(LC_ALL, "C.UTF-8") != NULL);
	CHECK(prctl(PR_SET_NAME, "a host") == 0 && prctl(PR_SET_TIMERSLACK, 60000UL) == 0);
	umask(027);
}

/* Allocates what the audit itself needs, before it looks for the first time. */
static void prepare(void)
{
	differ_from_other_programs();
	error_after = CHECK_ERRNO;
	memset(stacks, 1, sizeof stacks);
	memset(process, 1, sizeof process);
	memset(thread, 1, sizeof thread);
	look_at_all(0);
	look_at_all(0);
}

/* ---- Idling ----------------------------------------------------------- */

static void add_switches(void *sum, const char *task)
{
	char path[64];
	if (atoi(task) == (int)syscall(SYS_gettid))
		return;
	snprintf(path, sizeof path, "/proc/self/task/%s/status", task);
	*(long *)sum += field(path, "voluntary_ctxt_switches:");
	*(long *)sum += field(path, "nonvoluntary_ctxt_switches:");
}

/* Returns how often other threads than this one ran. */
static long switches(void)
{
	long sum = 0;
	each("/proc/self/task", add_switches, &sum);
	return sum;
}

static void idle(unsigned seconds)
{
	sleep(1); /* until what was just done has settled */
	long before = switches();
	sleep(seconds);
	long woken = switches() - before;
	if (woken != 0)
		printf("after thousand calls: wake-ups in %u seconds: 0 -> %ld\n", seconds, woken);
}

int main(void)
{
	CHECK(getenv("LIBRARY") != NULL);
	prepare();
	look_at_all(0);
	load();
	audit("load");
	call();
	audit("first call");
	call_from_threads();
	audit("thousand calls");
	if (getenv("IDLE") != NULL)
		idle((unsigned)atoi(getenv("IDLE")));
	return 0;
}
