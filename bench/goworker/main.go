// SPDX-License-Identifier: MIT

// Goworker does the work of one peer in Go and prints how long it took: `goworker go-libsecrets`
// with the package of this project, `goworker go` with crypto/rand and the code that a program
// writes around it. It prints the same lines as bench/c/worker.c.
package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
)

// A work makes its call into room, with a size or a bound.
type work func(room []byte, size uint64) error

type peer struct {
	version string
	works   map[string]work
}

const (
	roomSize = 1 << 27
	token    = 32
)

func main() {
	peers := map[string]peer{"go-libsecrets": ours, "go": standard}
	p, ok := peers[strings.Join(os.Args[1:], " ")]
	if !ok {
		fmt.Fprintln(os.Stderr, "usage: goworker go-libsecrets | go")
		os.Exit(2)
	}
	fmt.Println("ready", p.version)
	p.serve()
}

func (p peer) serve() {
	room := make([]byte, roomSize)
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		var count int
		var name string
		var size uint64
		if _, err := fmt.Sscanf(lines.Text(), "run %d %s %d", &count, &name, &size); err != nil {
			fmt.Println("error", err)
			continue
		}
		fmt.Println(p.answer(room, count, name, size))
	}
}

func (p peer) answer(room []byte, count int, name string, size uint64) string {
	call, measure := p.works[name], timed
	if name == "threads" {
		call, measure = p.works["bytes"], threads
	}
	if call == nil {
		return "cannot"
	}
	ns, err := measure(call, room, count, size)
	if err != nil {
		return "error " + err.Error()
	}
	return fmt.Sprintf("%.0f", ns)
}

func timed(call work, room []byte, count int, size uint64) (float64, error) {
	start := time.Now()
	for range count {
		if err := call(room, size); err != nil {
			return 0, err
		}
	}
	return float64(time.Since(start)), nil
}

// threads makes that many goroutines draw tokens at once, and returns the time of one processor.
func threads(call work, room []byte, count int, number uint64) (float64, error) {
	var group sync.WaitGroup
	start := time.Now()
	for i := range number {
		group.Go(func() { _, _ = timed(call, room[i*4096:], count, token) })
	}
	group.Wait()
	busy := min(number, uint64(runtime.GOMAXPROCS(0)))
	return float64(time.Since(start)) * float64(busy) / float64(number), nil
}
