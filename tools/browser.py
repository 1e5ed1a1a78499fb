"""A headless Chromium driven through its own debugging pipe, with nothing but Python between.

For `make pictures` and `make optional`.
"""

import base64
import contextlib
import itertools
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PATIENCE_SECONDS = 120
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    *("--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking", "--disable-component-update"),
    "--disable-sync",
)


class BrowserError(RuntimeError):
    """The browser or a script on its page did not do what was asked."""


class MovedError(BrowserError):
    """The page left for another while it was asked."""


class Browser:
    """One page of a browser, and everything it said or asked for since it was opened."""

    def __init__(self, write: int, read: int) -> None:
        self._write = os.fdopen(write, "wb", buffering=0)
        self._read = os.fdopen(read, "rb")
        self._numbers = itertools.count(1)
        self._session: str | None = None
        self.said: list[str] = []
        self.asked: list[str] = []
        self._events: list[str] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        attached = self.send("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Return the browser's answer; what it tells meanwhile is kept."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._write.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == number:
                if error := answer.get("error"):
                    moved = "navigated" in error["message"]
                    raise (MovedError if moved else BrowserError)(f"{method}: {error['message']}")
                result: dict[str, Any] = answer["result"]
                return result

    def open(self, address: str, width: int, height: int = 900) -> None:
        """Show an address on a screen of some size, from a fresh page, once it has loaded."""
        self.said, self.asked = [], []
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        for place in ("about:blank", address):
            self._events.clear()
            self.send("Page.navigate", url=place)
            while "Page.loadEventFired" not in self._events:
                self._next()

    def ask(self, expression: str, *, wait: bool = False) -> Any:
        """Return the value of a JavaScript expression on the page, or of what it promises."""
        answer = self.send(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=wait
        )
        if "exceptionDetails" in answer:
            raise BrowserError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait(self, expression: str) -> None:
        """Return when a JavaScript expression holds, on this page or one that follows it."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._holds(expression):
            if time.monotonic() > deadline:
                raise BrowserError(f"Not true within {PATIENCE_SECONDS} s: {expression}")
            time.sleep(0.1)

    def click(self, selector: str) -> None:
        """Click the first element of a CSS selector, once it is there and can be clicked."""
        element = f"document.querySelector({json.dumps(f'{selector}:not(:disabled)')})"
        self.wait(element)
        self.ask(f"{element}.click()")

    def fill(self, selector: str, text: str) -> None:
        """Type a text into a field."""
        element = f"document.querySelector({json.dumps(selector)})"
        self.wait(element)
        self.ask(f"{element}.focus()")
        self.send("Input.insertText", text=text)

    def picture(self, path: Path) -> None:
        """Store what the screen shows as PNG."""
        taken = self.send("Page.captureScreenshot")
        path.write_bytes(base64.b64decode(taken["data"]))

    def _holds(self, expression: str) -> bool:
        try:
            return bool(self.ask(f"Boolean({expression})"))
        except MovedError:
            return False

    def _next(self) -> dict[str, Any]:
        text = bytearray()
        while (letter := self._read.read(1)) != b"\0":
            if not letter:
                raise BrowserError("The browser has ended.")
            text += letter
        message: dict[str, Any] = json.loads(text)
        event, parameters = str(message.get("method", "")), message.get("params", {})
        self._events.append(event)
        if event == "Runtime.exceptionThrown":
            self.said.append(f"error: {parameters['exceptionDetails']}")
        elif event == "Runtime.consoleAPICalled":
            self.said.append(f"{parameters['type']}: {parameters['args']}")
        elif event == "Log.entryAdded":
            self.said.append(f"{parameters['entry']['level']}: {parameters['entry']['text']}")
        elif event == "Network.requestWillBeSent":
            self.asked.append(parameters["request"]["url"])
        return message


@contextlib.contextmanager
def chromium(profile: Path) -> Iterator[Browser]:
    """Start a browser with an empty profile, and end it."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise BrowserError(f"None of {', '.join(NAMES)} is installed: apt-get install chromium.")
    to_browser, write = os.pipe()
    read, from_browser = os.pipe()
    # The browser reads from its descriptor 3 and writes to 4; a shell puts them there.
    command = f'exec "$0" "$@" 3<&{to_browser} 4>&{from_browser}'
    process = subprocess.Popen(
        [
            *("bash", "-c", command, program),
            *QUIET,
            *("--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"),
        ],
        pass_fds=(to_browser, from_browser),
        stderr=subprocess.DEVNULL,
    )
    os.close(to_browser)
    os.close(from_browser)
    try:
        yield Browser(write, read)
    finally:
        process.kill()
        process.wait()
