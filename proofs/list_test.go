// SPDX-License-Identifier: MIT

package proofs

// claims is the list behind the table in SECURITY.md.
var claims = []claim{}
