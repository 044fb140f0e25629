"""Un courriel reçu : qui l'écrit, ce qu'il dit, ce qu'il joint ; et s'il vient d'une machine, à qui l'on ne répond pas.

Source : RFC 5322 (en-têtes), RFC 2045 à 2047 (MIME), RFC 3834 (réponses automatiques), RFC 3464 (avis de non-remise).
Ce qui est lu vient de n'importe qui : la taille, la profondeur et le nombre des parties sont bornés, le HTML ne donne que
son texte, aucun lien n'est suivi.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from html.parser import HTMLParser

OCTETS_AU_PLUS = 60 * 1024 * 1024
PARTIES_AU_PLUS = 100
LONGUEUR_DU_TEXTE = 20_000
_ENTRE_CROCHETS = re.compile(r"\[(AS-[0-9A-Z]{8})\]")
# Là où un logiciel de courriel met le message auquel on répond.
_CITATION = re.compile(
    r"^\s*(?:Le\s.{4,120}\sa écrit\s*:|On\s.{4,120}\swrote:|-{3,}\s*(?:Message d'origine|Message original|Original Message)\b.*"
    r"|_{20,})\s*$",
    re.M | re.I,
)
_ESPACES = re.compile(r"[ \t\xa0]+")
_LIGNES_VIDES = re.compile(r"\n{3,}")
_SANS_TEXTE = frozenset({"script", "style", "head", "title", "template", "noscript"})
_NOUVELLE_LIGNE = frozenset({"p", "div", "br", "li", "tr", "table", "h1", "h2", "h3", "h4", "blockquote", "hr"})
_MACHINES = ("mailer-daemon@", "postmaster@", "no-reply@", "noreply@", "ne-pas-repondre@")


class CourrielIllisible(ValueError):
    """Ce fichier n'est pas un courriel que l'on puisse lire ; la phrase dit pourquoi."""


@dataclass(frozen=True)
class PieceRecue:
    """Un fichier joint, tel qu'il est arrivé."""

    nom: str
    octets: bytes


@dataclass(frozen=True)
class CourrielRecu:
    """Ce qu'un courriel dit. `machine` : pourquoi il vient d'une machine ; vide, une personne l'a écrit."""

    expediteur: str
    nom: str
    sujet: str
    texte: str
    identifiant: str
    reference: str
    pieces: tuple[PieceRecue, ...]
    machine: str = ""


def lire(octets: bytes, *, nos_adresses: frozenset[str] = frozenset()) -> CourrielRecu:
    """Lit un courriel entier, en-têtes compris (RFC 5322).

    `nos_adresses`, en minuscules : un courriel qui vient de l'une d'elles est une boucle. `CourrielIllisible` s'il est trop
    gros, sans expéditeur, ou fait de plus de cent parties.
    """
    if len(octets) > OCTETS_AU_PLUS:
        raise CourrielIllisible("Ce courriel fait plus de 60 Mo : il n'est pas lu.")
    message = message_from_bytes(octets, policy=policy.default)
    assert isinstance(message, EmailMessage)
    nom, adresse = parseaddr(_entete(message, "From"))
    if "@" not in adresse:
        raise CourrielIllisible("Ce courriel ne dit pas qui l'envoie.")
    texte, pieces = _contenu(message)
    sujet = _entete(message, "Subject")
    return CourrielRecu(
        expediteur=adresse.lower()[:254],
        nom=nom.strip()[:120],
        sujet=sujet[:250],
        texte=sans_citation(texte)[:LONGUEUR_DU_TEXTE],
        identifiant=_entete(message, "Message-ID")[:255],
        reference=reference_citee(sujet),
        pieces=pieces,
        machine=pourquoi_une_machine(message, adresse.lower(), nos_adresses),
    )


def reference_citee(sujet: str) -> str:
    """« Re: [AS-7F3KPT2A] L'écran reste vide » nomme AS-7F3KPT2A."""
    trouvee = _ENTRE_CROCHETS.search(sujet)
    return trouvee[1] if trouvee else ""


def pourquoi_une_machine(message: EmailMessage, adresse: str, nos_adresses: frozenset[str]) -> str:
    """La raison de ne jamais répondre à ce courriel ; vide si une personne l'a écrit (RFC 3834, § 2)."""
    if adresse in nos_adresses or message["X-Beffroi-Reference"]:
        return "il vient de ce service : une boucle"
    if _entete(message, "Auto-Submitted").lower() not in {"", "no"}:
        return "c'est une réponse automatique (Auto-Submitted)"
    if _entete(message, "Precedence").lower() in {"bulk", "list", "junk", "auto_reply"}:
        return "c'est un envoi en nombre (Precedence)"
    if any(message[entete] for entete in ("List-Id", "List-Unsubscribe", "X-Autoreply", "X-Auto-Response-Suppress")):
        return "c'est une liste de diffusion ou une réponse d'absence"
    if message.get_content_type() == "multipart/report" or _entete(message, "Return-Path") == "<>":
        return "c'est un avis de non-remise"
    if adresse.startswith(_MACHINES):
        return "c'est l'adresse d'une machine"
    return ""


def sans_citation(texte: str) -> str:
    """Ce que la personne a écrit, sans le message auquel elle répond ; tout, si elle n'a écrit que dedans."""
    citation = _CITATION.search(texte)
    avant = texte[: citation.start()] if citation else texte
    lignes = [ligne for ligne in avant.splitlines() if not ligne.lstrip().startswith(">")]
    ecrit = _ramasser("\n".join(lignes))
    return ecrit or _ramasser(texte)


def texte_du_html(html: str) -> str:
    """Les mots d'une page HTML, un bloc par ligne : ni script, ni style, ni adresse de lien."""
    lecteur = _LecteurDeTexte()
    lecteur.feed(html)
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
            raise CourrielIllisible(f"Ce courriel a plus de {PARTIES_AU_PLUS} parties : il n'est pas lu.")
        if partie.is_multipart():
            continue
        nom = partie.get_filename()
        if nom or partie.get_content_disposition() == "attachment":
            pieces.append(PieceRecue(nom or "sans nom", _octets(partie)))
        elif partie.get_content_type() == "text/plain":
            textes.append(_texte(partie))
        elif partie.get_content_type() == "text/html":
            pages.append(texte_du_html(_texte(partie)))
    return "\n\n".join(textes or pages), tuple(pieces)


def _octets(partie: EmailMessage) -> bytes:
    contenu = partie.get_payload(decode=True)
    return contenu if isinstance(contenu, bytes) else b""


def _texte(partie: EmailMessage) -> str:
    """Décodé dans le jeu annoncé ; inconnu ou faux, en UTF-8, et ce qui ne se lit pas se voit."""
    octets, jeu = _octets(partie), partie.get_content_charset() or "utf-8"
    try:
        texte = octets.decode(jeu, errors="replace")
    except LookupError:
        texte = octets.decode("utf-8", errors="replace")
    return texte.replace("\0", "").replace("\r\n", "\n")


def _entete(message: EmailMessage, nom: str) -> str:
    """Sur une ligne ; un en-tête que la bibliothèque ne sait pas lire vaut son absence."""
    try:
        valeur = message[nom]
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""
    return " ".join(str(valeur or "").replace("\0", "").split())


def _ramasser(texte: str) -> str:
    lignes = (_ESPACES.sub(" ", ligne).strip() for ligne in texte.splitlines())
    return _LIGNES_VIDES.sub("\n\n", "\n".join(lignes)).strip()
