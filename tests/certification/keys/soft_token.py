"""A token in software: SoftHSM, with keys that never leave it."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pkcs11
import pytest
from pkcs11 import Attribute, KeyType
from pkcs11.util.ec import encode_named_curve_parameters

from tests.deploy.test_files import program

PIN, SO_PIN = "482913", "771204"
LIBRARIES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
)
ED25519 = bytes.fromhex("06032b6570")  # the curve by its object identifier


def library() -> str:
    """The library of SoftHSM; without it the test fails and says what to install."""
    for path in [*LIBRARIES, *map(str, Path("/usr/lib").glob("*/softhsm/libsofthsm2.so"))]:
        if Path(path).exists():
            return path
    pytest.fail("SoftHSM is not on this machine. Install it: sudo apt-get install softhsm2")


@dataclass
class SoftToken:
    """Tokens in a folder of the test; `configuration` is what SOFTHSM2_CONF names."""

    folder: Path
    configuration: Path
    library: str

    def set_up(self, label: str) -> None:
        """A new token with a PIN."""
        command = [program("softhsm2-util", "softhsm2"), "--init-token", "--free", "--label", label]
        env = {**os.environ, "SOFTHSM2_CONF": str(self.configuration)}
        subprocess.run([*command, "--pin", PIN, "--so-pin", SO_PIN], env=env, check=True, capture_output=True)

    def session(self, label: str) -> Any:
        module = pkcs11.lib(self.library)
        module.reinitialize()  # a token that was just set up is seen only from now on
        return module.get_token(token_label=label).open(rw=True, user_pin=PIN)

    def generate(self, label: str, name: str, *, curve: str = "P-256") -> None:
        """A pair of keys, made inside."""
        with self.session(label) as session:
            if curve == "P-256":
                kind, parameters = KeyType.EC, encode_named_curve_parameters("secp256r1")
            else:
                kind, parameters = KeyType.EC_EDWARDS, ED25519
            domain = session.create_domain_parameters(kind, {Attribute.EC_PARAMS: parameters}, local=True)
            domain.generate_keypair(store=True, label=name, id=name.encode())


def make_soft_token(folder: Path) -> SoftToken:
    tokens = folder / "tokens"
    tokens.mkdir(parents=True)
    configuration = folder / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
    return SoftToken(folder, configuration, library())
