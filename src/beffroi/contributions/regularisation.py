"""Les entrées d'une régularisation : l'appel estimé, et le compte de l'année, maintenant finie (rulings 5 et 6)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet, Sum

from beffroi.contributions import comptage
from beffroi.contributions.models import Contribution, Exercice
from beffroi.contributions.rules.comptage import Compte
from beffroi.conventions.queries import ConventionDeLExercice, conventions_de_l_exercice
from beffroi.tarif.rules.parametres import Parametres
from beffroi.tarif.rules.volume import constate, est_a_regulariser

RIEN = Compte(())


def estimees(annee: int) -> QuerySet[Contribution]:
    """Les appels émis de cette année que rien n'a encore repris, ce que leurs avoirs rendent en `rendu`."""
    emises = Contribution.objects.filter(exercice__annee=annee, emise_le__isnull=False, regularise=None)
    return emises.filter(regularisation=None).annotate(rendu=Sum("avoirs__montant")).order_by("nom", "pk")


def a_regulariser(annee: int, parametres: Parametres) -> list[Contribution]:
    """Ceux dont le volume n'était qu'estimé, d'après les choix que l'appel a figés."""
    return [une for une in estimees(annee) if est_a_regulariser(une.source_du_volume, parametres)]


def lignes(exercice: Exercice, parametres: Parametres) -> Iterator[Contribution]:
    conventions = _dernieres(exercice.annee)
    comptes = comptage.comptes(exercice.annee, parametres)
    for estimee in a_regulariser(exercice.annee, parametres):
        siren = estimee.siret[:9]
        yield Contribution(
            exercice=exercice,
            adherent_id=estimee.adherent_id,
            regularise=estimee,
            tranche_d_avant=estimee.tranche,
            montant_d_avant=_reste(estimee),
            **{champ: getattr(estimee, champ) for champ in REPRIS},
            **_entrees(exercice.annee, estimee, comptes.get(siren, RIEN), conventions.get(estimee.adherent_id)),
        )


# Ce qu'un an n'a pas changé : l'effectif du 1er janvier vaut pour toute l'année (ruling 4).
REPRIS = (
    "nom", "siret", "agents", "annee_de_l_effectif", "motifs_de_l_effectif", "effectif_a_verifier", "convention", "debut",
)  # fmt: skip


def reprendre(contribution: Contribution, exercice: Exercice, parametres: Parametres) -> list[str]:
    """Relit le compte, la fin et les avoirs d'une seule ligne ; rend les champs qu'ils posent."""
    estimee = Contribution.objects.annotate(rendu=Sum("avoirs__montant")).get(regularisation=contribution)
    compte = comptage.compte_de(estimee.siret[:9], exercice.annee, parametres)
    champs = _entrees(exercice.annee, estimee, compte, _dernieres(exercice.annee).get(estimee.adherent_id))
    for champ, valeur in champs.items():
        setattr(contribution, champ, valeur)
    return list(champs)


def _dernieres(annee: int) -> dict[int, ConventionDeLExercice]:
    return {convention.adherent.pk: convention for convention in conventions_de_l_exercice(annee)}


def _reste(estimee: Any) -> Any:
    return (estimee.montant or 0) - (estimee.rendu or 0)


def _entrees(
    annee: int, estimee: Contribution, compte: Compte, convention: ConventionDeLExercice | None
) -> dict[str, Any]:
    volume = constate(annee, compte=compte.comptees, retenu=estimee.volume)
    return {
        "deja_appele": _reste(estimee),
        "fin": convention.fin if convention else estimee.fin,
        "fin_pour_impaye": convention.fin_pour_impaye if convention else estimee.fin_pour_impaye,
        "volume": volume.nombre,
        "source_du_volume": volume.source,
        "motif_du_volume": volume.motif,
        "creees": compte.creees,
        "comptees": compte.comptees,
        "consultations": compte.references,
        "sha256_du_compte": compte.sha256,
    }
