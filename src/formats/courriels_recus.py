"""Un courriel reçu : qui l'écrit, ce qu'il dit, ce qu'il joint ;
et s'il vient d'une machine, à qui l'on ne répond pas.

Source : RFC 5322 (en-têtes), RFC 2045 à 2047 (MIME), RFC 3834 (réponses automatiques), RFC 3464
(avis de non-remise). Ce qui est lu vient de n'importe qui : la taille, la profondeur et le nombre
des parties sont bornés, le HTML ne donne que son texte, aucun lien n'est suivi.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr
from html.parser import HTMLParser

OCTETS_AU_PLUS = 60 * 1024 * 1024
PARTIES_AU_PLUS = 100
LONGUEUR_DU_TEXTE = 20_000
SANS_NOM = "sans nom"
LONGUEUR_D_UN_ENTETE = 2_000
LONGUEUR_D_UNE_ADRESSE = 254
# Avant d'ôter les balises et les citations : au-delà, personne ne l'a écrit à la main.
LONGUEUR_LUE = 500_000
_ENTRE_CROCHETS = re.compile(r"\[(AS-[0-9A-Z]{8})\]")
# Là où un logiciel de courriel met le message auquel on répond.
_CITATION = re.compile(
    r"^[ \t]*(?:Le\s.{4,120}\sa écrit\s*:|On\s.{4,120}\swrote:"
    r"|-{3,}\s*(?:Message d'origine|Message original|Original Message)\b.*|_{20,})\s*$",
    re.M | re.I,
)
_ESPACES = re.compile(r"[ \t\xa0]+")
_LIGNES_VIDES = re.compile(r"\n{3,}")
_SANS_TEXTE = frozenset({"script", "style", "head", "title", "template", "noscript"})
_NOUVELLE_LIGNE = frozenset(
    {"p", "div", "br", "li", "tr", "table", "h1", "h2", "h3", "h4", "blockquote", "hr"}
)
_AVIS_DE_NON_REMISE = ("mailer-daemon@", "postmaster@")
_SANS_LECTEUR = ("no-reply@", "noreply@", "ne-pas-repondre@")
# Ni l'un ni l'autre ne s'écrit en UTF-8, et aucune base ne les garde.
_NI_NUL_NI_DEMI_SIGNE = re.compile("[\0\ud800-\udfff]")
# Ce que la bibliothèque standard lève sur un en-tête ou un jeu de signes hostile.
_FAUTES = (ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError)


class _EntetesBornes(EmailPolicy):
    """Le temps de lire un en-tête croît comme le carré de sa longueur :
    on n'en lit que le début.
    """

    def header_fetch_parse(self, name: str, value: str) -> str:
        lu: str = super().header_fetch_parse(name, value[:LONGUEUR_D_UN_ENTETE])
        return lu


_LECTURE = _EntetesBornes()


class CourrielIllisible(ValueError):
    """Ce fichier n'est pas un courriel que l'on puisse lire ; la phrase dit pourquoi."""


@dataclass(frozen=True)
class PieceRecue:
    """Un fichier joint, tel qu'il est arrivé."""

    nom: str
    octets: bytes


@dataclass(frozen=True)
class CourrielRecu:
    """Ce qu'un courriel dit.

    `machine` : pourquoi rien ne s'en garde ; `sans_reponse` : pourquoi rien n'y répond d'office.
    """

    expediteur: str
    nom: str
    sujet: str
    texte: str
    identifiant: str
    reference: str
    pieces: tuple[PieceRecue, ...]
    machine: str = ""
    sans_reponse: str = ""


