"""Un appel d'offres restreint, joué par les services :
trois candidatures ouvertes, puis ce que chaque test en fait.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from beffroi.achat.tours.models import Invitation, Tour
from beffroi.achat.tours.services import Remise
from beffroi.choix.candidatures.services import Choix
from beffroi.choix.candidatures.tests.scene import vue_de
from beffroi.choix.selection import services
from beffroi.reponse.depots.models import Pli
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import LIMITE
from demo.reponses import repondre, repondre_a_l_invitation
from demo.seances import depouiller
from tests.semis import plante

CANDIDATURE = {"Lettre de candidature.pdf": b"%PDF-1.7 candidature"}
OFFRE = {"Acte d'engagement.pdf": b"%PDF-1.7 41 250 euros"}
DECISION_LE = LIMITE + timedelta(days=2)
LIMITE_DES_OFFRES = LIMITE + timedelta(days=40)
OUVERTURE_DES_OFFRES = LIMITE_DES_OFFRES + timedelta(hours=6)
MOTIF = "Les capacités demandées ne sont pas justifiées."
ENTREPRISES = (("sophie", "faitage"), ("zoe", "zingueurs"), ("emile", "etoile"))


@dataclass
class Restreint:
    """La scène, et les candidatures dans l'ordre où elles sont arrivées."""

    scene: factories.Scene
    plis: list[Pli]

    @property
    def consultation(self):
        self.scene.consultation.refresh_from_db()
        return self.scene.consultation

    @property
    def martine(self):
        return self.scene.personne("martine")

    @property
    def helene(self):
        return self.scene.personne("helene")

    def decider(self, *retenues: bool) -> None:
        """Une décision par candidature, dans l'ordre ;
        les deux premières retenues si rien n'est dit.
        """
        choix = [
            Choix(pli, None, retenue, "" if retenue else MOTIF)
            for pli, retenue in zip(self.plis, retenues or (True, True, False), strict=True)
        ]
        choix = [replace(un, vue=vue_de(un)) for un in choix]
        services.decider_des_candidatures(
            consultation=self.consultation, choix=choix, par=self.martine, maintenant=DECISION_LE
        )

    def inviter(self, **options) -> Tour:
        remise = Remise(**{"date_limite": LIMITE_DES_OFFRES, **options})
        return services.inviter(
            consultation=self.consultation, remise=remise, par=self.martine, maintenant=DECISION_LE
        )

    def invitation(self, tour: Tour, rang: int = 0) -> Invitation:
        return tour.invitations.order_by("pk")[rang]

    def offrir(
        self,
        invitation: Invitation,
        *,
        qui: str = "sophie",
        le=LIMITE_DES_OFFRES - timedelta(hours=2),
        offre: Mapping[str, bytes] = OFFRE,
    ) -> Pli:
        return repondre_a_l_invitation(
            invitation, self.scene.troupe, qui=qui, le=le, offres={None: offre}
        )

    def ouvrir_les_offres(self, le=OUVERTURE_DES_OFFRES):
        return depouiller(
            self.consultation, self.scene.troupe, preside="helene", avec="bernard", le=le
        )


def candidater(
    scene: factories.Scene, qui: str, chez: str, *, le=LIMITE - timedelta(hours=3), lots=()
) -> Pli:
    return repondre(
        scene.consultation,
        scene.troupe,
        qui=qui,
        chez=chez,
        le=le,
        candidature=CANDIDATURE,
        offres={},
        candidate_aux_lots=lots,
    )


def candidatures_ouvertes(scene: factories.Scene) -> Restreint:
    """Trois entreprises candidates, et la séance qui les ouvre, close."""
    qui = ("candidatures ouvertes", scene.consultation.pk)
    plis = plante(qui, lambda: _ouvrir(scene), le=LIMITE)
    scene.consultation.refresh_from_db()
    return Restreint(scene, plis)


def _ouvrir(scene: factories.Scene) -> list[Pli]:
    plis = [
        candidater(scene, qui, chez, le=LIMITE - timedelta(hours=3) + timedelta(minutes=rang))
        for rang, (qui, chez) in enumerate(ENTREPRISES)
    ]
    depouiller(
        scene.consultation,
        scene.troupe,
        preside="helene",
        avec="bernard",
        le=LIMITE + timedelta(hours=6),
    )
    for pli in plis:
        pli.refresh_from_db()
    return plis
