/* SPDX-License-Identifier: MIT */
#include "engine.h"
#include "guest.h"

#include "_cgo_export.h"

#define X(type, name, export, parameters, arguments) \
	static type enter_##name parameters \
	{ \
		guest_enter(); \
		return export arguments; \
	}
ENGINE_FUNCTIONS(X)
#undef X

const struct engine engine_exports = {
#define X(type, name, export, parameters, arguments) .name = enter_##name,
	ENGINE_FUNCTIONS(X)
#undef X
};
