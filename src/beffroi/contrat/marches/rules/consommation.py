"""Un accord-cadre a un maximum : rien ne se commande au-delà (CCP, R. 2162-4 ;
CJUE, 17 juin 2021, C-23/20).
"""

from dataclasses import dataclass
from decimal import Decimal

from droit.citation import Article
from droit.decision import Decision, Motif
from formats.sommes import en_euros

R2162_4 = Article("CCP", "R. 2162-4")
R2162_14 = Article("CCP", "R. 2162-14")
L2193_3 = Article("CCP", "L. 2193-3")
CENT = Decimal(100)


@dataclass(frozen=True)
class Consommation:
    """Ce qui est commandé, ce qui reste. `maximum` : modifications comprises."""

    maximum: Decimal
    commande: Decimal

    @property
    def reste(self) -> Decimal:
        return self.maximum - self.commande

    @property
    def pourcent(self) -> int:
        return min(int(self.commande * CENT / self.maximum), 100) if self.maximum else 100


def commande_recevable(montant: Decimal, *, consommation: Consommation) -> Decision:
    if montant <= consommation.reste:
        return Decision.accord()
    return Decision.refus(
        Motif(
            f"Il reste {en_euros(consommation.reste)} sur un maximum de "
            f"{en_euros(consommation.maximum)}, et cette commande "
            f"fait {en_euros(montant)}. Au-delà du maximum, "
            "l'accord-cadre ne produit plus d'effet : modifiez-le si la loi "
            "le permet, ou passez un nouveau marché.",
            R2162_4,
        )
    )


def destinataire_dit(*, titulaires: int, nomme: bool) -> Decision:
    """À plusieurs titulaires, l'accord-cadre dit lequel une commande vise :
    le bon le nomme (R. 2162-14).
    """
    if nomme or titulaires < 2:
        return Decision.accord()
    return Decision.refus(
        Motif(
            "Dites à quel titulaire cette commande s'adresse, comme l'accord-cadre le prévoit.",
            R2162_14,
        )
    )


def sous_traitance_recevable(montant: Decimal, *, deja: Decimal, marche: Decimal) -> Decision:
    """Le titulaire ne confie pas tout le marché à d'autres (L. 2193-3)."""
    if deja + montant < marche:
        return Decision.accord()
    return Decision.refus(
        Motif(
            f"Les sous-traitants auraient {en_euros(deja + montant)} sur {en_euros(marche)} : "
            "le marché ne peut pas être "
            "sous-traité en entier. Vérifiez le montant.",
            L2193_3,
        )
    )
