"""What stands in deploy/ is accepted by the programs that will read it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SECURITY_LIMIT = 20  # systemd's exposure times ten: 0 is closed, 100 is open, 20 still counts as "OK"
UNITS = ["academy-web", "academy-worker", "academy-beat", "academy-backup"]


def program(name: str, package: str) -> str:
    """The path of a program; without it the test fails and says what to install."""
    found = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"]))
    if not found:
        pytest.fail(f"{name} is not on this machine. Install it: sudo apt-get install {package}")
    return found


def compose_check(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_compose_follows_the_compose_specification(root: Path) -> None:
    done = compose_check(root / "deploy/compose.yaml")
    assert (done.returncode, done.stdout.strip()) == (0, "ok -- validation done")


def test_a_wrong_compose_file_is_noticed(root: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "compose.yaml"
    wrong.write_text((root / "deploy/compose.yaml").read_text().replace("restart: unless-stopped", "restart: 5"))
    assert compose_check(wrong).returncode == 1


def test_compose_has_every_server_with_a_health_check_and_no_secret(root: Path) -> None:
    from ruamel.yaml import YAML

    compose = YAML(typ="safe").load((root / "deploy/compose.yaml").read_text())
    services = compose["services"]
    assert sorted(services) == ["beat", "nginx", "postgres", "redis", "setup", "web", "worker"]
    assert [name for name, service in services.items() if "healthcheck" not in service] == ["setup"]
    assert services["postgres"]["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")
    assert "SECRET_KEY" not in (root / "deploy/compose.yaml").read_text()


def test_the_image_copies_only_what_exists_and_does_not_run_as_root(root: Path) -> None:
    lines = (root / "deploy/Dockerfile").read_text().replace("\\\n", " ").splitlines()
    words = [line.split() for line in lines if line and not line.startswith("#")]
    sources = [part for line in words if line[0] == "COPY" and "--from=" not in line[1] for part in line[1:-1]]
    assert sources != []
    assert [source for source in sources if not (root / source).exists()] == []
    assert [line[1] for line in words if line[0] == "USER"] == ["10001"]
    assert [line[1] for line in words if line[0] == "FROM" and ":" not in line[1]] == []


def nginx_folder(root: Path, folder: Path) -> Path:
    """The site's file inside a whole configuration, with a certificate made for the occasion."""
    openssl = program("openssl", "openssl")
    subprocess.run(
        [
            openssl,
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "1",
            "-subj",
            "/CN=academy.example.org",
            "-keyout",
            folder / "privkey.pem",
            "-out",
            folder / "fullchain.pem",
        ],
        check=True,
        capture_output=True,
    )
    site = (root / "deploy/nginx/academy.conf").read_text()
    # Only root may take ports 80 and 443, even for a test.
    site = re.sub(r"(listen (?:\[::\]:)?)(80|443)\b", r"\g<1>18\g<2>", site)
    (folder / "academy.conf").write_text(site.replace("/etc/nginx/tls", str(folder)))
    whole = folder / "nginx.conf"
    whole.write_text(
        f"pid {folder}/nginx.pid;\nerror_log stderr;\nevents {{ }}\n"
        f"http {{ access_log off; include {folder}/academy.conf; }}\n"
    )
    return whole


def nginx_test(path: Path) -> subprocess.CompletedProcess[str]:
    command = [program("nginx", "nginx"), "-t", "-c", str(path), "-p", str(path.parent)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.system
def test_nginx_accepts_the_site(root: Path, tmp_path: Path) -> None:
    done = nginx_test(nginx_folder(root, tmp_path))
    assert done.returncode == 0, done.stderr
    assert re.findall(r"\[(?:emerg|alert|crit|error|warn)\].*", done.stderr) == []


@pytest.mark.system
def test_a_wrong_nginx_file_is_noticed(root: Path, tmp_path: Path) -> None:
    path = nginx_folder(root, tmp_path)
    site = tmp_path / "academy.conf"
    site.write_text(site.read_text().replace("limit_req_status 429;", "limit_req_status often;"))
    assert nginx_test(path).returncode == 1


def test_nginx_overwrites_what_a_client_claims_and_closes_the_metrics(root: Path) -> None:
    site = (root / "deploy/nginx/academy.conf").read_text()
    assert re.findall(r"proxy_set_header X-Forwarded-(\w+) (\S+);", site) == [
        ("Proto", "$scheme"),
        ("For", "$remote_addr"),
    ]
    assert re.findall(r"location /metrics \{ (.+?) \}", site) == ["return 404;"]
    assert re.findall(r"client_max_body_size (\w+);", site) == ["12m", "0", "6m", "66m"]


@pytest.mark.system
def test_systemd_accepts_the_units(root: Path, tmp_path: Path) -> None:
    for unit in (root / "deploy/systemd").iterdir():
        text = unit.read_text()
        programs = re.sub(r"^(ExecStart=)/srv/academy/\S+", rf"\1{sys.executable}", text, flags=re.M)
        (tmp_path / unit.name).write_text(programs)
    done = subprocess.run(
        [program("systemd-analyze", "systemd"), "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, [line for line in done.stderr.splitlines() if "academy-" in line]) == (0, [])


@pytest.mark.system
@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_is_closed_to_what_it_does_not_need(root: Path, unit: str) -> None:
    done = subprocess.run(
        [
            program("systemd-analyze", "systemd"),
            "security",
            "--offline=true",
            f"--threshold={SECURITY_LIMIT}",
            str(root / f"deploy/systemd/{unit}.service"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout.strip().splitlines()[-1:] + done.stderr.strip().splitlines()[-1:]


def calls_in(group: str) -> set[str]:
    """The system calls of a group of systemd, and of the groups in it."""
    command = [program("systemd-analyze", "systemd"), "syscall-filter", group]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    names = [line.strip() for line in listed[1:] if line.strip() and not line.strip().startswith("#")]
    return {call for name in names for call in (calls_in(name) if name.startswith("@") else {name})}


@pytest.mark.system
def test_the_pages_may_begin_a_process_that_shuts_itself_in(root: Path) -> None:
    """What certification/checking/apart/confinement.py asks of the kernel; refused, a file would not be read at all."""
    allowed: set[str] = calls_in("@default")
    for line in re.findall(r"^SystemCallFilter=(.+)", (root / "deploy/systemd/academy-web.service").read_text(), re.M):
        names = line.removeprefix("~").split()
        calls = {call for name in names for call in (calls_in(name) if name.startswith("@") else {name})}
        allowed = allowed - calls if line.startswith("~") else allowed | calls
    asked = {"getpriority", "setpriority", "prlimit64", "prctl", "landlock_create_ruleset", "landlock_restrict_self"}
    assert asked - allowed == set()


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_starts_a_program_that_the_project_has(root: Path, unit: str) -> None:
    text = (root / f"deploy/systemd/{unit}.service").read_text()
    [path] = re.findall(r"^ExecStart=/srv/academy/(\S+)", text, flags=re.M)
    assert (root / path).is_file() or (Path(sys.executable).parent / Path(path).name).is_file()
