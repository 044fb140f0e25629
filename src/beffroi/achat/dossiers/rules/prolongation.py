"""Un dossier qui change appelle-t-il un délai plus long, et jusqu'à quand ?

(CCP, art. R. 2151-4 et R. 3122-8)
"""

from dataclasses import dataclass
from datetime import date, datetime

from droit.calendrier import conseils, europe, jours
from droit.calendrier.heures import PARIS
from droit.calendrier.remise import famille
from droit.citation import Article
from droit.decision import Decision, Motif
from droit.en_vigueur import Droit
from droit.tables import Procedure

DUE, CONSEILLEE, INUTILE = "due", "conseillee", "inutile"
IMPORTANT, COMPLEMENT, NEGLIGEABLE = "important", "complement", "negligeable"


@dataclass(frozen=True)
class Delai:
    """Le délai d'une consultation publiée, et la procédure qui le règle.

    `ecourte` : il a été réduit pour urgence.
    """

    limite: datetime
    procedure: Procedure
    ecourte: bool = False


@dataclass(frozen=True)
class Prolongation:
    """Ce que le changement appelle : le verdict, pourquoi, et l'heure limite que l'on propose."""

    verdict: str
    pourquoi: Motif
    jusqu_au: datetime


def prolongation_appelee(portee: str, *, delai: Delai, maintenant: datetime) -> Prolongation:
    """Due si le changement est important, ou si la réponse vient trop tard ;
    conseillée s'il reste peu de temps.
    """
    article = prolongation(delai.procedure)
    if portee == IMPORTANT:
        verdict, pourquoi = (
            DUE,
            "Le changement est important : le délai doit être prolongé, à proportion.",
        )
    elif portee == COMPLEMENT and est_tardif(delai, maintenant=maintenant):
        verdict, pourquoi = _complement_tardif(delai)
    elif portee == NEGLIGEABLE and est_tardif(delai, maintenant=maintenant):
        verdict = CONSEILLEE
        pourquoi = (
            "Rien n'y oblige, car le changement est négligeable. Mais l'heure limite est proche."
        )
    elif portee == COMPLEMENT:
        verdict, pourquoi = (
            INUTILE,
            "Le complément est donné à temps : rien n'oblige à prolonger le délai.",
        )
    else:
        verdict, pourquoi = (
            INUTILE,
            "Le changement est négligeable : rien n'oblige à prolonger le délai.",
        )
    return Prolongation(
        verdict,
        Motif(pourquoi, article),
        _limite_proposee(portee, delai=delai, maintenant=maintenant),
    )


def _complement_tardif(delai: Delai) -> tuple[str, str]:
    """Le délai de réponse n'est fixé par la loi qu'en procédure formalisée ;
    ailleurs, il éclaire (art. R. 2132-6).
    """
    nombre = _jours_pour_repondre(delai)
    if delai.procedure.formalisee or famille(delai.procedure) == "concession":
        return (
            DUE,
            (
                f"La réponse vient moins de {nombre} jours avant l'heure limite : "
                "le délai doit être prolongé."
            ),
        )
    return (
        CONSEILLEE,
        f"Il reste moins de {nombre} jours : les entreprises manqueront de temps pour s'en servir.",
    )


def prolongation(procedure: Procedure) -> Article:
    return Article("CCP", "R. 3122-8" if famille(procedure) == "concession" else "R. 2151-4")


def est_tardif(delai: Delai, *, maintenant: datetime) -> bool:
    """Après le dernier jour pour répondre à tous :
    six jours avant la limite, quatre en urgence (art. R. 2132-6).
    """
    return _jour(maintenant) > dernier_jour_pour_repondre(delai)


def dernier_jour_pour_repondre(delai: Delai) -> date:
    """Le dernier jour pour donner à tous un renseignement demandé à temps
    (art. R. 2132-6 et R. 3122-12).
    """
    return europe.dernier_jour_avant(_jour(delai.limite), _jours_pour_repondre(delai))


def _jours_pour_repondre(delai: Delai) -> int:
    cle = "delai.renseignements_complementaires"
    if famille(delai.procedure) == "concession":
        cle += ".concession"
    elif delai.ecourte:
        cle += ".urgence"
    return Droit.au(_jour(delai.limite)).valeur(cle).entier


def _limite_proposee(portee: str, *, delai: Delai, maintenant: datetime) -> datetime:
    """Assez loin pour que le changement serve, un jour calme, à l'heure déjà annoncée."""
    lendemain = jours.jours_apres(_jour(delai.limite), 1)
    if portee == IMPORTANT:
        depuis = max(
            jours.jours_apres(_jour(delai.limite), conseils.JOURS_D_UNE_PROLONGATION),
            jours.jours_apres(_jour(maintenant), conseils.JOURS_APRES_UN_CHANGEMENT),
        )
    else:
        depuis = max(lendemain, jours.jours_apres(_jour(maintenant), _jours_pour_repondre(delai)))
    heure = delai.limite.astimezone(PARIS).time().replace(second=0, microsecond=0)
    return conseils.limite_conseillee(depuis, heure=heure)


def _jour(instant: datetime) -> date:
    return instant.astimezone(PARIS).date()


def peut_se_passer_de_prolongation(
    *, appelee: Prolongation, prolongee: bool, motif: str
) -> Decision:
    """L'acheteur décide.

    S'il ne prolonge pas quand il le doit, il dit pourquoi, et le journal le garde.
    """
    if prolongee or appelee.verdict != DUE or motif.strip():
        return Decision.accord()
    return Decision.refus(
        Motif(
            f"{appelee.pourquoi.texte} Prolongez-le, ou dites pourquoi vous ne le faites pas.",
            appelee.pourquoi.source,
        )
    )
