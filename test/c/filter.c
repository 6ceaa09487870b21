/* SPDX-License-Identifier: MIT */
/*
 * What happens to $LIBRARY, and to its host, if something is refused from a moment on:
 *
 *   filter calls MOMENT NAME...    each of these system calls, with EPERM and with ENOSYS
 *   filter limits MOMENT           what exceeds each resource limit
 *   filter allow MOMENT NAME...    all system calls except these end the process
 *   filter trace MOMENT            nothing: one try, for strace, with a mark at the moment
 *
 * MOMENT is load (before it), loaded, called, threads (that have all called) or child (of a
 * process that has called). From then on the main thread calls, then another that already
 * existed, and then all of them concurrently.
 *
 * Prints a line for each: what, how, and the outcome. The outcome is ok if all calls succeed;
 * otherwise the first other status, unloaded (dlopen failed), ends (the process), hangs (for
 * $DEADLINE seconds); or errno, written, unequal, unknown, which the header rules out. Of several
 * tries the worst counts. Needs root, to reseed the kernel's generator and to become another user.
 */
#define _GNU_SOURCE
#include "check.h"
#include "load.h"
#include "proc.h"
#include "rights.h"
#include "run.h"

#include <fcntl.h>
#include <linux/random.h>
#include <signal.h>
#include <sys/ioctl.h>

enum { THREADS = 8, TRIES = 2, STACK = 256 << 10 };
enum { FAILED = 1 }; /* what CHECK exits with: then it is not the library that ended the process */

/* All names in <sys/syscall.h>: { "read", SYS_read }, and so on. */
static const struct system_call {
	const char *name;
	long number;
} system_calls[] = {
#include "system_calls.h"
};

static const char *const moments[] = { "load", "loaded", "called", "threads", "child" };
enum moment { LOAD, LOADED, CALLED, CALLED_IN_THREADS, CHILD, MOMENTS };
static enum moment moment;

