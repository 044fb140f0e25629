"""Le rapport annuel d'un acheteur, pour son conseil :
une page ou deux, les mêmes nombres que l'écran.
"""

from datetime import datetime

from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.queries import exploitant
from beffroi.service.pilotage import graphique, presentation
from beffroi.service.pilotage.mesures import Annee
from formats import rapport_annuel
from formats.rapport_annuel import LigneDuRapport, Rapport


def pdf(organisme: Organisme, annee: Annee, *, le: datetime) -> bytes:
    """Le PDF/A de l'année, établi à `le`."""
    return rapport_annuel.pdf(
        Rapport(
            acheteur=organisme.nom,
            exploitant=exploitant().nom,
            annee=annee.annee,
            chiffres=tuple(
                LigneDuRapport(chiffre.nom, chiffre.valeur, chiffre.precision)
                for chiffre in presentation.chiffres(annee, de_l_acheteur=True)
            ),
            mois=tuple((graphique.MOIS[m.numero - 1], m.creees, m.publiees) for m in annee.mois),
            parts=tuple(
                (titre, tuple((part.libelle, part.nombre) for part in parts))
                for titre, parts in (
                    ("Par procédure", annee.procedures),
                    ("Par nature", annee.natures),
                )
            ),
            etabli_le=le,
        )
    )
