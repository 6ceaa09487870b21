/* SPDX-License-Identifier: MIT */
/*
 * A server with pre-forked workers, which send session tokens to their clients.
 * The parent has used the library before it forks, and the workers use it too:
 * nothing has to be done for that.
 *
 *   prefork_server                makes 32 requests to itself; exits with 0 if all succeed
 *   prefork_server --listen PORT  serves on 127.0.0.1 until SIGTERM or SIGINT;
 *                                 with port 0 on a free one, which it prints
 *
 * It reads a request and ignores what it says, and a slow client occupies a worker:
 * a real server belongs behind a proxy, which also speaks TLS.
 *
 * Compiles as C99 and as C++17. Functions return 0, or -1 after a message.
 */
#define _XOPEN_SOURCE 700 /* -std=c99 hides POSIX; 700 is that of 2008 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <secrets.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TOKEN_SIZE SECRETS_TOKEN_URLSAFE_SIZE(SECRETS_DEFAULT_ENTROPY)
#define COOKIE "\r\nSet-Cookie: session="

enum { WORKERS = 4, REQUESTS = 32, CLIENT_SECONDS = 5, DEMONSTRATION_SECONDS = 10 };

struct server {
	int listener;
	unsigned seconds;                    /* after which every process ends; 0: never */
	pid_t workers[WORKERS];              /* 0: not running */
	char run[SECRETS_TOKEN_HEX_SIZE(8)]; /* identifies this run of the server; no secret */
};

static int fail(const char *what)
{
	fprintf(stderr, "prefork_server: %s: %s\n", what, strerror(errno));
	return -1;
}

static int complain(const char *what)
{
	fprintf(stderr, "prefork_server: %s\n", what);
	return -1;
}

/* check prints why a call of the library has failed, if it has. */
static int check(int status)
{
	if (status == SECRETS_OK)
		return 0;
	fprintf(stderr, "prefork_server: no token: %s\n", secrets_strerror(status));
	return -1;
}

static int make_token(char *token)
{
	return check(secrets_token_urlsafe(token, TOKEN_SIZE, SECRETS_DEFAULT_ENTROPY));
}

/* ---- Sockets ---------------------------------------------------------- */

static struct sockaddr_in loopback(int port)
{
	struct sockaddr_in address;
	memset(&address, 0, sizeof address);
	address.sin_family = AF_INET;
	address.sin_port = htons((in_port_t)port);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return address;
}

static int listen_on(int port)
{
	struct sockaddr_in address = loopback(port);
	int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
	if (listener < 0)
		return fail("socket");
	/* Without this option a restart within a minute or so finds the port in use. */
	if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
		bind(listener, (struct sockaddr *)&address, sizeof address) == 0 &&
		listen(listener, SOMAXCONN) == 0)
		return listener;
	fail("cannot listen");
	close(listener);
	return -1;
}

static int port_of(int listener)
{
	struct sockaddr_in address;
	socklen_t size = sizeof address;
	if (getsockname(listener, (struct sockaddr *)&address, &size) != 0)
		return fail("getsockname");
	return ntohs(address.sin_port);
}

/* No send or recv waits longer for the other side. */
static int limit_waiting(int connection)
{
	struct timeval limit = { CLIENT_SECONDS, 0 };
	if (setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == 0 &&
		setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) == 0)
		return 0;
	return fail("setsockopt");
}

/* Prints no message: that clients disconnect is normal. */
static int send_all(int connection, const char *text)
{
	size_t left = strlen(text);
	while (left > 0) {
		/* Without MSG_NOSIGNAL a client that has disconnected ends the process. */
		ssize_t sent = send(connection, text, left, MSG_NOSIGNAL);
		if (sent < 0)
			return -1;
		text += sent;
		left -= (size_t)sent;
	}
	return 0;
}

/* ---- A worker --------------------------------------------------------- */

/* read_request reports whether a whole request came, with the empty line at its end. */
static int read_request(int client)
{
	char request[8192];
	size_t size = 0;
	while (size < sizeof request - 1) {
		ssize_t received = recv(client, request + size, sizeof request - 1 - size, 0);
		if (received <= 0)
			return 0;
		size += (size_t)received;
		request[size] = '\0';
		if (strstr(request, "\r\n\r\n") != NULL)
			return 1;
	}
	return 0;
}