static int same(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

/* ---- The library ------------------------------------------------------ */

static struct {
	__typeof__(secrets_token_bytes) *token_bytes;
	__typeof__(secrets_compare_digest) *compare_digest;
	__typeof__(secrets_password) *password;
	__typeof__(secrets_passphrase) *passphrase;
} library;

static int load(void)
{
	void *handle = dlopen(getenv("LIBRARY"), RTLD_NOW);
	if (handle == NULL)
		return 0;
	find_function(handle, "secrets_token_bytes", &library.token_bytes);
	find_function(handle, "secrets_compare_digest", &library.compare_digest);
	find_function(handle, "secrets_password", &library.password);
	find_function(handle, "secrets_passphrase", &library.passphrase);
	return 1;
}

/* ---- Calls ------------------------------------------------------------ */

/* A list that needs memory of its own. */
enum { LENGTH = 12, WORDS = 60 * 60 * 60 };
static const secrets_class classes[] = {
	{ SECRETS_LOWERCASE, 1 },
	{ SECRETS_UPPERCASE, 1 },
	{ SECRETS_DIGITS, 1 },
};
static const char *words[WORDS];

static void make_words(int size)
{
	static char text[WORDS][5];
	for (int i = 0; i < size; i++) {
		const int digits[] = { i / 36000, i / 600 % 60, i / 10 % 60, i % 10 };
		for (int k = 0; k < 4; k++)
			text[i][k] = (char)('0' + digits[k]);
		words[i] = text[i];
	}
}

static const char *outcome(int status, const void *out, size_t size)
{
	static const char *const names[] = { "ok", "EINVAL", "ENOSPC", "EENTROPY", "ESTART",
		"EINTERNAL", "ENOMEM" };
	if (errno != CHECK_ERRNO)
		return "errno";
	if (status > SECRETS_OK || status < SECRETS_ENOMEM)
		return "unknown";
	if ((status != SECRETS_OK) != pattern_kept(out, 0, size))
		return "written";
	return names[-status];
}

static void prepare(void *out, size_t size)
{
	pattern_fill(out, size);
	errno = CHECK_ERRNO;
}

static const char *bytes(void)
{
	unsigned char out[32];
	prepare(out, sizeof out);
	return outcome(library.token_bytes(out, sizeof out), out, sizeof out);
}

static const char *password(void)
{
	char out[LENGTH + 1];
	prepare(out, sizeof out);
	return outcome(library.password(out, sizeof out, LENGTH, classes, 3), out, sizeof out);
}

static const char *passphrase(size_t of)
{
	char out[64];
	prepare(out, sizeof out);
	return outcome(library.passphrase(out, sizeof out, 6, "-", words, of), out, sizeof out);
}

/* A comparison has no status. Without randomness it answers, and if the library cannot start it
   finds nothing equal. */
static const char *comparison(const char *status)
{
	errno = CHECK_ERRNO;
	int equal = library.compare_digest("digest", 6, "digest", 6);
	if (errno != CHECK_ERRNO)
		return "errno";
	return equal == !same(status, "ESTART") ? "ok" : "unequal";
}

/* Returns the first of two outcomes that is not ok. */
static const char *either(const char *first, const char *next)
{
	return same(first, "ok") ? next : first;
}

static const char *call_all(void)
{
	const char *so_far = bytes();
	so_far = either(so_far, comparison(so_far));
	so_far = either(so_far, password());
	return either(so_far, passphrase(4));
}

static const char *call_often(void)
{
	const char *so_far = "ok";
	for (int i = 0; i < 100 && same(so_far, "ok"); i++)
		so_far = call_all();
	return so_far;
}

/* ---- Threads ---------------------------------------------------------- */

/* Shared with the parent process. */
struct outcomes {
	const char *main, *threads[THREADS];
};
static struct outcomes *outcomes;

/* Orders go through memory, and threads poll it: any system call may be refused. */
enum order { NOTHING, CALL, CALL_OFTEN, END };
static struct guest {
	enum order order;
	pid_t id;
	const char *outcome;
} guests[THREADS];

static enum order order_for(struct guest *guest)
{
	return __atomic_load_n(&guest->order, __ATOMIC_ACQUIRE);
}

static void order(struct guest *guest, enum order what)
{
	__atomic_store_n(&guest->order, what, __ATOMIC_RELEASE);
}

static void wait_for(struct guest *guest)
{
	while (order_for(guest) != NOTHING)
		usleep(1000);
}

static void order_all(enum order what)
{
	for (int i = 0; i < THREADS; i++)
		order(&guests[i], what);
	for (int i = 0; i < THREADS; i++)
		wait_for(&guests[i]);
}

static void *live(void *own)
{
	struct guest *guest = own;
	enum order what;
	guest->id = (pid_t)syscall(SYS_gettid);
	order(guest, NOTHING);
	while ((what = order_for(guest)) != END) {
		if (what == NOTHING) {
			usleep(1000);
			continue;
		}
		guest->outcome = either(guest->outcome, what == CALL ? call_all() : call_often());
		order(guest, NOTHING);
	}
	order(guest, NOTHING);
	return NULL;
}

/* They exist before anything is refused. */
static void make_threads(void)
{
	static __attribute__((aligned(4096))) char stacks[THREADS][STACK];
	pthread_attr_t attributes;
	pthread_t thread;
	CHECK(pthread_attr_init(&attributes) == 0);
	CHECK(pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED) == 0);
	for (int i = 0; i < THREADS; i++) {
		guests[i] = (struct guest){ .order = CALL, .outcome = "ok" };
		CHECK(pthread_attr_setstack(&attributes, stacks[i], STACK) == 0);
		CHECK(pthread_create(&thread, &attributes, live, &guests[i]) == 0);
	}
	for (int i = 0; i < THREADS; i++)
		wait_for(&guests[i]);
}

/* The end of a thread is also the library's business. It is not awaited for ever, as the call by
   which it is noticed may be refused, or one that the C library needs to end a thread. */
static void end_threads(void)
{
	order_all(END);
	for (int i = 0; i < THREADS; i++)
		for (int tries = 0; tries < 50; tries++) {
			if (syscall(SYS_tgkill, getpid(), guests[i].id, 0) != 0 && errno == ESRCH)
				break;
			usleep(200);
		}
}

/* ---- Refusals --------------------------------------------------------- */

struct refusal {
	const char *what, *how;
	void (*apply)(const struct refusal *refusal);
	long number; /* of the system call, or of the limit */
	int error;
	const char *memory; /* whose size is the limit, as in proc_memory */
	int large;          /* whether there are calls for much memory, too */
};

static void refuse(const struct refusal *refusal)
{
	refuse_call(refusal->number, refusal->error, SECCOMP_FILTER_FLAG_TSYNC);
}

