# SPDX-License-Identifier: MIT
import libsecrets as secrets

print("https://example.org/reset?token=" + secrets.token_urlsafe())
