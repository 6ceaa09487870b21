/* SPDX-License-Identifier: MIT */
#ifndef SECRETS_ROOM_H
#define SECRETS_ROOM_H

/* room_for_runtime tells whether a Go runtime can start in this process. One
   that cannot get its addresses or its threads ends the process. */
int room_for_runtime(void);

#endif
