// SPDX-License-Identifier: MIT

package hosts

import (
	"path/filepath"
	"strings"
	"testing"

	"libsecrets/internal/testkit"
)

// Every way in which a child can be created, and who calls first in it.
func TestRewind(t *testing.T) {
	if stress {
		t.Setenv("GENERATIONS", "1000")
	}
	testkit.RunCases(t, "rewind.c", testkit.Compile(t, testkit.Source("rewind.c")))
}

// Nothing of the abandoned runtime is read: if its image is filled with garbage before the
// rewind, it still starts, and children still get answers. Zeros that were never written to are
// left alone: to fill all 33 MB would take a second in each child.
func TestNothingOfTheDeadRuntimeIsRead(t *testing.T) {
	const rewind = "static void rewind_image(void)\n{\n"
	library := testkit.Rebuilt(t, testkit.Change{File: "capi/engine.c", Before: rewind,
		After: rewind + `
	memset(__start_libsecrets_data, 0xa5, data_size());
	static unsigned char resident[1 << 14] __attribute__((section(".bss.process")));
	uintptr_t page = ((uintptr_t)__start_libsecrets_zero + 4095) & ~(uintptr_t)4095;
	size_t pages = ((uintptr_t)__stop_libsecrets_zero - page) / 4096;
	if (pages > sizeof resident || mincore((void *)page, 4096 * pages, resident) != 0)
		__builtin_trap();
	for (size_t i = 0; i < pages; i++)
		if (resident[i] & 1)
			memset((void *)(page + 4096 * i), 0xa5, 4096);
`})
	t.Setenv("GENERATIONS", "5")
	testkit.RunCases(t, "rewind.c", testkit.Against(t, testkit.Source("rewind.c"), library))
}

// The controls: an image that is not restored, in part or at all.
func TestWithoutTheRewindNoChildAnswers(t *testing.T) {
	t.Parallel()
	for _, without := range []struct{ before, after, fails string }{
		{"\tmemcpy(__start_libsecrets_data, keep.asleep, data_size());\n", "",
			"other_thread_calls_first"},
		{"\tclear(__start_libsecrets_zero, __stop_libsecrets_zero);\n", "\t(void)clear;\n",
			"other_thread_calls_first"},
		{"madvise(&engine_pages, sizeof engine_pages, MADV_WIPEONFORK) != 0", "0",
			"fork_in_the_middle_of_a_first_call"},
	} {
		library := testkit.Rebuilt(t, testkit.Change{File: "capi/engine.c", Before: without.before,
			After: without.after})
		program := testkit.Against(t, testkit.Source("rewind.c"), library)
		t.Log("without ", strings.TrimSpace(without.before))
		fails(t, "timeout", "10", program, without.fails)
	}
}

// The memory of an abandoned runtime is freed, and none of the host's.
func TestHeapIsGivenBack(t *testing.T) {
	program := testkit.Compile(t, testkit.Source("heap.c"),
		"-I"+filepath.Join(testkit.Root,
			"capi"), "-fsanitize=undefined", "-fno-sanitize-recover=all")
	testkit.RunCases(t, "heap.c", program)
}

// Thread-local variables of the host are on the small stacks of the runtime's threads, too.
func TestHostWithLargeThreadLocals(t *testing.T) {
	t.Parallel()
	for _, size := range []string{"1000", "200000", "5000000"} {
		testkit.Run(t, testkit.Against(t, testkit.Source("large_tls.c"), testkit.Shared,
			"-DSIZE="+size))
	}
}
