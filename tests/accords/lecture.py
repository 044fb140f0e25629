"""Lire une heure comme un lecteur la lit, sans rien emprunter au code qui l'a écrite."""

import io
import re
from datetime import UTC, datetime
from html import unescape
from zoneinfo import ZoneInfo

import pypdfium2
from lxml import etree
from odfdo import Document

PARIS = ZoneInfo("Europe/Paris")
MOIS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)
JOURS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
# « mardi 12 janvier 2027 à 12:00 », « … à 12:00:30 », « … à 12 h 00 » ;
# « 12:00:00, le mardi 12 janvier 2027 ».
JOUR = rf"({'|'.join(JOURS)}) (1er|\d\d?) ({'|'.join(MOIS)}) (\d{{4}})"
MOMENT = re.compile(rf"{JOUR},? à (\d\d?)(?: h |:)(\d\d)(?:(?::| min )(\d\d))?")
RETOURNE = re.compile(rf"(\d\d):(\d\d)(?::(\d\d))?, le {JOUR}")
SAISON = re.compile(r"[ ,0-9]*\(heure de Paris, heure d'(été|hiver)\)")
QUI_ANNONCE = re.compile(r"limite", re.IGNORECASE)
AVANT = 60


def a_paris(instant: datetime) -> datetime:
    """Ce que l'horloge de Paris montre à cet instant, à la seconde."""
    return instant.astimezone(PARIS).replace(tzinfo=None, microsecond=0)


def moments(texte: str) -> set[datetime]:
    """Toutes les heures dites avec leur jour."""
    dites = {_lu(*trouve.groups()) for trouve in MOMENT.finditer(texte)}
    return dites | {
        _lu(*trouve.groups()[3:], *trouve.groups()[:3]) for trouve in RETOURNE.finditer(texte)
    }


def limites(texte: str) -> set[datetime]:
    """Les heures que le mot « limite »
    précède de peu, dans la même phrase et sans autre heure entre les deux.
    """
    trouvees, fin = set(), 0
    for trouve in MOMENT.finditer(texte):
        avant = re.split(r"[.;]", texte[max(fin, trouve.start() - AVANT) : trouve.start()])[-1]
        trouvees |= {_lu(*trouve.groups())} if QUI_ANNONCE.search(avant) else set()
        fin = trouve.end()
    return trouvees


def saison(instant: datetime) -> str:
    """Ce qu'il faut ajouter à l'heure : rien, sauf la nuit où la même heure passe deux fois."""
    local = instant.astimezone(PARIS)
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return ""
    return "hiver" if local.fold else "été"


def saisons(texte: str, moment: datetime) -> set[str]:
    """« été » ou « hiver », là où le texte dit laquelle des deux heures de même nom il annonce."""
    suites = (
        SAISON.match(texte, trouve.end())
        for trouve in MOMENT.finditer(texte)
        if _lu(*trouve.groups()) == moment
    )
    return {suite.group(1) if suite else "" for suite in suites}


def _lu(
    jour: str, quantieme: str, mois: str, annee: str, heure: str, minute: str, seconde: str | None
) -> datetime:
    """Ce que montre l'horloge murale : sans fuseau."""
    lu = datetime(
        int(annee),
        MOIS.index(mois) + 1,
        int(quantieme.removesuffix("er")),
        int(heure),
        int(minute),
        int(seconde or 0),
    )
    assert JOURS[lu.weekday()] == jour, f"le {quantieme} {mois} {annee} n'est pas un {jour}"
    return lu


def instants(page: str) -> set[datetime]:
    """Ce que la page dit aux machines : `<time datetime>`."""
    return {
        datetime.fromisoformat(lu).astimezone(UTC)
        for lu in re.findall(r'<time datetime="([^"]+)"', page)
    }


def a_plat(texte: str) -> str:
    """Espaces de toutes sortes à un seul, apostrophes droites."""
    return " ".join(texte.replace("’", "'").split())


REMISE = ("TenderSubmissionDeadlinePeriod", "ParticipationRequestReceptionPeriod")


def eforms(xml: bytes) -> tuple[set[datetime], list[str]]:
    """Les heures limites de remise d'un avis européen, lot par lot,
    et la référence partout où il l'écrit (BT-22, BT-15).
    """
    racine = etree.fromstring(xml)
    jours = [jour for bloc in REMISE for jour in racine.iterfind(f".//{{*}}{bloc}/{{*}}EndDate")]
    limites = {datetime.fromisoformat(f"{jour.text[:10]}T{jour.getnext().text}") for jour in jours}
    assert all(jour.text[10:] == jour.getnext().text[8:] for jour in jours), (
        "un jour et une heure de deux fuseaux"
    )
    lues = [racine.findtext("{*}ProcurementProject/{*}ID"), *_du_dossier(racine)]
    return {limite.astimezone(UTC) for limite in limites}, lues


def _du_dossier(racine: etree._Element) -> list[str]:
    dossiers = racine.findall(".//{*}CallForTendersDocumentReference")
    adresses = [
        adresse.text.rstrip("/").rpartition("/")[2]
        for d in dossiers
        for adresse in d.iterfind(".//{*}URI")
    ]
    return [*(dossier.findtext("{*}ID") for dossier in dossiers), *adresses]


def adresses(html: str) -> str:
    """Où mènent les liens de la page."""
    return " ".join(re.findall(r'href="([^"]+)"', html))


def page(html: str) -> str:
    """Ce que la page montre, scripts ôtés."""
    sans_script = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return a_plat(
        unescape(
            re.sub(
                r"<[^>]+>", "", re.sub(r"<(p|li|h\d|td|th|dt|dd|div|br)\b", r" <\1", sans_script)
            )
        )
    )


def pdf(octets: bytes) -> str:
    """Le texte d'un PDF ; la lecture ôte le trait d'union d'une fin de ligne, ou le remplace."""
    document = pypdfium2.PdfDocument(io.BytesIO(octets))
    try:
        return a_plat(" ".join(feuille.get_textpage().get_text_range() for feuille in document))
    finally:
        document.close()


def odt(octets: bytes) -> str:
    return a_plat(Document(io.BytesIO(octets)).get_formatted_text())


def nomme(reference: str, texte: str) -> bool:
    """La référence y est, fût-elle coupée en fin de ligne."""

    def serre(mot: str) -> str:
        return re.sub(r"[\s\-\u2010\ufffe\x02]", "", mot)

    return serre(reference) in serre(texte)
