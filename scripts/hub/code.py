"""Prints the present code of a key of the demo's accounts, as an authenticator app would show it."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from people import totp

print(totp(sys.argv[1], int(time.time()) // 30))
