"""A certificate authority for loopback, which every contestant trusts beside the public ones."""

from __future__ import annotations

import datetime
import ipaddress
import shutil
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

import certifi
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from . import find


@dataclass(frozen=True)
class Trust:
    """`pem` is the authority beside the public ones; `java` the JDK's own trust store with it added."""

    server: ssl.SSLContext
    pem: Path
    java: Path

    @property
    def java_option(self) -> str:
        """Makes Java trust it."""
        return f"-Djavax.net.ssl.trustStore={self.java}"


def make(folder: Path) -> Trust:
    """RSA of 2,048 bits, as ECR and S3 present; TLS 1.2 and 1.3."""
    now = datetime.datetime.now(datetime.timezone.utc)
    authority_key, server_key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    authority = _certificate("Test authority", authority_key, None, authority_key, now)
    server = _certificate("127.0.0.1", server_key, authority, authority_key, now)
    pem = folder / "authority.pem"
    pem.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    (folder / "server.pem").write_bytes(
        server_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + server.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    java_home = find.java_home()
    store = folder / "cacerts"
    shutil.copyfile(java_home / "lib" / "security" / "cacerts", store)
    store.chmod(0o600)
    subprocess.run(
        [java_home / "bin" / "keytool", "-importcert", "-noprompt", "-alias", "test", "-file", pem,
         "-keystore", store, "-storepass", "changeit"],
        check=True, capture_output=True,
    )
    # Python reads the public authorities as well, as it does in Lambda.
    pem.write_bytes(pem.read_bytes() + Path(certifi.where()).read_bytes())
    return Trust(context, pem, store)


def _certificate(
    name: str,
    key: rsa.RSAPrivateKey,
    issuer: x509.Certificate | None,
    issuer_key: rsa.RSAPrivateKey,
    now: datetime.datetime,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    names = [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
