"""Networks as they can be: IPv6 alone, no way out, a name server that hangs, a proxy.

Each needs a network of its own, which root can make on Linux. Nothing outside can be reached.
"""

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.net.conftest import CERTIFICATES
from tests.programs import needs

SCRIPT = Path(__file__).with_name("isolated.py")
NETWORK = (
    "ip link set lo up",
    "ip address add 2606:4700::1111/128 dev lo nodad",
    "ip address add 192.168.1.5/32 dev lo",
    "mount --bind {resolv} /etc/resolv.conf",
    "exec {python} {script} {certificates}",
)


@needs("unshare", "ip")
def test_network_of_its_own(tmp_path: Path) -> None:
    """What is public is asked, what is private isn't, and what hangs is left."""
    resolv = tmp_path / "resolv.conf"
    resolv.write_text("nameserver 127.0.0.1\n")
    names = {
        "resolv": resolv,
        "python": sys.executable,
        "script": SCRIPT,
        "certificates": CERTIFICATES,
    }
    quoted = {name: shlex.quote(str(path)) for name, path in names.items()}
    script = "\n".join(NETWORK).format(**quoted)
    ran = subprocess.run(
        ["unshare", "--map-root-user", "--net", "--mount", "sh", "-ec", script],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if "unshare:" in ran.stderr:
        pytest.skip("this user may make no network")
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == {
        "IPv6 alone": "facts",
        "no route": "offline",
        "name server that hangs": "too slow",
        "this machine": "not allowed",
        "redirect to this machine": "not allowed",
        "redirect to metadata": "not allowed",
        "redirect within": "facts",
        "at home": "facts",
        "at home, not typed": "not allowed",
        "proxy": "The proxy for https://films.example can't be reached.",
    }
