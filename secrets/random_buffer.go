// SPDX-License-Identifier: MIT

package secrets

// A randomBuffer holds random bytes that one call draws ahead, if it needs many
// values and has no memory of the caller's to draw them into. It lives on the
// stack of that call, which wipes it, even if it panics. The zero value is empty.
type randomBuffer struct {
	bytes [512]byte // a longer draw would hardly be faster per byte
	left  int       // unused bytes, at the end
}

// below returns a uniformly distributed integer from [0, bound), for a bound that
// is not 0. The caller is going to need that many values, this one included, with
// bounds no larger than this.
func (b *randomBuffer) below(bound uint64, values int) uint64 {
	size := wordSize(bound)
	for {
		if b.left < size {
			b.draw(size, values)
		}
		word := load(b.bytes[len(b.bytes)-b.left:], size)
		b.left -= size
		if value, accepted := scale(word, 8*uint(size), bound); accepted {
			return value
		}
	}
}

// draw draws words of size bytes for the values, as many as fit.
func (b *randomBuffer) draw(size, values int) {
	b.left = size * min(values, len(b.bytes)/size)
	fill(b.bytes[len(b.bytes)-b.left:])
}

func (b *randomBuffer) wipe() {
	*b = randomBuffer{}
}
