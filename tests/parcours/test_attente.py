"""Après un clic, un test lit la page entière, même si elle arrive en deux fois."""

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

EN_DEUX_FOIS = 0.5


class Lent(BaseHTTPRequestHandler):
    """Répond aussitôt à l'accueil ; l'autre page commence, s'arrête, puis finit."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Lent</title><a href='/suite'>Suite</a>")
        if self.path == "/suite":
            self.wfile.flush()
            time.sleep(EN_DEUX_FOIS)
            self.wfile.write(b"<p>La fin de la page</p>")

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def serveur_lent() -> Iterator[str]:
    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Lent)
    fil = Thread(target=serveur.serve_forever)
    fil.start()
    try:
        yield f"http://127.0.0.1:{serveur.server_port}"
    finally:
        serveur.shutdown()
        fil.join()
        serveur.server_close()


@pytest.mark.parametrize("geste", ["click", "press"])
def test_un_geste_attend_que_la_page_suivante_soit_lue(
    serveur_lent: str, chromium: Any, geste: str
) -> None:
    page = chromium.new_context().new_page()
    page.goto(serveur_lent)
    lien = page.get_by_role("link", name="Suite")
    lien.click() if geste == "click" else lien.press("Enter")
    assert "La fin de la page" in page.content()
    page.context.close()
