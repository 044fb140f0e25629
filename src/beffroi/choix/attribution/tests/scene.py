"""Un appel d'offres ouvert, joué par les services :
trois offres ouvertes, puis ce que chaque test en décide.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from beffroi.choix.attribution import queries, services
from beffroi.choix.attribution.models import Attribution, Lettre
from beffroi.choix.attribution.services import (
    FaitsDUneSuite,
    ProjetDAttribution,
    ProjetDeRenonciation,
    Relecture,
    Remplacement,
)
from beffroi.choix.commissions.services import dispenser
from beffroi.choix.commissions.tests.offres import ENTREPRISES, ouvrir_les_offres
from beffroi.reponse.depots.models import Pli
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import LIMITE
from tests.semis import plante

DECISION_LE = LIMITE + timedelta(days=3)
MOTIF = "Offre économiquement la plus avantageuse : 92 points sur 100, un planning plus court."
AVANTAGES = "Un planning de six semaines et une équipe dédiée."


@dataclass
class Ouvert:
    """La scène, et les réponses dans l'ordre où elles sont arrivées."""

    scene: factories.Scene
    plis: list[Pli] = field(default_factory=list)

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

    def lot(self, lot: int | None = None, le: datetime = DECISION_LE) -> queries.LotAttribue:
        return queries.attribution_de(self.consultation, lot, le=le)

    def attribuer(
        self,
        pli: int = 0,
        *,
        lot: int | None = None,
        par=None,
        le=DECISION_LE,
        remplacement=None,
        **champs,
    ) -> Attribution:
        projet = {"montant": Decimal("41250.00"), "motif": MOTIF, "avantages": AVANTAGES, **champs}
        return services.attribuer(
            consultation=self.consultation,
            lot=lot,
            projet=ProjetDAttribution(pli=self.plis[pli], **projet),
            par=par or self.martine,
            maintenant=le,
            remplacement=remplacement,
        )

    def renoncer(
        self, fondement="interet_general", motif="Le budget est réduit.", *, lot=None, **options
    ) -> Attribution:
        return services.renoncer(
            consultation=self.consultation,
            lot=lot,
            projet=ProjetDeRenonciation(fondement, motif),
            par=self.martine,
            maintenant=DECISION_LE,
            **options,
        )

    def remplacer(
        self, attribution: Attribution, pli: int = 1, *, cause="correction", **champs
    ) -> Attribution:
        remplacement = Remplacement(attribution.reference, cause, "Le montant était mal recopié.")
        return self.attribuer(pli, remplacement=remplacement, **champs)


def offres_ouvertes(
    scene: factories.Scene,
    *,
    entreprises=ENTREPRISES,
    lots: tuple[int | None, ...] = (None,),
    dispense=True,
) -> Ouvert:
    """Une offre par entreprise, et la séance qui les ouvre, close.

    `dispense` : la commission s'est réunie ailleurs.
    """
    ouvert = Ouvert(scene, ouvrir_les_offres(scene, entreprises=entreprises, lots=lots))
    if dispense:
        qui = ("dispense", scene.consultation.pk, lots)
        plante(qui, lambda: dispenser_de_reunir(ouvert, lots), le=LIMITE)
    return ouvert


def dispenser_de_reunir(ouvert: Ouvert, lots: tuple[int | None, ...]) -> None:
    for lot in lots:
        dispenser(
            consultation=ouvert.consultation,
            lot=lot,
            motif="La CAO s'est réunie en mairie.",
            par=ouvert.martine,
            maintenant=LIMITE + timedelta(days=2),
        )


def relire_tout(
    ouvert: Ouvert, *, le: datetime = DECISION_LE, motif: str = "Votre planning est plus long."
) -> None:
    """Les lettres préparées, chaque rejet motivé, chaque lettre relue telle quelle."""
    for lettre in services.preparer_les_lettres(
        consultation=ouvert.consultation, par=ouvert.martine, maintenant=le
    ):
        faits = {
            suite.pk: FaitsDUneSuite(2, Decimal("71.5"), motif) for suite in lettre.suites.all()
        }
        precisee = services.preciser(lettre=lettre, faits=faits, par=ouvert.martine, maintenant=le)
        relecture = Relecture(precisee.texte, precisee.voie)
        services.relire(lettre=precisee, relecture=relecture, par=ouvert.martine, maintenant=le)


def envoyer(ouvert: Ouvert, *, le: datetime = DECISION_LE, par=None) -> list[Lettre]:
    return services.envoyer_les_lettres(
        consultation=ouvert.consultation, par=par or ouvert.martine, maintenant=le
    )


def notifie(ouvert: Ouvert, *, le: datetime = DECISION_LE) -> Ouvert:
    """Attribuée à la première, toutes les lettres parties."""
    ouvert.attribuer(le=le)
    relire_tout(ouvert, le=le)
    envoyer(ouvert, le=le)
    return ouvert


def lettre_a(ouvert: Ouvert, pli: int) -> Lettre:
    return Lettre.objects.filter(equipe=ouvert.plis[pli].equipe).latest("vague")