def lire(octets: bytes, *, nos_adresses: frozenset[str] = frozenset()) -> CourrielRecu:
    """Lit un courriel entier, en-têtes compris (RFC 5322).

    `nos_adresses`, en minuscules : un courriel qui vient de l'une d'elles est une boucle.
    `CourrielIllisible` s'il est trop gros, sans adresse où répondre, fait de plus de cent parties,
    ou si mal formé que rien ne s'en lit.
    """
    if len(octets) > OCTETS_AU_PLUS:
        raise CourrielIllisible("Ce courriel fait plus de 60 Mo : il n'est pas lu.")
    try:
        message = message_from_bytes(octets, policy=_LECTURE)
        assert isinstance(message, EmailMessage)
        return _lu(message, nos_adresses)
    except CourrielIllisible:
        raise
    except _FAUTES as faute:
        raise CourrielIllisible("Ce courriel est si mal formé que rien ne s'en lit.") from faute


def _lu(message: EmailMessage, nos_adresses: frozenset[str]) -> CourrielRecu:
    nom, adresse = parseaddr(_entete(message, "From"))
    if "@" not in adresse or len(adresse) > LONGUEUR_D_UNE_ADRESSE:
        raise CourrielIllisible("Ce courriel ne dit pas qui l'envoie.")
    texte, pieces = _contenu(message)
    sujet = _entete(message, "Subject")
    return CourrielRecu(
        expediteur=adresse.lower(),
        nom=nom.strip()[:120],
        sujet=sujet[:250],
        texte=sans_citation(texte)[:LONGUEUR_DU_TEXTE],
        identifiant=_entete(message, "Message-ID")[:255],
        reference=reference_citee(sujet),
        pieces=pieces,
        machine=pourquoi_une_machine(message, adresse.lower(), nos_adresses),
        sans_reponse=pourquoi_ne_pas_repondre(message, adresse.lower()),
    )


def reference_citee(sujet: str) -> str:
    """« Re: [AS-7F3KPT2A] L'écran reste vide » nomme AS-7F3KPT2A."""
    trouvee = _ENTRE_CROCHETS.search(sujet)
    return trouvee[1] if trouvee else ""


def pourquoi_une_machine(message: EmailMessage, adresse: str, nos_adresses: frozenset[str]) -> str:
    """Pourquoi ce courriel ne demande rien :
    une boucle, une absence (RFC 3834), une non-remise (RFC 3464) ; sinon vide.
    """
    if adresse in nos_adresses or _entete(message, "X-Beffroi-Reference"):
        return "il vient de ce service : une boucle"
    if _entete(message, "Auto-Submitted").partition(";")[0].strip().lower() not in {"", "no"}:
        return "c'est une réponse automatique (Auto-Submitted)"
    if _entete(message, "X-Autoreply") or _entete(message, "Precedence").lower() == "auto_reply":
        return "c'est une réponse d'absence"
    if _sorte(message) == "multipart/report" or _entete(message, "Return-Path") == "<>":
        return "c'est un avis de non-remise"
    if adresse.startswith(_AVIS_DE_NON_REMISE):
        return "c'est l'adresse d'où partent les avis de non-remise"
    return ""


def pourquoi_ne_pas_repondre(message: EmailMessage, adresse: str) -> str:
    """Une personne a pu l'écrire, par une liste ou d'un service qui coupe les absences :
    on le garde, sans accusé.
    """
    if _entete(message, "Precedence").lower() in {"bulk", "list", "junk"}:
        return "c'est un envoi en nombre (Precedence)"
    if any(_entete(message, entete) for entete in ("List-Id", "List-Unsubscribe")):
        return "il vient d'une liste de diffusion"
    if _entete(message, "X-Auto-Response-Suppress").lower() not in {"", "none"}:
        return "il demande que rien n'y réponde d'office (X-Auto-Response-Suppress)"
    if adresse.startswith(_SANS_LECTEUR):
        return "cette adresse ne lit pas de réponse"
    return ""


def sans_citation(texte: str) -> str:
    """Ce que la personne a écrit, sans le message auquel elle répond ;
    tout, si elle n'a écrit que dedans.
    """
    citation = _CITATION.search(texte)
    avant = texte[: citation.start()] if citation else texte
    lignes = [ligne for ligne in avant.splitlines() if not ligne.lstrip().startswith(">")]
    ecrit = _ramasser("\n".join(lignes))
    return ecrit or _ramasser(texte)


