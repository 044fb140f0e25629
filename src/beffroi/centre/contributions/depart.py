"""Ce que les conventions disent aujourd'hui d'un appel émis :
trop de jours appelés, ou pas assez (rulings 12 et 13).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from beffroi.centre.contributions import calcul
from beffroi.centre.contributions.couverture import Couverture, conventions_par_adherent, couverture
from beffroi.centre.contributions.gel import appels_emis
from beffroi.centre.contributions.models import Contribution
from beffroi.centre.tarif.rules.contribution import du_apres_corrections
from droit.dates import en_toutes_lettres
from formats.sommes import en_euros

RIEN = Decimal(0)


@dataclass(frozen=True)
class Ecart:
    """Un appel émis, ce que couvrent ses conventions, et ce qu'il reste à en rendre ;
    moins que rien : à appeler.
    """

    contribution: Contribution
    couvert: Couverture
    montant: Decimal
    explication: str
    deja_rendu: bool = False

    @property
    def fin(self) -> date | None:
        return self.couvert.fin

    @property
    def manque(self) -> Decimal:
        return -self.montant


def ecart(
    contribution: Contribution, couvert: Couverture, applique: calcul.Bareme | None = None
) -> Ecart:
    """Dû + avoirs = appelé : les avoirs déjà accordés réduisent ce que valent ses jours."""
    applique = applique or calcul.bareme(contribution.exercice)
    rendus = contribution.avoirs.aggregate(
        depart=Sum("montant", filter=Q(motif="depart")), tous=Sum("montant")
    )
    tous, depart = rendus["tous"] or RIEN, rendus["depart"] or RIEN
    appele = contribution.montant or RIEN
    liquidation = calcul.liquider(contribution, applique, couvert=couvert)
    if liquidation is None:
        return Ecart(contribution, couvert, RIEN, "")
    du = du_apres_corrections(
        liquidation, appele=appele, corrige=tous - depart, parametres=applique.parametres
    )
    jours = (
        f"{liquidation.jours} jours sur {liquidation.jours_de_l_annee} restent dus, "
        f"soit {en_euros(du)}."
    )
    depart_au = (
        f"Départ au {en_toutes_lettres(couvert.fin)}" if couvert.fin else "Convention interrompue"
    )
    return Ecart(contribution, couvert, appele - tous - du, f"{depart_au} : {jours}", depart > 0)


def ecarts(annee: int) -> list[Ecart]:
    """Les appels émis que leurs conventions démentent.

    Une ligne que rien n'a changé ne coûte aucune lecture.
    """
    lignes = [
        une for une in appels_emis(annee) if une.montant and not hasattr(une, "regularisation")
    ]
    conventions = conventions_par_adherent(annee)
    trouves = []
    for ligne in lignes:
        siennes = conventions.get(ligne.adherent_id)
        couvert = couverture(siennes) if siennes else None
        if couvert and _a_change(ligne, couvert):
            trouves.append(ecart(ligne, couvert))
    return [un for un in trouves if un.montant]


def _a_change(ligne: Contribution, couvert: Couverture) -> bool:
    figee = (ligne.debut, ligne.fin, ligne.fin_pour_impaye, ligne.interruptions)
    return figee != (couvert.debut, couvert.fin, couvert.fin_pour_impaye, couvert.interruptions)
