"""Ce que le règlement dit du dépôt : RC-15, RC-16, RC-17, RC-47 et RC-49."""

import re

from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Reponses
from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.controles.rules.mentions import absence, phrases_qui_disent, tait
from beffroi.achat.relectures.rules.reperage import plier

_ACCEPTE = re.compile(
    r"\bpou\w+\s+(?:\w+\s+){0,2}(?:etre\s+)?(?:acceptee?s?|admis\w*|examinee?s?|retenue?s?)|\b"
    r"(?:sera|seront|est|sont)\s+(?:toutefois\s+)?(?:acceptee?s?|admis\w*)|\btolerance\b"
    r"|\bse\s+reserve\s+(?:le\s+droit|la\s+possibilite)\s+d'accepter"
)
_ELIMINE = re.compile(
    r"\belimin\w+|\brejet\w+|\becart\w+|\bne\s+(?:sera|seront|sont|pourra)\b|\birrecevab\w+"
    r"|\bhors\s+delai|\bpas\s+(?:retenu|examin|ouvert)"
)
_HORS_DELAI = re.compile(
    r"\bhors\s+delais?|\bapres\s+(?:la\s+|les\s+)?dates?\b|\btardi\w+|\bapres\s+(?:l'heure|cette)"
)
_PREMIERE = re.compile(
    r"\bseule?\s+(?:la\s+|le\s+)?premie\w+|\btoutes\s+les\s+offres\s+(?:successives\s+)?(?:seront"
    r"|sont)\s+ouvertes|\bpremie\w+\s+(?:offre|pli|depot)\s+(?:sera|est)\s+(?:seule?\s+)?(?:ouvert"
    r"|retenu|examin)"
)
_LOT = re.compile(r"\blots?\b")
_PERDU = re.compile(
    r"\bjamais\s+ete\s+recu|\breputee?s?\s+(?:n'avoir\s+jamais|irrecu|non\s+recu)|\bsupprim\w+"
    r"|\bdetrui\w+|\beffac\w+"
)
_SUITE = re.compile(
    r"\bsauvegarde|\btrace\b|\bconserv\w+|\barchivage\b|\bmis\w*\s+(?:a\s+l'ecart|en\s+quarantaine)"
    r"|\bquarantaine"
)


def _derniere_offre(projet: Projet, reglement: Reglement) -> Reponses:
    """Seule la dernière offre reçue à temps s'ouvre ;
    une concession n'y est pas soumise (CE, n° 454801).
    """
    if projet.achat.est_une_concession:
        return
    for phrase in phrases_qui_disent(reglement, _PREMIERE):
        yield Ecart(
            quoi="Le règlement n'ouvre pas la dernière offre reçue.",
            ou=phrase,
            attendu="la dernière offre reçue dans le délai",
            remede="Écrivez que seule la dernière offre reçue à temps est ouverte.",
        )
    phrases = reglement.mentions("dernière offre")
    if not phrases:
        yield absence(
            (
                "Le règlement ne dit pas ce que devient une offre quand le candidat "
                "en remet une autre."
            ),
            remede="Écrivez que seule la dernière offre reçue à temps est ouverte, lot par lot.",
        )
    elif projet.achat.allotissement.est_alloti and not any(
        _LOT.search(plier(p.paragraphe.texte)) for p in phrases
    ):
        yield Ecart(
            quoi="Le règlement ne dit pas si une nouvelle offre remplace lot par lot.",
            ou=phrases[0],
            attendu="un remplacement lot par lot",
            remede="Ajoutez « pour un même lot ».",
        )


def _hors_delai(reglement: Reglement) -> Reponses:
    for phrase in phrases_qui_disent(reglement, _HORS_DELAI, _ACCEPTE):
        if not _ELIMINE.search(plier(phrase.valeur).replace("hors delai", "")):
            yield Ecart(
                quoi="Le règlement laisse croire qu'un pli en retard sera accepté.",
                ou=phrase,
                attendu="un pli en retard est éliminé",
                remede="Ôtez cette promesse : la loi élimine les plis en retard.",
            )
    if tait(reglement, "hors délai"):
        yield absence(
            "Le règlement ne dit pas qu'un pli en retard est éliminé.",
            remede="Ajoutez-le : les entreprises doivent le savoir.",
        )


def _virus(reglement: Reglement) -> Reponses:
    mentions = reglement.mentions("virus")
    autour = " ".join(plier(mention.paragraphe.texte) for mention in mentions)
    perdu = next((mention for mention in mentions if _PERDU.search(plier(mention.phrase))), None)
    if perdu and not _SUITE.search(autour):
        yield Ecart(
            quoi=(
                "Le règlement écarte un fichier infecté sans garder de trace ni ouvrir la "
                "copie de sauvegarde."
            ),
            ou=perdu,
            attendu="mise à l'écart, trace gardée, ouverture de la copie de sauvegarde",
            remede="Complétez la phrase avec ces trois suites.",
        )
    if not mentions:
        yield absence(
            "Le règlement ne dit pas ce qui arrive à un fichier infecté.",
            remede=(
                "Écrivez qu'il est mis à l'écart, que la trace est gardée, "
                "et que la copie de sauvegarde est ouverte."
            ),
        )


def _langue(reglement: Reglement) -> Reponses:
    if tait(reglement, "langue"):
        yield absence(
            "Le règlement ne dit pas la langue des réponses.",
            remede="Ajoutez que les réponses sont en français, ou traduites.",
        )


def _messagerie(reglement: Reglement) -> Reponses:
    """L'alerte envoyée à l'adresse donnée suffit, si le règlement l'a dit (CE, n° 359921)."""
    if tait(reglement, "messagerie"):
        yield absence(
            (
                "Le règlement ne dit pas que l'adresse électronique du candidat sert "
                "aux notifications."
            ),
            remede=(
                "Ajoutez que l'adresse donnée au dépôt sert aux échanges, "
                "et que le candidat la surveille."
            ),
        )


FONCTIONS = {
    "RC-15": Fonctions(comparaison=_derniere_offre),
    "RC-16": Fonctions(texte=_hors_delai),
    "RC-17": Fonctions(texte=_virus),
    "RC-47": Fonctions(texte=_langue),
    "RC-49": Fonctions(texte=_messagerie),
}
