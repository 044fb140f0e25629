"""Reconnaître un fichier à ses octets, et donner son identifiant PRONOM :
jamais un identifiant deviné.

On ne garde d'un fichier que sa tête et sa queue (256 kio chacune) : il peut peser des
gigaoctets. Ce qui se lit plus loin (les métadonnées d'un PDF/A) est cherché au passage par
`mesure`. Sources : `pronom.toml`.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from formats.seda import conteneurs
from formats.seda.modele import NON_IDENTIFIE, Format

BORD = 262_144
PDF = b"%PDF-"
# « <pdfaid:part>2</pdfaid:part> » ou « pdfaid:part="2" ».
PARTIE = re.compile(rb"pdfaid:part\s*(?:=\s*[\"']|>)\s*(\d)")
NIVEAU = re.compile(rb"pdfaid:conformance\s*(?:=\s*[\"']|>)\s*([A-Za-z])")
_FIN_DE_PDF = 1024
_JPEG = b"\xff\xd8\xff"
# La balise 0x9000 (ExifVersion), dans l'ordre des octets d'Intel, puis dans celui de Motorola.
_EXIF = re.compile(
    rb"\x00\x90\x07\x00\x04\x00\x00\x00(\d{4})|\x90\x00\x00\x07\x00\x00\x00\x04(\d{4})"
)
_PNG = b"\x89PNG\r\n\x1a\n"
_XML = re.compile(rb"\A(?:\xef\xbb\xbf)?<\?xml version=[\"']1\.0[\"']")
_SVG = re.compile(rb"<svg\b[^>]*?\bversion=[\"'](1\.[01])[\"']")
_HTML = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<html", re.I)
_HTML_5 = re.compile(rb"\A(?:\xef\xbb\xbf)?<!doctype html>", re.I)
_ENTETES = (b"from:", b"to:", b"subject:", b"date:", b"mime-version: 1.0")
# Ce qu'un texte n'a pas.
_BINAIRE = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@cache
def table() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "pronom.toml").read_text("utf-8"))


def identifier(tete: bytes, queue: bytes, nom: str, *, taille: int, archivage: str = "") -> Format:
    """Le format d'un fichier, d'après ses octets,
    puis l'extension de son nom quand elle seule distingue deux textes.

    `tete`, `queue` : au plus `BORD` octets du début et de la fin.
    `archivage` : « 2b », pour un PDF/A.
    """
    extension = nom.rpartition(".")[2].lower() if "." in nom else ""
    if tete.startswith(PDF):
        return _pdf(tete, queue, archivage)
    if tete.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        archive = (
            _autre("zip")
            if extension in {"zip", ""}
            else Format(nom="Archive ZIP", mime="application/zip")
        )
        return conteneurs.identifier(tete, queue, taille=taille, table=table()) or archive
    if tete.startswith(_PNG):
        return _png(tete)
    for motif, format_ in _debuts():
        if motif.match(tete):
            return format_
    if tete.startswith(_JPEG):
        return _jpeg(tete)
    if tete[257:262] == b"ustar":
        return _autre("tar")
    if _est_un_texte(tete, queue):
        return _texte(tete, queue, extension)
    binaires = table()["binaires"]
    return _format(binaires[extension]) if extension in binaires else NON_IDENTIFIE


def _pdf(tete: bytes, queue: bytes, archivage: str) -> Format:
    version = tete[5:8].decode("ascii", "replace")
    dits = table()["pdf"]
    puid, nom = (
        dits["archivage"].get(archivage) or dits["versions"].get(version) or ("", f"PDF {version}")
    )
    # Sans sa marque de fin, il est coupé, ou autre chose le suit : PRONOM ne le reconnaît pas.
    if b"%%EOF" not in queue[-_FIN_DE_PDF:]:
        return Format(nom=f"{nom}, sans marque de fin", mime=dits["mime"])
    return Format(nom=nom, mime=dits["mime"], puid=puid)


def _png(tete: bytes) -> Format:
    """La version d'un PNG est celle du bloc le plus récent qu'il contient."""
    if b"iTXt" in tete:
        return _autre("png 1.2")
    return _autre(
        "png 1.1" if any(bloc in tete for bloc in (b"sRGB", b"iCCP", b"sPLT")) else "png 1.0"
    )


def _jpeg(tete: bytes) -> Format:
    """Sans en-tête JFIF : une photographie Exif, par la version qu'elle dit."""
    trouve = _EXIF.search(tete) if tete[6:12] == b"Exif\0\0" else None
    version = (trouve[1] or trouve[2]).decode("ascii", "replace") if trouve else ""
    exif = table()["exif"]
    return _format(exif[version]) if version in exif else Format(nom="JPEG", mime="image/jpeg")


def _texte(tete: bytes, queue: bytes, extension: str) -> Format:
    """Un texte dont l'extension dit autre chose n'est pas un texte
    brut : il n'est pas identifié.
    """
    if tete.startswith(b"BEGIN:VCALENDAR"):
        return _autre("calendrier")
    if extension == "eml":
        return _courriel(tete)
    if extension == "svg":
        svg = _SVG.search(tete) if _XML.match(tete) else None
        return _autre(f"svg {svg[1].decode()}") if svg else Format(nom="SVG", mime="image/svg+xml")
    if _XML.match(tete):
        return (
            _autre("xml") if extension in {"xml", ""} else Format(nom="XML", mime="application/xml")
        )
    if extension in {"html", "htm", ""} and _HTML_5.match(tete):
        return _autre("html 5")
    if extension in {"html", "htm", ""} and _HTML.match(tete) and b"</html" in queue.lower():
        return _autre("html")
    textes = table()["textes"]
    return (
        _format(textes[extension])
        if extension in textes
        else Format(nom="Texte", mime="text/plain")
    )


def _courriel(tete: bytes) -> Format:
    lignes = [
        ligne.strip().lower()
        for ligne in tete.partition(b"\r\n\r\n")[0].partition(b"\n\n")[0].split(b"\n")
    ]
    if all(any(ligne.startswith(entete) for ligne in lignes) for entete in _ENTETES):
        return _autre("courriel")
    return Format(nom="Courriel", mime="message/rfc822")


def _est_un_texte(tete: bytes, queue: bytes) -> bool:
    if tete.startswith(_UTF_16):
        return True
    return not _BINAIRE.search(tete) and not _BINAIRE.search(queue)


@cache
def _debuts() -> tuple[tuple[re.Pattern[bytes], Format], ...]:
    return tuple((_motif(ligne["octets"]), _format(ligne["format"])) for ligne in table()["debuts"])


def _motif(octets: str) -> re.Pattern[bytes]:
    lus = (b"." if octet == "??" else re.escape(bytes.fromhex(octet)) for octet in octets.split())
    return re.compile(b"".join(lus), re.DOTALL)


def _autre(nom: str) -> Format:
    return _format(table()["autres"][nom])


def _format(ligne: list[str]) -> Format:
    puid, mime, nom = ligne
    return Format(nom=nom, mime=mime, puid=puid)
