"""Entre le rejet et la signature :
le délai de suspension, compté de date à date (CCP, art. R. 2182-1 et R. 3125-2).
"""

from datetime import date

from droit.calendrier import jours
from droit.calendrier.echeance import Echeance
from droit.calendrier.remise import famille
from droit.citation import Jurisprudence
from droit.decision import Motif
from droit.en_vigueur import Droit, Valeur
from droit.tables import Procedure

_LIBELLE = "Signature possible à partir du"
_ATTEND = "l'envoi de la dernière lettre de rejet"
CONSEIL_D_ETAT = Jurisprudence("CE", "2 août 2011", "347526")


def premiere_signature(
    droit: Droit, procedure: Procedure, *, rejet: date | None, electronique: bool = True
) -> Echeance | None:
    """Le premier jour où le contrat peut être signé ; rien quand aucun texte n'impose d'attendre.

    `rejet` est la date d'envoi de la dernière lettre de rejet.
    Un samedi, un dimanche ou un jour férié ne reporte rien.
    """
    if not procedure.formalisee:
        return None
    dispense = dispense_de_suspension(droit, procedure)
    if dispense:
        motif = Motif("Aucune attente n'est exigée pour ce contrat.", dispense.article)
        return Echeance(
            cle="signature", libelle=_LIBELLE, pourquoi=(motif,), jour=rejet, attend=_ATTEND
        )
    voie = "electronique" if electronique else "autre"
    valeur = droit.valeur(f"suspension.{famille(procedure)}.{voie}")
    return Echeance(
        cle="signature",
        libelle=_LIBELLE,
        pourquoi=_pourquoi(valeur, electronique=electronique),
        jour=jours.jours_apres(rejet, valeur.entier) if rejet else None,
        attend=_ATTEND,
    )


def dispense_de_suspension(droit: Droit, procedure: Procedure) -> Valeur | None:
    """Un marché subséquent ou spécifique n'attend pas (CCP, art. R. 2182-2)."""
    if famille(procedure) != "marche":
        return None
    dispenses = droit.valeur("suspension.marche.dispenses")
    cas = dispenses.valeur if isinstance(dispenses.valeur, tuple) else ()
    return dispenses if procedure.libelle.lower().startswith(cas) else None


def _pourquoi(valeur: Valeur, *, electronique: bool) -> tuple[Motif, ...]:
    voie = "par voie électronique" if electronique else "par une autre voie que l'électronique"
    return (
        Motif(
            f"{valeur.entier} jours séparent le rejet, envoyé {voie}, de la signature.",
            valeur.article,
        ),
        Motif("Ils se comptent de date à date, sans report de fin de semaine.", CONSEIL_D_ETAT),
    )