static void send_session(const struct server *server, int client)
{
	char token[TOKEN_SIZE], response[512];
	if (make_token(token) != 0) {
		send_all(client, "HTTP/1.0 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
		return;
	}
	/* A real server also stores the session, under a hash of the token. */
	snprintf(response, sizeof response,
		"HTTP/1.0 200 OK\r\nContent-Length: 3\r\nCache-Control: no-store\r\nX-Run: %s" COOKIE
		"%s; Path=/; Secure; HttpOnly; SameSite=Lax\r\n\r\nok\n",
		server->run, token);
	send_all(client, response);
	secrets_wipe(token, sizeof token);
	secrets_wipe(response, sizeof response);
}

static void answer(const struct server *server, int client)
{
	if (limit_waiting(client) != 0)
		return;
	if (read_request(client))
		send_session(server, client);
	else
		send_all(client, "HTTP/1.0 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
}

/* work returns only if it cannot go on. */
static int work(const struct server *server)
{
	char token[TOKEN_SIZE];
	/* The first call in a forked process starts the library there. That takes some
	   milliseconds, and may fail (SECRETS_ESTART). Done here, no client waits for it. */
	if (make_token(token) != 0)
		return -1;
	secrets_wipe(token, sizeof token);
	for (;;) {
		int client = accept(server->listener, NULL, NULL);
		if (client < 0 && errno != ECONNABORTED && errno != EINTR)
			return fail("accept");
		if (client < 0)
			continue;
		answer(server, client);
		close(client);
	}
}

/* ---- Signals ---------------------------------------------------------- */

/* Handlers write the signal's number into this pipe, and the parent reads it. So no signal
   is missed between a test and a wait (the self-pipe trick). */
static int signal_pipe[2];

static void pass_on(int number)
{
	int saved = errno;
	unsigned char byte = (unsigned char)number;
	ssize_t written = write(signal_pipe[1], &byte, 1);
	(void)written; /* a handler cannot do anything about a failure */
	errno = saved;
}

static void end_late(int number)
{
	static const char text[] = "prefork_server: not done in time\n";
	ssize_t written = write(STDERR_FILENO, text, sizeof text - 1);
	(void)written;
	(void)number;
	_exit(1);
}

static int handle(int number, void (*handler)(int))
{
	struct sigaction action;
	memset(&action, 0, sizeof action);
	action.sa_handler = handler;
	action.sa_flags = SA_RESTART;
	sigemptyset(&action.sa_mask);
	return sigaction(number, &action, NULL) == 0 ? 0 : fail("sigaction");
}

static int pass_signals_on(void)
{
	if (pipe(signal_pipe) != 0 || fcntl(signal_pipe[1], F_SETFL, O_NONBLOCK) != 0)
		return fail("pipe");
	return handle(SIGCHLD, pass_on) | handle(SIGTERM, pass_on) | handle(SIGINT, pass_on);
}

static void reset_signals(void)
{
	signal(SIGCHLD, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	signal(SIGINT, SIG_DFL);
	signal(SIGALRM, SIG_DFL);
}

/* ---- The parent ------------------------------------------------------- */

static void run_worker(const struct server *server, const sigset_t *mask)
{
	reset_signals();
	pthread_sigmask(SIG_SETMASK, mask, NULL);
	alarm(server->seconds); /* a forked process does not inherit the parent's */
	work(server);
	_exit(1); /* exit() would flush the parent's output and run its atexit() handlers */
}

static int start_worker(struct server *server, int i)
{
	sigset_t all, before;
	/* Signals to the worker are blocked until it has reset the parent's handlers. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pid_t worker = fork();
	if (worker == 0)
		run_worker(server, &before);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (worker < 0)
		return fail("fork");
	server->workers[i] = worker;
	return 0;
}

static int start_missing(struct server *server)
{
	for (int i = 0; i < WORKERS; i++)
		if (server->workers[i] == 0 && start_worker(server, i) != 0)
			return -1;
	return 0;
}

static void strike_off(struct server *server, pid_t worker)
{
	for (int i = 0; i < WORKERS; i++)
		if (server->workers[i] == worker)
			server->workers[i] = 0;
}

static void strike_off_ended(struct server *server)
{
	pid_t worker;
	while ((worker = waitpid(-1, NULL, WNOHANG)) > 0) {
		fprintf(stderr, "prefork_server: worker %ld has ended, starting another\n", (long)worker);
		strike_off(server, worker);
	}
}

static void stop_workers(struct server *server)
{
	for (int i = 0; i < WORKERS; i++)
		if (server->workers[i] != 0)
			kill(server->workers[i], SIGTERM);
	for (int i = 0; i < WORKERS; i++)
		if (server->workers[i] != 0)
			waitpid(server->workers[i], NULL, 0);
}

/* Otherwise workers that die at once would keep the machine busy with forking. */
static void pause_between_starts(void)
{
	struct timespec pause = { 0, 250000000 };
	while (nanosleep(&pause, &pause) != 0 && errno == EINTR)
		; /* a signal came: sleep the rest, as SA_RESTART does not apply to nanosleep() */
}

/* wait_for_signals returns 1 if the server has to stop, and 0 if workers have ended. It reads
   all signals that came: SIGTERM must not wait behind many SIGCHLD. */
static int wait_for_signals(void)
{
	unsigned char numbers[256];
	ssize_t count = read(signal_pipe[0], numbers, sizeof numbers);
	for (ssize_t i = 0; i < count; i++)
		if (numbers[i] != SIGCHLD)
			return 1;
	return count > 0 ? 0 : fail("cannot wait for a signal");
}

static int serve(struct server *server)
{
	int stop;
	printf("run %s: %d workers on http://127.0.0.1:%d/\n", server->run, WORKERS,
		port_of(server->listener));
	fflush(stdout);
	while ((stop = wait_for_signals()) == 0) {
		strike_off_ended(server);
		if (start_missing(server) != 0)
			return -1;
		pause_between_starts();
	}
	return stop < 0 ? -1 : 0;
}

/* ---- The demonstration ------------------------------------------------ */

static int connect_to(int port)
{
	struct sockaddr_in address = loopback(port);
	int connection = socket(AF_INET, SOCK_STREAM, 0);
	if (connection < 0)
		return fail("socket");
	if (limit_waiting(connection) == 0 &&
		connect(connection, (struct sockaddr *)&address, sizeof address) == 0)
		return connection;
	fail("cannot connect");
	close(connection);
	return -1;
}

/* exchange sends a request and reads the whole response, as text. */
static int exchange(int server, char *response, size_t room)
{
	size_t size = 0;
	ssize_t received;
	if (send_all(server, "GET / HTTP/1.0\r\n\r\n") != 0)
		return fail("cannot send a request");
	do {
		received = recv(server, response + size, room - 1 - size, 0);
		size += received > 0 ? (size_t)received : 0;
	} while (received > 0 && size < room - 1);
	response[size] = '\0';
	return received == 0 ? 0 : fail("no whole response");
}

/* find_token copies the token from a response, and checks its length. */
static int find_token(const char *response, char *token)
{
	const char *cookie = strstr(response, COOKIE);
	if (cookie == NULL)
		return complain("no cookie in the response");
	cookie += strlen(COOKIE);
	if (strcspn(cookie, ";\r") != TOKEN_SIZE - 1)
		return complain("the cookie holds no token");
	memcpy(token, cookie, TOKEN_SIZE - 1);
	token[TOKEN_SIZE - 1] = '\0';
	return 0;
}

static int request_token(int port, char *token)
{
	char response[1024];
	int failed, connection = connect_to(port);
	if (connection < 0)
		return -1;
	failed =
		exchange(connection, response, sizeof response) != 0 || find_token(response, token) != 0;
	close(connection);
	return failed ? -1 : 0;
}

static int check_new(char tokens[][TOKEN_SIZE], int last)
{
	for (int i = 0; i < last; i++)
		if (strcmp(tokens[i], tokens[last]) == 0)
			return complain("a token came twice");
	return 0;
}

static int replace_one(struct server *server)
{
	pid_t worker = server->workers[0];
	if (kill(worker, SIGKILL) != 0 || waitpid(worker, NULL, 0) != worker)
		return fail("cannot end a worker");
	strike_off(server, worker);
	return start_missing(server);
}

static int demonstrate(struct server *server)
{
	char tokens[REQUESTS][TOKEN_SIZE];
	int port = port_of(server->listener);
	for (int i = 0; i < REQUESTS; i++) {
		if (i == REQUESTS / 2 && replace_one(server) != 0)
			return -1;
		if (request_token(port, tokens[i]) != 0 || check_new(tokens, i) != 0)
			return -1;
	}
	printf("%d requests, %d workers, 1 killed and replaced, %d different tokens\n", REQUESTS,
		WORKERS, REQUESTS);
	return 0;
}

/* ---- The program ------------------------------------------------------ */

/* port_argument returns the port after --listen, or -1. */
static int port_argument(int argc, char **argv)
{
	if (argc != 3 || strcmp(argv[1], "--listen") != 0)
		return complain("usage: prefork_server [--listen PORT]");
	char *end;
	long port = strtol(argv[2], &end, 10);
	if (end == argv[2] || *end != '\0' || port < 0 || port > 65535)
		return complain("the port must be a number from 0 to 65535");
	return (int)port;
}

static int set_up(struct server *server, int port)
{
	server->listener = listen_on(port);
	if (server->listener < 0 || check(secrets_token_hex(server->run, sizeof server->run, 8)) != 0)
		return -1;
	return start_missing(server);
}

static int run(struct server *server, int port, int (*parent)(struct server *))
{
	int failed = set_up(server, port) != 0 || parent(server) != 0;
	stop_workers(server);
	return failed;
}

int main(int argc, char **argv)
{
	struct server server;
	memset(&server, 0, sizeof server);
	if (argc < 2) {
		server.seconds = DEMONSTRATION_SECONDS;
		alarm(server.seconds);
		return handle(SIGALRM, end_late) != 0 || run(&server, 0, demonstrate);
	}
	int port = port_argument(argc, argv);
	return port < 0 || pass_signals_on() != 0 || run(&server, port, serve);
}