/* What may be called: what this program itself needs, and then the arguments. */
static unsigned allowed[64] = { SYS_exit_group, SYS_clock_nanosleep };
static size_t allowed_size = 2;

static void refuse_all_else(const struct refusal *refusal)
{
	(void)refusal;
	static struct sock_filter filter[2 * COUNT(allowed) + 2] = { BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		offsetof(struct seccomp_data, nr)) };
	struct sock_filter *next = filter + 1;
	for (size_t i = 0; i < allowed_size; i++) {
		*next++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, allowed[i], 0, 1);
		*next++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	}
	*next++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
	install_filter(filter, (size_t)(next - filter), SECCOMP_FILTER_FLAG_TSYNC);
}

static void give_up_rights(void)
{
	become_user(64126);
}

/* No more than there is now. */
static void limit_to_present(const struct refusal *refusal)
{
	freeze_limit((int)refusal->number, proc_memory(refusal->memory));
}

static void limit_threads(const struct refusal *refusal)
{
	freeze_limit((int)refusal->number, 1);
	give_up_rights();
}

/* All mappings are locked, and none may be added. */
static void limit_locked(const struct refusal *refusal)
{
	CHECK(mlockall(MCL_CURRENT | MCL_FUTURE) == 0);
	freeze_limit((int)refusal->number, 0);
	give_up_rights();
}

static const struct refusal limits[] = {
	{ "RLIMIT_AS", "-", limit_to_present, RLIMIT_AS, 0, "VmSize:", 0 },
	{ "RLIMIT_DATA", "-", limit_to_present, RLIMIT_DATA, 0, "VmData:", 0 },
	{ "RLIMIT_STACK", "-", limit_to_present, RLIMIT_STACK, 0, "VmStk:", 0 },
	{ "RLIMIT_NPROC", "-", limit_threads, RLIMIT_NPROC, 0, NULL, 0 },
	{ "RLIMIT_MEMLOCK", "-", limit_locked, RLIMIT_MEMLOCK, 0, NULL, 0 },
	{ "RLIMIT_AS", "large", limit_to_present, RLIMIT_AS, 0, "VmSize:", 1 },
	{ "RLIMIT_DATA", "large", limit_to_present, RLIMIT_DATA, 0, "VmData:", 1 },
	{ "RLIMIT_MEMLOCK", "large", limit_locked, RLIMIT_MEMLOCK, 0, NULL, 1 },
};

static long number_of(const char *name)
{
	for (size_t i = 0; i < COUNT(system_calls); i++)
		if (same(system_calls[i].name, name))
			return system_calls[i].number;
	fprintf(stderr, "%s: no such system call\n", name);
	exit(2);
}

/* ---- A try ------------------------------------------------------------ */

static int random_device;

/* Prepares the moment, in the process in which something is refused. */
static void come_to_the_moment(void)
{
	make_threads();
	if (moment == CALLED || moment == CALLED_IN_THREADS)
		CHECK(library.token_bytes(NULL, 0) == SECRETS_OK);
	if (moment == CALLED_IN_THREADS) {
		CHECK(same(call_all(), "ok"));
		order_all(CALL);
	}
	/* Go draws by the vDSO, which makes the system call once the kernel's generator has been
	   reseeded: every minute, and now. */
	CHECK(ioctl(random_device, RNDRESEEDCRNG) == 0);
}

static void call_from_threads(void)
{
	order(&guests[0], CALL);
	wait_for(&guests[0]);
	order_all(CALL_OFTEN);
	for (int i = 0; i < THREADS; i++)
		outcomes->threads[i] = guests[i].outcome;
}

static void call_from_everywhere(const struct refusal *refusal)
{
	if (moment == LOAD && !load()) {
		outcomes->main = "unloaded";
		return;
	}
	outcomes->main = call_all();
	call_from_threads();
	outcomes->main = either(outcomes->main, refusal->large ? passphrase(WORDS) : call_all());
}

/* What hangs may spin: then it need not do so for $DEADLINE. No child takes a second of processor
   time. */
static void limit_time(void)
{
	const struct rlimit limit = { .rlim_cur = 5, .rlim_max = 10 };
	CHECK(setrlimit(RLIMIT_CPU, &limit) == 0);
}

