// SPDX-License-Identifier: MIT

package packaging

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"libsecrets/internal/testkit"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Two copies of the tracked files give the same bytes as this checkout: in folders of different
// names, one with a space in it, of different days, by two users, under other umasks, languages
// and time zones.
func TestBuildIsReproducible(t *testing.T) {
	for name, setting := range map[string]string{
		"a": `umask 077; export LC_ALL=C TZ=UTC; exec "$@"`,
		"another folder": `umask 002; export LC_ALL=tr_TR.UTF-8 LANGUAGE=tr TZ=Asia/Tokyo ` +
			`USER=other; exec unshare --map-user=1234 --map-group=1234 "$@"`,
	} {
		copied := filepath.Join(t.TempDir(), name)
		testkit.CopyTree(t, copied)
		age(t, copied, time.Duration(len(name))*24*time.Hour)
		testkit.Run(t, "sh", "-c", setting, "sh", "env", "-u", "BUILD", "make", "-s", "-C", copied,
			"all", "sbom")
		for _, library := range []string{testkit.Shared, testkit.Static, testkit.Command} {
			built := filepath.Join(copied, "build", filepath.Base(library))
			assert.Equal(t, testkit.Digest(t, library), testkit.Digest(t, built),
				"%s of folder %q", filepath.Base(library), name)
		}
		testkit.Run(t, "make", "-s", "-C", testkit.Root, "sbom")
		assert.Equal(t, testkit.Digest(t, filepath.Join(filepath.Dir(testkit.Shared),
			"libsecrets.spdx.json")),
			testkit.Digest(t, filepath.Join(copied, "build", "libsecrets.spdx.json")), name)
	}
}

// age sets the times of all files of a folder to that long ago.
func age(t *testing.T, folder string, since time.Duration) {
	t.Helper()
	then := time.Now().Add(-since)
	require.NoError(t, filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
		return errors.Join(err, os.Chtimes(path, then, then))
	}))
}

// A second make has nothing to do; after a change to any kind of source, or to a setting, it
// builds the library again.
func TestBuildIsNeverStale(t *testing.T) {
	copied := filepath.Join(t.TempDir(), "copy")
	testkit.CopyTree(t, copied)
	builds := func(settings ...string) int {
		out := testkit.Run(t, "env", append(append([]string{"-u", "BUILD", "make"}, settings...),
			"-C", copied, "all")...)
		return strings.Count(out, "go build")
	}
	require.Equal(t, 1, builds())
	require.Zero(t, builds())
	for _, source := range []string{
		"include/secrets.h", "capi/secrets.map", "capi/engine.h", "capi/sections.ld",
		"packaging/object.sh", "packaging/link.sh", "secrets/token.go", "secrets/eff_large.txt",
	} {
		now := time.Now()
		require.NoError(t, os.Chtimes(filepath.Join(copied, source), now, now))
		assert.Equal(t, 1, builds(), source)
		assert.Zero(t, builds(), source)
	}
	assert.Equal(t, 1, builds("CFLAGS=-O1"))
	assert.Zero(t, builds("CFLAGS=-O1"))
}
