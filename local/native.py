"""The runtime client's native library.

By itself each process unpacks it to one and the same file in /tmp. In Lambda every process has a /tmp of
its own; here a process that starts would change the file under those that run, and they would crash.
"""

from __future__ import annotations

import platform
import zipfile
from pathlib import Path

NAME = "libaws-lambda-jni.so"
OPTION = "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="

_PROCESSORS = {"x86_64": "x86_64", "aarch64": "aarch_64", "arm64": "aarch_64"}


def unpack(runtime_client: Path) -> None:
    """Puts this machine's library beside the client's jars; where there is none, the client sees to it."""
    system = "linux" if platform.libc_ver()[0] == "glibc" else "linux_musl"
    member = f"jni/libaws-lambda-jni.{system}-{_PROCESSORS.get(platform.machine(), 'unknown')}.so"
    for jar in runtime_client.glob("aws-lambda-java-runtime-interface-client*.jar"):
        with zipfile.ZipFile(jar) as packed:
            if member in packed.namelist():
                (runtime_client / NAME).write_bytes(packed.read(member))


def options(runtime_client: Path) -> list[str]:
    library = runtime_client / NAME
    return [f"{OPTION}{library}"] if library.exists() else []
