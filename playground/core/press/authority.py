"""A demo certification authority and the insurer's signing certificate under it, made once for one playground.

The signature is technically real (PAdES, ECDSA P-256) and legally nothing: a Russian qualified signature needs GOST keys of an
accredited authority, which no open program can carry.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LIFE = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Authority:
    """Files of `folder`: `root.pem`, `signer.pem` and `signer.key`. The root's key is thrown away: nothing else is to be issued."""

    folder: Path

    @classmethod
    def at(cls, folder: Path, now: datetime) -> Authority:
        """The authority kept in `folder`; made there first if there is none. Valid for ten years around a moving clock."""
        authority = cls(folder)
        if not (folder / "signer.key").exists():
            authority._found(now)
        return authority

    @property
    def signer(self) -> x509.Certificate:
        """The insurer's certificate."""
        return x509.load_pem_x509_certificate((self.folder / "signer.pem").read_bytes())

    def root_pem(self) -> bytes:
        """What a reader of the papers has to trust."""
        return (self.folder / "root.pem").read_bytes()

    def _found(self, now: datetime) -> None:
        """Made aside and put there whole: a key always belongs to its certificate."""
        folder = self.folder.resolve()
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(mkdtemp(dir=folder.parent, prefix=f"{folder.name}-"))
        root_key, signer_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        root_name = _name("ДЕМО Удостоверяющий центр", "Песочница личного кабинета")
        signer_name = _name("АО «СК «Тихая гавань» (ДЕМО)", "АО «СК «Тихая гавань» (ДЕМО)")
        root = (
            _certificate(root_name, root_name, root_key.public_key(), now)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(root_key.public_key()), critical=False)
            .sign(root_key, hashes.SHA256())
        )
        signer = (
            _certificate(signer_name, root_name, signer_key.public_key(), now)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
            .sign(root_key, hashes.SHA256())
        )
        (made / "root.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))
        (made / "signer.pem").write_bytes(signer.public_bytes(serialization.Encoding.PEM))
        secret = signer_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        with open(os.open(made / "signer.key", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(secret)
        try:
            made.rename(folder)
        except OSError:  # another playground over the same data was quicker: its authority is the one
            shutil.rmtree(made)


def _name(common: str, organisation: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "RU"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - LIFE / 10)
        .not_valid_after(now + LIFE)
    )


def _usage(**allowed: bool) -> x509.KeyUsage:
    everything = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: allowed.get(name, False) for name in everything})
