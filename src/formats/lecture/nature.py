"""Ce qu'est un fichier, d'après son contenu : son nom peut mentir."""

from formats.lecture import refus
from formats.lecture.archive import Archive
from formats.lecture.texte import Sorte

_TETE = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHIFFRE = "EncryptedPackage".encode("utf-16-le")
_ANCIEN_WORD = "WordDocument".encode("utf-16-le")
_ODT = "application/vnd.oasis.opendocument.text"
_IMAGES = (b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*", b"GIF8", b"BM")


def nature(octets: bytes, nom: str) -> Sorte:
    """La sorte du document ; lève `DocumentIllisible`, avec quoi faire, pour toute autre."""
    tete = octets[:_TETE]
    if not octets:
        raise refus.DocumentIllisible("Ce fichier est vide. Vérifiez le fichier choisi.")
    if b"%PDF-" in tete:
        return "pdf"
    if tete.startswith(b"PK\x03\x04"):
        return _nature_d_une_archive(Archive(octets))
    if tete.startswith(_OLE):
        raise _refus_d_un_ole(octets)
    raise refus.autre_format(_ce_que_c_est(tete, nom))


def _nature_d_une_archive(archive: Archive) -> Sorte:
    noms = archive.noms
    if "mimetype" in noms:
        return _nature_d_un_opendocument(
            archive.lire("mimetype").decode("ascii", "replace").strip()
        )
    if "word/document.xml" in noms or any(nom.startswith("word/document") for nom in noms):
        return "docx"
    if "[Content_Types].xml" in noms:
        quoi = (
            "un classeur"
            if any(n.startswith("xl/") for n in noms)
            else "un diaporama"
            if any(n.startswith("ppt/") for n in noms)
            else "un document Office sans texte"
        )
        raise refus.autre_format(quoi)
    if "content.xml" in noms and "META-INF/manifest.xml" in noms:
        return "odt"
    if (
        any(nom.startswith("Index/") and nom.endswith(".iwa") for nom in noms)
        or "Index.zip" in noms
    ):
        raise refus.autre_format("un document Pages")
    raise refus.autre_format("une archive ZIP")


def _nature_d_un_opendocument(mime: str) -> Sorte:
    if mime.startswith((_ODT, f"{_ODT}-template")):
        return "odt"
    if "opendocument" in mime:
        raise refus.autre_format("un document OpenDocument qui n'est pas un texte")
    raise refus.autre_format("un livre électronique" if "epub" in mime else "une archive ZIP")


def _refus_d_un_ole(octets: bytes) -> refus.DocumentIllisible:
    """Un DOCX protégé par mot de passe est enfermé dans un fichier de l'ancien format."""
    if _CHIFFRE in octets:
        return refus.protege()
    return refus.autre_format(
        "un ancien document Word (DOC)" if _ANCIEN_WORD in octets else "un ancien document Office"
    )


def _ce_que_c_est(tete: bytes, nom: str) -> str:
    debut = tete.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if debut.startswith(b"{\\rtf"):
        return "au format RTF"
    if debut.startswith((b"<!doctype html", b"<html")):
        return "une page web"
    if debut.startswith(b"<?xml") and b"opendocument" in debut:
        return "un document OpenDocument à plat (FODT)"
    if (debut.startswith(b"<?xml") and b"w:worddocument" in debut) or b"mso-application" in debut:
        return "un document Word en XML"
    if tete.startswith(_IMAGES):
        return "une image"
    extension = nom.rpartition(".")[2].lower()
    if extension in {"pdf", "docx", "odt"}:
        return f"nommé « .{extension} » mais n'en est pas un"
    return "d'un format inconnu"
