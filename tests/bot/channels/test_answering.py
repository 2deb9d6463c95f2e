"""The loopback server: it keeps what arrived whole, and nothing else."""

from __future__ import annotations

import socket
import urllib.parse
import urllib.request

import pytest

from tests.bot.channels.answering import Answer, AnsweringServer, Asked


def test_what_was_cut_off_in_the_middle_never_arrived() -> None:
    decided: list[Asked] = []

    def answers(asked: Asked) -> Answer:
        decided.append(asked)
        return Answer(200, {"ok": True})

    server = AnsweringServer(answers)
    try:
        address = urllib.parse.urlsplit(server.url)
        with socket.create_connection((address.hostname, address.port)) as cut:
            cut.sendall(b"POST /sendMessage HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\n\r\nchat_")
            cut.shutdown(socket.SHUT_WR)
            assert cut.recv(100) == b""
        with urllib.request.urlopen(f"{server.url}/sendMessage", b"chat_id=1", timeout=5) as response:
            assert response.status == 200
        assert [asked.body for asked in server.asked] == [asked.body for asked in decided] == [b"chat_id=1"]
    finally:
        server.close()


@pytest.mark.parametrize("body", [b"", b"a=1"])
def test_what_arrived_whole_is_kept(body: bytes) -> None:
    server = AnsweringServer(lambda _: Answer(200, {"ok": True}))
    try:
        urllib.request.urlopen(f"{server.url}/x?y=z", body, timeout=5).close()
        assert [(asked.method, asked.path, asked.query, asked.body) for asked in server.asked] == [
            ("POST", "/x", {"y": "z"}, body)
        ]
    finally:
        server.close()