/* A child that refuses itself something. */
static pid_t begin(const struct refusal *refusal)
{
	memset(outcomes, 0, sizeof *outcomes);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child > 0)
		return child;
	limit_time();
	come_to_the_moment();
	refusal->apply(refusal);
	call_from_everywhere(refusal);
	if (refusal->apply != refuse_all_else)
		end_threads();
	_exit(0);
}

/* Reports whether it has ended by itself, and sets status; otherwise kills it. */
static int ended(pid_t child, int *status)
{
	for (int ms = 0; ms < atoi(getenv("DEADLINE")) * 1000; ms++) {
		pid_t done = waitpid(child, status, WNOHANG);
		CHECK(done >= 0);
		if (done == child)
			return 1;
		usleep(1000);
	}
	kill(child, SIGKILL);
	CHECK(waitpid(child, status, 0) == child);
	return 0;
}

/* Returns the outcome of all calls: the first that is not ok, in the order in which they were
   made. */
static const char *try_once(const struct refusal *refusal)
{
	int status;
	if (!ended(begin(refusal), &status))
		return "hangs";
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
		return "hangs";
	CHECK(!WIFEXITED(status) || WEXITSTATUS(status) != FAILED);
	if (status != 0)
		return "ends";
	const char *seen = outcomes->main;
	for (int i = 0; i < THREADS && outcomes->threads[i] != NULL; i++)
		seen = either(seen, outcomes->threads[i]);
	return seen;
}

/* Of several tries the worst outcome counts. */
static int badness(const char *seen)
{
	static const char *const order[] = { "ok", "ENOMEM", "ESTART", "EENTROPY", "unloaded", "hangs",
		"ends" };
	int bad = 0, size = COUNT(order);
	while (bad < size && !same(order[bad], seen))
		bad++;
	return bad;
}

static void report(const struct refusal *refusal)
{
	const char *worst = "ok";
	for (int i = 0; i < TRIES && !same(worst, "hangs"); i++) {
		const char *seen = try_once(refusal);
		if (badness(seen) > badness(worst))
			worst = seen;
	}
	printf("%s %s %s\n", refusal->what, refusal->how, worst);
	fflush(stdout);
}

/* ---- What is tried ---------------------------------------------------- */

static void report_call(const char *name)
{
	struct refusal refusal = { name, "EPERM", refuse, number_of(name), EPERM, NULL, 0 };
	report(&refusal);
	refusal.how = "ENOSYS";
	refusal.error = ENOSYS;
	report(&refusal);
}

static void report_allowed(char **names, int size)
{
	const struct refusal refusal = { "all", "else", refuse_all_else, 0, 0, NULL, 0 };
	for (int i = 0; i < size; i++) {
		CHECK(allowed_size < COUNT(allowed));
		allowed[allowed_size++] = (unsigned)number_of(names[i]);
	}
	report(&refusal);
}

static void mark(const struct refusal *refusal)
{
	(void)refusal;
	CHECK(write(-1, "mark", 4) == -1);
}

static void trace(void)
{
	const struct refusal nothing = { "nothing", "-", mark, 0, 0, NULL, 0 };
	check_exit(begin(&nothing));
}

/* Prepares the moment, in the process whose children refuse themselves something. */
static void set_up(const char *what, const char *name)
{
	while (moment < MOMENTS && !same(moments[moment], name))
		moment++;
	CHECK(moment < MOMENTS && getenv("LIBRARY") != NULL && getenv("DEADLINE") != NULL);
	freeze_limit(RLIMIT_CORE, 0);
	outcomes =
		mmap(NULL, sizeof *outcomes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	random_device = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
	CHECK(outcomes != MAP_FAILED && random_device >= 0);
	make_words(same(what, "limits") ? WORDS : 4);
	proc_memory("VmSize:"); /* this takes memory, once */
	CHECK(moment == LOAD || load());
	CHECK(moment != CHILD || same(call_all(), "ok"));
}

int main(int argc, char **argv)
{
	CHECK(argc >= 3);
	set_up(argv[1], argv[2]);
	for (int i = 3; i < argc && same(argv[1], "calls"); i++)
		report_call(argv[i]);
	for (size_t i = 0; i < COUNT(limits) && same(argv[1], "limits"); i++)
		report(&limits[i]);
	if (same(argv[1], "allow"))
		report_allowed(argv + 3, argc - 3);
	if (same(argv[1], "trace"))
		trace();
	return 0;
}
