/* SPDX-License-Identifier: MIT */
/* The functions of secrets.hpp with the library. They are one program, since compilers spend most
   of their time on the standard library. */
#include "check.hpp"

#include "distributions.hpp"
#include "numbers.hpp"
#include "passwords.hpp"
#include "residue.hpp"
#include "sequences.hpp"
#include "tokens.hpp"

static const struct check_case cases[] = {
	TOKEN_CASES,
	NUMBER_CASES,
	DISTRIBUTION_CASES,
	SEQUENCE_CASES,
	PASSWORD_CASES,
	RESIDUE_CASES,
};

CHECK_MAIN(cases)
