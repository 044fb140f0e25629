"""À quoi sert chaque date d'un texte : remettre une offre, poser une question, visiter."""

import re

from beffroi.achat.relectures.rules.reperage.instants import InstantEcrit, Role, dates
from beffroi.achat.relectures.rules.reperage.trouvaille import Trouvaille, plier
from formats.lecture import Paragraphe, Texte

_OBJETS_REMIS = r"(?:offres?|plis?|candidatures?|propositions?|reponses?|dossiers?|soumissions?)"
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("visite", re.compile(r"\bvisites?\b|\bvisiter\b")),
    (
        "réponse",
        re.compile(
            r"\breponses?\s+(?:aux\s+questions\s+)?(?:est|sont|sera|seront|apporte\w*|publie\w*)\b"
            r"|\bil\s+(?:y\s+)?(?:est|sera)\s+repondu"
            r"|\b(?:repond|repondra)\s+aux\b"
        ),
    ),
    ("échantillon", re.compile(r"\bechantillons?\b|\bmaquettes?\b|\bprototypes?\b")),
    (
        "question",
        re.compile(
            r"\bquestions?\b|\brenseignements?\s+(?:complementaires?|d'ordre)"
            r"|\bdemandes?\s+de\s+renseignements?"
            r"|\binformations?\s+complementaires?|\bmodifications?\s+"
            r"(?:de\s+detail|du\s+dossier|mineures?)"
        ),
    ),
    (
        "remise",
        re.compile(
            r"limites?\s+(?:\w+\s+){0,3}?(?:de\s+|pour\s+(?:la\s+|le\s+)?|d')?(?:la\s+)?"
            r"(?:remise|reception|depot|envoi|transmission)"
            rf"|\b(?:remise|reception|depot|transmission)\s+des\s+{_OBJETS_REMIS}"
            rf"|\b{_OBJETS_REMIS}\b[^.]{{0,120}}\b"
            rf"(?:remis|remettre|parven\w+|depos\w+|recus?|recues?|transmis\w*|envoy\w+)"
            rf"|\b(?:remis|remettre|parven\w+|depos\w+|transm\w+|envoy\w+"
            rf"|recevoir)\b[^.]{{0,60}}\b{_OBJETS_REMIS}"
            r"|\bdlro\b|\bdate\s+limite\b(?!\s+de\s+validite)"
        ),
    ),
    ("ouverture", re.compile(r"\bouverture\s+des\b|\bcommission\b")),
    (
        "exécution",
        re.compile(
            r"\bdemarrage\b|\bdebut\s+(?:des|du|de)\b|\bexecution\b|\bcommenc\w+|\bnotification\b"
            r"|\bduree\b"
        ),
    ),
)
_TROP_COURT = 60
_LOIN = 600
# « dix jours avant la date limite de remise » ne donne pas la date limite ;
# « l'arrêté du 22 mars 2019 » n'en est pas une.
_RENVOI = re.compile(
    r"\b(?:jours?|heures?|semaines?|j)\b[^.;:]{0,30}?\b(?:avant|precedant|precede)\s+(?:la\s+)?"
    r"(?:date\s+)?[^,;:.]{0,80}"
)
_TEXTE_DATE = re.compile(
    r"\b(?:arretes?|decrets?|lois?|ordonnances?|directives?|circulaire|reglements?|deliberation"
    r"|jugement|arret|instruction"
    r"|code|version|avis|norme|edition|journal|jo|bulletin)\b[^,;:.]{0,60}?\b"
    r"(?:du|le|en\s+date\s+du|au)\s*(?:[a-z]+\s*)?$"
)


def echeances(texte: Texte, role: Role) -> tuple[Trouvaille[InstantEcrit], ...]:
    """Les dates du texte qui servent à cela."""
    precedents = dict(zip(texte.paragraphes[1:], texte.paragraphes, strict=False))
    return tuple(
        t for t in dates(texte) if role_de(t, precedent=precedents.get(t.paragraphe)) == role
    )


def limites_de_remise(texte: Texte) -> tuple[Trouvaille[InstantEcrit], ...]:
    """Chaque date limite de remise des candidatures ou des offres que le texte donne."""
    return echeances(texte, "remise")


def limites_des_questions(texte: Texte) -> tuple[Trouvaille[InstantEcrit], ...]:
    return echeances(texte, "question")


def dates_de_visite(texte: Texte) -> tuple[Trouvaille[InstantEcrit], ...]:
    return echeances(texte, "visite")


def role_de(trouvaille: Trouvaille[InstantEcrit], *, precedent: Paragraphe | None = None) -> Role:
    """Le rôle que disent, dans cet ordre :
    la phrase avant la date, après, la ligne d'avant, le titre.
    """
    avant, apres = plier(trouvaille.avant), plier(trouvaille.apres)
    if _TEXTE_DATE.search(avant):
        return "autre"
    lieux = [avant, apres]
    if len(avant.strip()) < _TROP_COURT:
        lieux.append(
            plier(trouvaille.paragraphe.texte)[max(0, trouvaille.debut - _LOIN) : trouvaille.debut]
        )
        lieux.append(plier(precedent.texte)[-_LOIN:] if precedent is not None else "")
        lieux.append(plier(trouvaille.paragraphe.titre))
    for lieu in lieux:
        if role := _role_le_plus_proche(lieu, depuis_la_fin=lieu is not apres):
            return role
    return "autre"


def _role_le_plus_proche(lieu: str, *, depuis_la_fin: bool) -> Role | None:
    """Le rôle dit le plus près de la date : le dernier avant elle, le premier après elle."""
    lieu = _RENVOI.sub(lambda renvoi: " " * len(renvoi[0]), lieu)
    places = [
        (trouve.end() if depuis_la_fin else -trouve.start(), role)
        for role, motif in _ROLES
        for trouve in motif.finditer(lieu)
    ]
    return max(places, key=lambda place: place[0])[1] if places else None
