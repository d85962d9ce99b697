"""``looma serve`` as a real process: the ready line, the answers, the end, and what is refused at the start."""

import json
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

PASSWORD = "correct horse battery"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as at:
        return at.getsockname()[1]


@pytest.fixture
def serve(tmp_path):
    """Start ``looma serve crm`` on a free port; gives the process and its address once it is ready."""
    import os

    started = []

    def start(*, data=tmp_path / "data", port=None):
        port = port or free_port()
        env = {k: v for k, v in os.environ.items() if not k.startswith(("LOOMA_", "LC_", "LANG"))}
        env |= {"LOOMA_PORTS": json.dumps({"looma-crm": port, "auth": 0}), "LOOMA_LOG_LEVEL": "ERROR"}
        env |= {"LOOMA_ADMIN_PASSWORD": PASSWORD}
        command = [sys.executable, "-m", "looma", "serve", "crm", "auth", "--data", str(data)]
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)  # noqa: S603
        started.append(run)
        line = run.stdout.readline()
        return run, line.strip(), port

    yield start
    for run in started:
        if run.poll() is None:
            run.kill()
        run.communicate()


def ask(address, path, body=None, token=None):
    data = None if body is None else json.dumps(body).encode()
    headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(address + path, data, headers)  # noqa: S310
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return json.load(answer)


def signed_in(line):
    auth = line.partition("auth-service=")[2]
    told = ask(auth, "/api/v1/auth/login", {"username": "admin", "password": PASSWORD})
    return told["data"]["access_token"]


def test_a_service_says_that_it_is_ready_serves_and_ends_when_asked(serve):
    run, line, port = serve()
    assert line.startswith(f"ready looma-crm=http://127.0.0.1:{port} auth-service=http://")
    address = f"http://127.0.0.1:{port}"
    token = signed_in(line)
    assert ask(address, "/health")["status"] == "healthy"
    job = ask(address, "/api/v1/jobs", {"title": "推荐系统工程师"}, token)
    assert job["metadata"]["service"] == "looma-crm"
    run.send_signal(signal.SIGTERM)
    _, err = run.communicate(timeout=20)
    assert run.returncode == 0, err
    assert "Traceback" not in err
    run, line, port = serve()
    kept = ask(f"http://127.0.0.1:{port}", f"/api/v1/jobs/{job['data']['id']}", token=signed_in(line))
    assert kept["data"]["title"] == "推荐系统工程师"


def test_a_second_one_on_the_folder_is_refused_in_words(serve):
    serve()
    run, line, _ = serve()
    _, err = run.communicate(timeout=20)
    assert (line, run.returncode) == ("", 4)
    assert "data folder" in err
    assert "Traceback" not in err


def test_a_taken_port_is_refused_in_words(serve, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as at:
        run, line, port = serve(data=tmp_path / "other", port=at.getsockname()[1])
        _, err = run.communicate(timeout=20)
    assert (line, run.returncode) == ("", 4)
    assert str(port) in err
    assert "Traceback" not in err


def test_a_folder_that_is_a_file_is_refused_in_words(serve, tmp_path):
    file = tmp_path / "file"
    file.write_text("x")
    run, _, _ = serve(data=file)
    _, err = run.communicate(timeout=20)
    assert run.returncode in (2, 4)
    assert err.strip()
    assert "Traceback" not in err
