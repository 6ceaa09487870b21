/* SPDX-License-Identifier: MIT */
#ifndef SECRETS_IMAGE_H
#define SECRETS_IMAGE_H

#include "engine.h"

/* image_remember keeps hold of the library's own file, while it is still there
   under the name it was loaded by. */
void image_remember(void);

/* image_load loads the library again from that file, as a new image with a Go
   runtime of its own, and returns its public functions; NULL where it cannot. */
const struct engine *image_load(void);

#endif
