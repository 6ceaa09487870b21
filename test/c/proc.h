/* SPDX-License-Identifier: MIT */
/* What /proc reports about this process. After check.h. */
#ifndef PROC_H
#define PROC_H

#include <dirent.h>

static inline int proc_threads(void)
{
	int count = 0;
	DIR *tasks = opendir("/proc/self/task");
	CHECK(tasks != NULL);
	for (struct dirent *task = readdir(tasks); task != NULL; task = readdir(tasks))
		count += task->d_name[0] != '.';
	closedir(tasks);
	return count;
}

/* Returns the bytes of a kind of memory, by its name in /proc/self/status: VmSize (all
   addresses), VmRSS (resident), VmData (private and writable). */
static inline unsigned long proc_memory(const char *kind)
{
	char line[256];
	unsigned long kb = 0;
	FILE *status = fopen("/proc/self/status", "r");
	CHECK(status != NULL);
	while (fgets(line, sizeof line, status) != NULL)
		if (strncmp(line, kind, strlen(kind)) == 0)
			CHECK(sscanf(line + strlen(kind), "%lu", &kb) == 1);
	fclose(status);
	CHECK(kb > 0);
	return kb << 10;
}

#endif