def texte_du_html(html: str) -> str:
    """Les mots d'une page HTML, un bloc par ligne : ni script, ni style, ni adresse de lien."""
    lecteur = _LecteurDeTexte()
    # Une déclaration fausse l'arrête (`<![x[`) : ce qui précède est lu.
    with suppress(AssertionError):
        lecteur.feed(html[:LONGUEUR_LUE])
        lecteur.close()
    return _ramasser("".join(lecteur.morceaux))


class _LecteurDeTexte(HTMLParser):
    """Garde le texte, et rien de ce qui s'exécute, se charge ou se cache."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.morceaux: list[str] = []
        self._tus = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SANS_TEXTE:
            self._tus += 1
        elif tag in _NOUVELLE_LIGNE:
            self.morceaux.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SANS_TEXTE:
            self._tus = max(self._tus - 1, 0)
        elif tag in _NOUVELLE_LIGNE:
            self.morceaux.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._tus:
            self.morceaux.append(data)


def _contenu(message: EmailMessage) -> tuple[str, tuple[PieceRecue, ...]]:
    """Le texte, celui du HTML à défaut, et les fichiers joints, dans l'ordre."""
    textes: list[str] = []
    pages: list[str] = []
    pieces: list[PieceRecue] = []
    for rang, partie in enumerate(message.walk()):
        if rang >= PARTIES_AU_PLUS:
            raise CourrielIllisible(
                f"Ce courriel a plus de {PARTIES_AU_PLUS} parties : il n'est pas lu."
            )
        if partie.is_multipart():
            continue
        sorte, nom = _sorte(partie), _nom(partie)
        if nom or _est_jointe(partie):
            pieces.append(PieceRecue(nom or SANS_NOM, _octets(partie)))
        elif sorte == "text/plain":
            textes.append(_texte(partie))
        elif sorte == "text/html":
            pages.append(texte_du_html(_texte(partie)))
    return "\n\n".join(textes or pages)[:LONGUEUR_LUE], tuple(pieces)


def _nom(partie: EmailMessage) -> str:
    """Celui du fichier joint ; vide s'il n'en dit pas.

    Écrit dans un jeu illisible, il s'en passe, et le fichier reste.
    """
    try:
        return " ".join(_inscriptible(partie.get_filename() or "").split())
    except _FAUTES:
        return SANS_NOM


def _est_jointe(partie: EmailMessage) -> bool:
    try:
        return partie.get_content_disposition() == "attachment"
    except _FAUTES:
        return True


def _sorte(partie: EmailMessage) -> str:
    """Illisible, c'est un texte (RFC 2045, § 5.2)."""
    try:
        return partie.get_content_type()
    except _FAUTES:
        return "text/plain"


def _octets(partie: EmailMessage) -> bytes:
    contenu = partie.get_payload(decode=True)
    return contenu if isinstance(contenu, bytes) else b""


def _texte(partie: EmailMessage) -> str:
    """Décodé dans le jeu annoncé ;
    inconnu, faux, ou qui n'est pas un texte, en UTF-8, et ce qui ne se lit pas se voit.
    """
    octets = _octets(partie)
    try:
        texte = octets.decode(partie.get_content_charset() or "utf-8", errors="replace")
    except _FAUTES:
        texte = octets.decode("utf-8", errors="replace")
    return _inscriptible(texte).replace("\r\n", "\n")


def _entete(message: EmailMessage, nom: str) -> str:
    """Sur une ligne ; un en-tête que la bibliothèque ne sait pas lire vaut son absence."""
    try:
        valeur = message[nom]
    except _FAUTES:
        return ""
    return " ".join(_inscriptible(str(valeur or "")).split())


def _inscriptible(texte: str) -> str:
    return _NI_NUL_NI_DEMI_SIGNE.sub("", texte)


def _ramasser(texte: str) -> str:
    lignes = (_ESPACES.sub(" ", ligne).strip() for ligne in texte.splitlines())
    return _LIGNES_VIDES.sub("\n\n", "\n".join(lignes)).strip()
