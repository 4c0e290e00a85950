"""What `sam local invoke` needs on this machine: an emulated ECR and a receiver of answers, until Ctrl-C.

    .venv/bin/python -m local.sam_local

Writes target/sam-local: the events of events/ with the receiver's address for their ResponseURL, and env.json, by which the
function's container finds both. Prints each call and each answer as it comes.
"""

from __future__ import annotations

import json
import re
import signal
import sys
import time
from pathlib import Path

from . import find
from .emulator import Emulator
from .events import DEFAULT_ACCOUNT, DEFAULT_REGION, read, redirected
from .receiver import Receiver

# The name that Docker gives this machine inside a container.
MACHINE = "host.docker.internal"
FOLDER = find.ROOT / "target" / "sam-local"


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with Emulator(DEFAULT_ACCOUNT, DEFAULT_REGION) as emulator, Receiver() as receiver:
        urls = write(FOLDER, emulator.url, receiver)
        print(f"ECR emulator  {emulator.url}\nReceiver      http://{receiver.host}\nEvents        {FOLDER}/*.json")
        print("Invoke with   sam local invoke --config-env local -e target/sam-local/create.json", flush=True)
        try:
            follow(emulator, receiver, urls)
        except KeyboardInterrupt:
            pass
        return 0


def write(folder: Path, ecr: str, receiver: Receiver) -> dict[str, str]:
    """Fills the folder; the URL that each event's answer goes to, by the event's name."""
    folder.mkdir(parents=True, exist_ok=True)
    variables = {"AWS_ENDPOINT_URL_ECR": from_container(ecr), "ECRREPO_RESPONSE_HOSTS": from_container(receiver.host)}
    (folder / "env.json").write_text(json.dumps({"EcrRepoFunction": variables}, indent=2) + "\n")
    urls = {}
    for event in read("events", find.ROOT):
        # Without a signing time: these files may be played at any time.
        text, url = redirected(
            event, lambda: re.sub(r"X-Amz-Date=[^&]*&", "", from_container(receiver.url()))
        )
        (folder / event.name).write_bytes(text)
        if url:
            urls[event.name] = url
    return urls


def from_container(address: str) -> str:
    return address.replace("127.0.0.1", MACHINE, 1)


def follow(emulator: Emulator, receiver: Receiver, urls: dict[str, str]) -> None:
    """Prints what comes, for ever."""
    calls = 0
    answers = dict.fromkeys(urls, 0)
    while True:
        for call in emulator.calls[calls:]:
            calls += 1
            print(f"call    {call.operation}" + (f": {call.error}" if call.error else ""), flush=True)
        for name, url in urls.items():
            for delivery in receiver.deliveries(url)[answers[name] :]:
                answers[name] += 1
                print(f"answer  {name}: {delivery.body.decode('utf-8', 'replace')}", flush=True)
        time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
