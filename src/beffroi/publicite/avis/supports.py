"""Où l'avis de cet achat peut paraître :
ce que le code exige d'abord, ce qu'il permet en plus ensuite.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.preparation import queries as preparation
from beffroi.publicite.avis import queries
from beffroi.publicite.avis.models import Avis, Parution
from beffroi.publicite.avis.ports import voies_servies
from droit.en_vigueur import DroitInconnu

Support, Forme = Parution.Support, Avis.Forme
NOMS = {
    "BOAMP": Support.BOAMP,
    "JAL": Support.JAL,
    "JOUE": Support.JOUE,
    "presse spécialisée": Support.PRESSE,
}
# Un journal a un nom : il peut y en avoir plusieurs.
NOMMES = (Support.JAL, Support.PRESSE)


@dataclass(frozen=True)
class Publicite:
    """Les supports exigés, et ceux que l'on peut choisir.

    Sans préparation, tous sont permis et aucun n'est exigé.
    """

    dus: tuple[Parution.Support, ...]
    permis: tuple[Parution.Support, ...]

    @property
    def formes(self) -> tuple[Avis.Forme, ...]:
        """Les formes d'avis qui ont un sens ici :
        l'européenne d'abord, puisque le national l'attend.
        """
        europeenne = (Forme.EUROPEENNE,) if Support.JOUE in self.permis else ()
        return (*europeenne, Forme.NATIONALE)

    @property
    def formes_dues(self) -> tuple[Avis.Forme, ...]:
        nationaux = any(support != Support.JOUE for support in self.dus)
        europeenne = (Forme.EUROPEENNE,) if Support.JOUE in self.dus else ()
        return (*europeenne, *((Forme.NATIONALE,) if nationaux else ()))

    def pour(self, avis: Avis) -> tuple[Parution.Support, ...]:
        """Les supports encore possibles pour cet avis, les exigés d'abord."""
        pris = {Support(parution.support) for parution in avis.parutions.all()} - set(NOMMES)
        # Né sans questions, un achat n'a pas de voies ;
        # un avis d'attribution, lui, paraît où l'on veut l'annoncer.
        permis = tuple(Support) if avis.est_d_attribution else self.permis
        ordre = sorted(permis, key=lambda support: support not in self.dus)
        if avis.forme == Forme.EUROPEENNE:
            ordre = [support for support in ordre if support in (Support.JOUE, Support.BOAMP)]
        else:
            ordre = [support for support in ordre if support != Support.JOUE]
        repris = deja_choisis(avis)
        ordre = sorted(ordre, key=lambda support: support not in repris)
        return tuple(support for support in ordre if support not in pris)


def deja_choisis(avis: Avis) -> dict[Parution.Support, str]:
    """Où se trouve l'avis que celui-ci change : un rectificatif paraît là où l'avis a paru.

    Le nom, si c'est un journal.
    """
    if avis.change is None:
        return {}
    return {
        Support(parution.support): parution.nom_du_support
        for parution in avis.change.parutions.all()
    }


def publicite_de(consultation: Consultation, *, le: datetime) -> Publicite:
    """D'après la proposition du droit et les choix de l'acheteur."""
    dus = supports_connus(queries.supports_dus(consultation, le=le))
    preparee = preparation.preparation_de(consultation)
    if preparee.pk is None:
        return Publicite(dus=(), permis=tuple(Support))
    try:
        voies = preparation.voies(
            preparee, "publicite", jour=preparation.jour_de_reference(preparee, le)
        )
    except DroitInconnu:
        voies = ()
    possibles = {support for voie in voies for support in supports_connus(voie.valeurs)}
    return Publicite(
        dus=dus, permis=tuple(support for support in Support if support in {*dus, *possibles})
    )


def supports_connus(noms: Iterable[str]) -> tuple[Parution.Support, ...]:
    return tuple(NOMS[nom] for nom in noms if nom in NOMS)


def voies_possibles() -> list[tuple[str, str]]:
    """À la main toujours ; par la plateforme si l'exploitant l'a réglé."""
    servies = {Parution.Voie.MANUELLE, *voies_servies()}
    return [(voie.value, str(voie.label)) for voie in Parution.Voie if voie in servies]
