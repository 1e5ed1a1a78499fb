"""A headless Chromium driven through its own debugging pipe, with nothing but Python between."""

import base64
import contextlib
import itertools
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


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
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    def open(self, address: str, width: int) -> None:
        """Show an address on a screen of some width, from a fresh page, once it has loaded."""
        self.said, self.asked = [], []
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
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
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def picture(self, path: Path) -> None:
        """Store the whole page as PNG."""
        taken = self.send("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(taken["data"]))

    def _next(self) -> dict[str, Any]:
        text = bytearray()
        while (letter := self._read.read(1)) != b"\0":
            assert letter, "the browser has ended"
            text += letter
        message: dict[str, Any] = json.loads(text)
        event, parameters = str(message.get("method", "")), message.get("params", {})
        self._events.append(event)
        if event == "Runtime.exceptionThrown":
            self.said.append(str(parameters["exceptionDetails"]))
        elif event == "Runtime.consoleAPICalled":
            self.said.append(f"{parameters['type']}: {parameters['args']}")
        elif event == "Log.entryAdded":
            self.said.append(parameters["entry"]["text"])
        elif event == "Network.requestWillBeSent":
            self.asked.append(parameters["request"]["url"])
        return message


@contextlib.contextmanager
def chromium(profile: Path) -> Iterator[Browser]:
    """Start a browser with an empty profile, and end it."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    assert program, f"None of {', '.join(NAMES)} is installed: apt-get install chromium."
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
