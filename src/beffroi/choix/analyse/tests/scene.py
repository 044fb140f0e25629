"""Deux réponses de Bomy ouvertes en séance close,
une grille arrêtée, et ce que chaque test en fait.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from beffroi.choix.analyse import services
from beffroi.choix.analyse.models import Evaluateur, Offre
from beffroi.choix.analyse.queries import classement_de
from beffroi.choix.analyse.queries.lecture import analyse_de
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import LIMITE
from demo.seances import depouiller
from droit.achat import Critere, SousCritere
from tests.semis import plante

ANALYSE_LE = LIMITE + timedelta(days=2)
CRITERES = (
    Critere(nom="Prix", sorte="prix", poids=Decimal(40)),
    Critere(
        nom="Valeur technique",
        sorte="technique",
        poids=Decimal(50),
        sous_criteres=(
            SousCritere(nom="Méthode", poids=Decimal(30)),
            SousCritere(nom="Équipe", poids=Decimal(20)),
        ),
    ),
    Critere(nom="Délai", sorte="délai", poids=Decimal(10)),
)
CHOIX = services.ChoixDeGrille(echelle=Decimal(10), formule="proportionnelle", recopies=CRITERES)


@dataclass
class Scene:
    """La commune, et l'analyse de sa consultation."""

    commune: factories.Scene

    @property
    def consultation(self):
        self.commune.consultation.refresh_from_db()
        return self.commune.consultation

    def personne(self, cle: str):
        return self.commune.personne(cle)

    @property
    def offres(self) -> list[Offre]:
        return list(Offre.objects.select_related("pli__equipe", "consultation").order_by("pk"))

    def arreter(self, choix=CHOIX, *, le=ANALYSE_LE):
        return services.arreter_la_grille(
            consultation=self.consultation,
            lot=None,
            choix=choix,
            par=self.personne("martine"),
            maintenant=le,
        )

    def inscrire(self) -> list[Offre]:
        services.inscrire_les_offres(
            consultation=self.consultation,
            lot=None,
            par=self.personne("martine"),
            maintenant=ANALYSE_LE,
        )
        return self.offres

    def nommer(self, qui: str) -> Evaluateur:
        evaluateur = services.nommer(
            consultation=self.consultation,
            personne=self.personne(qui),
            par=self.personne("martine"),
            maintenant=ANALYSE_LE,
        )
        return services.declarer_sans_conflit(
            evaluateur=evaluateur, par=self.personne(qui), maintenant=ANALYSE_LE
        )

    def noter(self, evaluateur: Evaluateur, offre: Offre, critere: str, valeur, **options):
        saisie = services.Saisie(
            offre.reference, critere, None if valeur is None else Decimal(str(valeur)), **options
        )
        return services.noter(
            evaluateur=evaluateur,
            lot=None,
            saisies=[saisie],
            par=evaluateur.utilisateur,
            maintenant=ANALYSE_LE,
        )

    def retenir(self, offre: Offre, critere: str, valeur, *, par: str = "martine", **options):
        options = {"motif": "Lu ensemble.", **options}
        retenue = services.Retenue(offre.reference, critere, Decimal(str(valeur)), **options)
        return services.retenir_les_notes(
            consultation=self.consultation,
            lot=None,
            retenues=[retenue],
            par=self.personne(par),
            maintenant=ANALYSE_LE,
        )

    def retenir_tout(self, offre: Offre, *valeurs) -> None:
        for critere, valeur in zip(("2.1", "2.2", "3"), valeurs, strict=True):
            self.retenir(offre, critere, valeur)

    def montant(self, offre: Offre, montant, **options):
        options = {"provenance": "acte", **options}
        choix = services.Montant(montant=Decimal(str(montant)), **options)
        return services.retenir_un_montant(
            offre=offre, choix=choix, par=self.personne("martine"), maintenant=ANALYSE_LE
        )

    def qualifier(
        self,
        offre: Offre,
        qualification: str,
        motif: str = "L'acte d'engagement manque.",
        vue: str = "",
    ):
        return services.qualifier(
            offre=offre,
            qualification=qualification,
            motif=motif,
            vue=vue,
            par=self.personne("martine"),
            maintenant=ANALYSE_LE,
        )

    def analyse(self):
        return analyse_de(self.consultation, None)

    def classement(self):
        return classement_de(self.consultation, None)


def repondre_et_ouvrir(commune: factories.Scene) -> Scene:
    """Faîtage puis Zingueurs répondent ; la séance ouvre tout, et se clôt."""
    qui = ("analyse", commune.consultation.pk)
    plante(qui, lambda: _repondre_et_ouvrir(commune), le=LIMITE)
    commune.consultation.refresh_from_db()
    return Scene(commune)


def _repondre_et_ouvrir(commune: factories.Scene) -> None:
    commune.repond("sophie", "faitage", le=LIMITE - timedelta(hours=3))
    commune.repond("zoe", "zingueurs", le=LIMITE - timedelta(hours=2))
    depouiller(
        commune.consultation,
        commune.troupe,
        preside="helene",
        avec="bernard",
        le=LIMITE + timedelta(hours=6),
    )


def notee(scene: Scene) -> tuple[Offre, Offre]:
    """Faîtage : 80 000 €, notes 9, 8, 10 ; Zingueurs : 100 000 €, notes 10, 10, 5."""
    scene.arreter()
    faitage, zingueurs = scene.inscrire()
    scene.montant(faitage, 80_000)
    scene.montant(zingueurs, 100_000)
    scene.retenir_tout(faitage, 9, 8, 10)
    scene.retenir_tout(zingueurs, 10, 10, 5)
    return faitage, zingueurs
