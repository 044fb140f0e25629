"""Un avis d'attribution part, ou son support le refuse :
le délai de chaque contrat qu'il annonce s'arrête, ou reprend.
"""

from beffroi.contrat.achevement import queries
from beffroi.contrat.marches.services import vie
from beffroi.publicite.avis.events import ParutionEnvoyee, ParutionRefusee
from formats.dates import PARIS


def arreter_le_delai(annonce: ParutionEnvoyee) -> None:
    """Un avis national n'arrête pas le délai de l'avis que l'Europe exige (CCP, art. R. 2183-1)."""
    envoyee_le = annonce.parution.envoyee_le
    if envoyee_le is None:
        return
    for marche in queries.contrats_dont_le_delai_court(annonce.parution.avis):
        vie.noter_l_avis(
            marche=marche,
            le=envoyee_le.astimezone(PARIS).date(),
            par=annonce.par,
            maintenant=annonce.le,
        )


def relancer_le_delai(annonce: ParutionRefusee) -> None:
    """Refusé partout où il était parti, l'avis n'est plus envoyé."""
    for marche in queries.contrats_a_annoncer_de_nouveau(annonce.parution.avis):
        vie.defaire_l_avis(marche=marche, par=annonce.par, maintenant=annonce.le)
