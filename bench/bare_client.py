"""The least that a call to ECR and an answer can take here: a client that does nothing else.

`python bare_client.py EMULATOR RECEIVER` prints the milliseconds of one call and of one PUT.
"""

import http.client
import json
import statistics
import sys
import time
from urllib.parse import urlsplit

TIMES = 40
HEADERS = {
    "X-Amz-Target": "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories",
    "Content-Type": "application/x-amz-json-1.1",
    "Authorization": "AWS4-HMAC-SHA256 Credential=BARE/20260101/us-east-1/ecr/aws4_request, SignedHeaders=host, Signature=0",
}


def main(emulator: str, receiver: str) -> None:
    ecr = http.client.HTTPConnection(urlsplit(emulator).netloc)
    print(_median(lambda: _send(ecr, "POST", "/", b"{}", HEADERS)), _median(lambda: _put(receiver)))


def _put(url: str) -> None:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc)
    _send(connection, "PUT", f"{parts.path}?{parts.query}", json.dumps("x" * 1500).encode(), {})
    connection.close()


def _send(connection: http.client.HTTPConnection, *request: object) -> None:
    connection.request(*request)  # type: ignore[arg-type]
    connection.getresponse().read()


def _median(act) -> float:
    seconds = []
    for _ in range(TIMES):
        began = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds) * 1000


if __name__ == "__main__":
    main(*sys.argv[1:])
