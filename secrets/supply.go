// SPDX-License-Identifier: MIT

package secrets

// A supply holds bytes that one call draws ahead, where it needs many values
// and has no memory of the caller's to draw them into. It lives on the stack of
// that call, which wipes it, even if it panics. The zero supply is empty.
type supply struct {
	bytes [512]byte // a draw this long is hardly dearer a byte than a longer one
	left  int       // how many of them, at the end, have not been used
}

// below returns an integer from [0, bound), bound not 0. The caller is going to
// need that many values, this one included, with bounds no larger than this.
func (s *supply) below(bound uint64, values int) uint64 {
	size := wordSize(bound)
	for {
		if s.left < size {
			s.draw(size, values)
		}
		word := load(s.bytes[len(s.bytes)-s.left:], size)
		s.left -= size
		if value, taken := scale(word, 8*uint(size), bound); taken {
			return value
		}
	}
}

// draw draws words of size bytes for as many values as have room.
func (s *supply) draw(size, values int) {
	s.left = size * min(values, len(s.bytes)/size)
	fill(s.bytes[len(s.bytes)-s.left:])
}

func (s *supply) wipe() {
	*s = supply{}
}
