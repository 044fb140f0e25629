"""Une CAO de cinq titulaires, jouée par les services, sur un appel d'offres ouvert."""

from dataclasses import dataclass, field
from datetime import timedelta

from beffroi.choix.commissions import services
from beffroi.choix.commissions.models import Commission, Reunion, Siege
from beffroi.choix.commissions.mots import Fonction
from beffroi.choix.commissions.rules import Vote
from beffroi.choix.commissions.services import (
    Affaire,
    PresenceNotee,
    ProjetDeCommission,
    ProjetDeMembre,
    ProjetDeReunion,
)
from beffroi.reponse.depots.models import Pli
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import LIMITE

TENUE_LE = LIMITE + timedelta(days=10)
CONVOQUEE_LE = LIMITE + timedelta(days=2)
TITULAIRES = ("Bernard Lefebvre", "Odette Brame", "Paul Vasseur", "Lucien Roche", "Anne Delattre")


@dataclass
class Seance:
    """La scène d'ouverture, ses réponses, la commission et sa réunion."""

    scene: factories.Scene
    plis: list[Pli]
    commission: Commission
    reunion: Reunion = field(init=False)

    @property
    def martine(self):
        return self.scene.personne("martine")

    @property
    def consultation(self):
        self.scene.consultation.refresh_from_db()
        return self.scene.consultation

    def relue(self) -> Reunion:
        self.reunion.refresh_from_db()
        return self.reunion

    def preparer(self, *, le=TENUE_LE, affaires=None, a_distance=False, suite_de=None) -> Reunion:
        projet = ProjetDeReunion(
            prevue_le=le,
            lieu="Salle du conseil",
            affaires=affaires or [Affaire(self.consultation)],
            a_distance=a_distance,
            suite_de=suite_de,
        )
        self.reunion = services.preparer_une_reunion(
            commission=self.commission, projet=projet, par=self.martine, maintenant=CONVOQUEE_LE
        )
        return self.reunion

    def convoquer(self, *, le=CONVOQUEE_LE, motif="", **options) -> Reunion:
        self.preparer(**options)
        self.reunion = services.convoquer(
            reunion=self.reunion, motif=motif, par=self.martine, maintenant=le
        )
        return self.reunion

    def siege(self, nom: str) -> Siege:
        return self.reunion.sieges.get(nom=nom)

    def presents(self, *, absents=(), remplaces=None, le=TENUE_LE, distance=()) -> Reunion:
        """Tous ceux qui ont voix sont là, sauf `absents` ; `remplaces` :
        le titulaire, puis son suppléant.
        """
        remplaces = remplaces or {}
        notees = {}
        for siege in self.reunion.sieges.exclude(
            fonction__in=(Fonction.SUPPLEANT, Fonction.REPRESENTANT)
        ):
            presence = (
                "absent"
                if siege.nom in absents
                else "distance"
                if siege.nom in distance
                else "present"
            )
            suppleant = remplaces.get(siege.nom)
            notees[siege.pk] = PresenceNotee(
                presence, self.siege(suppleant).pk if suppleant else None
            )
        vue = self.relue().version
        self.reunion = services.noter_les_presences(
            reunion=self.reunion, presences=notees, vue=vue, par=self.martine, maintenant=le
        )
        return self.reunion

    def voter(
        self, vote=Vote(6, 0, 0), *, pli=0, rang=1, le=TENUE_LE, vue=None, proposition="Attribuer"
    ):
        projet = services.ProjetDeVote(
            vote, proposition, self.plis[pli] if pli is not None else None
        )
        vue = self.relue().version if vue is None else vue
        return services.voter(
            point=self.reunion.points.get(rang=rang),
            projet=projet,
            vue=vue,
            par=self.martine,
            maintenant=le,
        )

    def deport(self, nom: str, rang: int = 1):
        point = self.reunion.points.get(rang=rang)
        return services.noter_un_deport(
            siege=self.siege(nom),
            point=point,
            motif="Un proche y travaille.",
            par=self.martine,
            maintenant=TENUE_LE,
        )

    def clore(self, *, vue=None, le=TENUE_LE, par=None) -> Reunion:
        vue = self.relue().version if vue is None else vue
        self.reunion = services.clore(
            reunion=self.reunion, vue=vue, par=par or self.martine, maintenant=le
        )
        return self.reunion


def reunir(scene: factories.Scene, plis: list[Pli], *, preponderante=False) -> Seance:
    """Hélène préside, cinq titulaires dont Bernard, cinq suppléants, le comptable."""
    par, le = scene.personne("martine"), LIMITE - timedelta(days=30)
    commission = services.creer_une_commission(
        organisme=scene.consultation.organisme,
        projet=ProjetDeCommission("Commission d'appel d'offres", voix_preponderante=preponderante),
        par=par,
        maintenant=le,
    )
    membres = [("Hélène Duriez", Fonction.PRESIDENT, scene.personne("helene").courriel)]
    bernard = scene.personne("bernard").courriel
    membres += [
        (nom, Fonction.TITULAIRE, bernard if nom == TITULAIRES[0] else "") for nom in TITULAIRES
    ]
    membres += [
        (f"Suppléant {rang}", Fonction.SUPPLEANT, f"suppleant{rang}@bomy.example")
        for rang in range(1, 6)
    ]
    membres += [("Solange Petitprez", Fonction.CONSULTATIF, "solange@comptable.example")]
    for nom, fonction, courriel in membres:
        projet = ProjetDeMembre(nom, fonction, courriel=courriel)
        services.ajouter_un_membre(commission=commission, projet=projet, par=par, maintenant=le)
    return Seance(scene, plis, commission)
