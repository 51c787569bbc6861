"""People who use a hub over HTTP: they enrol, sign in, open pages and send forms. Standard library only."""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import re
import secrets
import struct
import time
import urllib.error
import urllib.parse
import urllib.request


def totp(secret: str, step: int) -> str:
    """The code of a step of 30 seconds (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = mac[19] & 15
    number = struct.unpack(">I", mac[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


class Stay(urllib.request.HTTPRedirectHandler):
    """Redirects are shown, not followed."""

    def redirect_request(self, *_: object) -> None:
        return None


class Person:
    def __init__(self, hub: str, account: str) -> None:
        self.hub, self.account = hub, account
        self.password = "-".join(secrets.token_hex(2) for _ in range(5))
        self.secret, self.cookie, self.step = "", "", 0
        self.opener = urllib.request.build_opener(Stay)

    def send(self, path: str, fields: list[tuple[str, str]] | None = None) -> tuple[int, str, dict[str, str]]:
        data = urllib.parse.urlencode(fields).encode() if fields is not None else None
        request = urllib.request.Request(self.hub + path, data=data)
        if self.cookie:
            request.add_header("Cookie", self.cookie)
        try:
            reply = self.opener.open(request)
        except urllib.error.HTTPError as error:
            reply = error
        return reply.status, reply.read().decode(), dict(reply.headers)

    def open(self, path: str) -> str:
        status, text, _ = self.send(path)
        assert status == 200, f"{self.account} at {path}: {status}"
        return text

    def post(self, path: str, page: str, **fields: str | list[str]) -> str:
        """Sends a form with the token of a page, and returns the place that the hub leads to, or the page."""
        found = re.search(r'name="token" value="([^"]*)"', self.open(page))
        pairs = [("token", found.group(1) if found else "")]
        for name, value in fields.items():
            pairs += [(name, each) for each in (value if isinstance(value, list) else [value])]
        status, text, headers = self.send(path, pairs)
        if status == 200:
            return text
        assert status == 303, f"{self.account} at {path}: {status} {self.words(text)}"
        place = headers["Location"]
        assert not place.startswith("/confirm"), f"{self.account} must confirm at {path}"
        return place

    @staticmethod
    def words(text: str) -> str:
        return html.unescape(" ".join(re.sub(r"<[^>]*>", " ", text.split("<main")[-1]).split()))[:300]

    def code(self) -> str:
        """The next code that the hub has not seen; the clock of an app may be half a minute ahead."""
        self.step = max(self.step + 1, int(time.time()) // 30 - 1)
        while self.step > int(time.time()) // 30 + 1:
            time.sleep(1)
        return totp(self.secret, self.step)

    def enrol(self, once: str) -> None:
        _, text, _ = self.send("/enrol", [("once", once)])
        found = re.search(r'name="secret" value="([A-Z2-7]+)"', text)
        assert found, f"the one-time code of {self.account} is not accepted"
        self.secret = found.group(1)
        status, text, _ = self.send(
            "/enrol/finish",
            [("once", once), ("secret", self.secret), ("password", self.password), ("code", self.code())],
        )
        assert status == 303, f"{self.account}: {self.words(text)}"

    def sign_in(self) -> None:
        status, text, headers = self.send(
            "/sign-in", [("account", self.account), ("password", self.password), ("code", self.code())]
        )
        assert status == 303, f"{self.account}: {self.words(text)}"
        self.cookie = headers["Set-Cookie"].split(";")[0]
