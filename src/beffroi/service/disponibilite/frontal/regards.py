"""Chaque chose à tenir, qui la juge, et la ligne à écrire dans nginx ou Caddy quand elle manque."""

from collections.abc import Mapping
from dataclasses import dataclass

from beffroi.service.disponibilite.frontal import avis
from beffroi.service.disponibilite.frontal.avis import Juge


@dataclass(frozen=True)
class Regard:
    """Une chose à tenir, qui la juge, et ce qu'il faut écrire quand elle manque."""

    titre: str
    en_tete: str
    juger: Juge
    nginx: str
    caddy: str


REGARDS: Mapping[str, Regard] = {
    "hote": Regard(
        "Le nom demandé",
        "Host",
        avis.hote,
        "proxy_set_header Host $http_host;",
        "il passe d'office ; ôtez toute ligne « header_up Host ».",
    ),
    "protocole": Regard(
        "La liaison chiffrée",
        "X-Forwarded-Proto",
        avis.protocole,
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "il passe d'office ; ôtez toute ligne « header_up X-Forwarded-Proto ».",
    ),
    "visiteur": Regard(
        "L'adresse du visiteur",
        "X-Forwarded-For",
        avis.visiteur,
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "il passe d'office ; ôtez toute ligne « header_up X-Forwarded-For ».",
    ),
    "demande": Regard(
        "Le nom de la demande",
        "X-Request-ID",
        avis.demande,
        "proxy_set_header X-Request-ID $request_id;",
        "header_up X-Request-ID {http.request.uuid}",
    ),
    "port": Regard(
        "Le port",
        "X-Forwarded-Port",
        avis.port,
        'proxy_set_header X-Forwarded-Port "";',
        "header_up -X-Forwarded-Port",
    ),
    "liaison": Regard(
        "Entre le serveur frontal et le nœud",
        "Connection",
        avis.liaison,
        'proxy_http_version 1.1; proxy_set_header Connection "";',
        "les liaisons se gardent d'office ; ôtez « keepalive off » et « header_up Connection ».",
    ),
    "hsts": Regard(
        "Rien en clair à l'avenir",
        "Strict-Transport-Security",
        avis.hsts,
        "réparez d'abord X-Forwarded-Proto ; puis ôtez « proxy_hide_header » et « add_header ».",
        "réparez d'abord X-Forwarded-Proto ; puis ôtez « header Strict-Transport-Security ».",
    ),
    "csp": Regard(
        "Rien d'étranger dans une page",
        "Content-Security-Policy",
        avis.csp,
        "ôtez « proxy_hide_header Content-Security-Policy » et l'« add_header » qui la remplace.",
        "ôtez toute ligne « header Content-Security-Policy » ou « header_down ».",
    ),
    "dialogue": Regard(
        "Entre le public et le serveur frontal",
        "HTTP/2",
        avis.dialogue,
        "http2 on;",
        "protocols h1 h2",
    ),
    "tls": Regard(
        "Le chiffrement",
        "TLS 1.3",
        avis.tls,
        "ssl_protocols TLSv1.3;",
        "protocols tls1.3",
    ),
    "taille": Regard(
        "Ce qui déborde",
        "12 Mo",
        avis.taille,
        "client_max_body_size 12m;",
        "import borne 12582912",
    ),
    "tampon": Regard(
        "L'envoi gardé entier",
        "proxy_request_buffering",
        avis.tampon,
        "proxy_request_buffering on;",
        "import {$BEFFROI_TAMPON:tampon}",
    ),
}
