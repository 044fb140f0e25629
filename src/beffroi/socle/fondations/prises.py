"""Les prises : ce qu'un contexte branche dans la maison, déclaré chez lui, dans son `prises.py`.

    PRISES = Prises(
        abonnes={MarcheInscrit: (abonnes.ouvrir_les_engagements,)},
        rondes=(taches.faire_le_tour,),
    )

Aucune liste centrale ne nomme les contextes : la maison lit le module `prises` de chaque
application Django qui en a un, dans l'ordre d'`INSTALLED_APPS`. Là où un ordre compte, chaque prise
nomme celle qu'elle suit (`fondations.rangs`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.a_faire import (
    DeLaPersonne,
    DesConsultations,
    DUneConsultation,
    SelonSesRoles,
)
from beffroi.socle.fondations.bandeaux import Bandeaux
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.menus import Entree, LienDePied
from beffroi.socle.fondations.objets_gardes import ObjetGarde
from beffroi.socle.fondations.premiers_pas import SonPas
from beffroi.socle.fondations.rangs import ARanger, Rangee, RangeeSIlYA, ranger
from formats.versement import Piece

Ronde = Callable[[datetime], None]
Archivage = Rangee[Callable[..., Iterable[Piece]]]
ArchivageSIlYA = RangeeSIlYA[Callable[..., Iterable[Piece]]]


@dataclass(frozen=True, kw_only=True)
class Prises:
    """Tout ce qu'un contexte peut brancher.

    Une prise nouvelle de la maison est un champ de plus ici.
    """

    # Ce qu'il offre à un contexte plus bas, qui en dit la forme dans ses `ports` :
    # `{"avis.PortDAvis": fonction}`.
    ports: Mapping[str, Any] = field(default_factory=dict)
    # Ce qu'un ouvrier regarde de temps en temps, pour toute la plateforme ; une ronde est
    # idempotente.
    rondes: tuple[Ronde, ...] = ()
    # Ce que chaque nœud regarde chez lui : ce que ses processus ont écrit à côté de la base.
    rondes_du_noeud: tuple[Ronde, ...] = ()
    # Qui s'abonne à l'événement d'un contexte plus bas, dans la même transaction.
    abonnes: Mapping[type, tuple[evenements.Abonne, ...]] = field(default_factory=dict)
    # Ce que `verifier --journal` relit après le journal :
    # `() -> Iterator[journal.verification.Constat]`.
    relectures_du_journal: tuple[Callable[[], Iterable[Any]], ...] = ()
    # Ce qui attend une personne, dit par la page « À faire » et le résumé du matin.
    a_faire: tuple[DeLaPersonne | SelonSesRoles | DUneConsultation | DesConsultations, ...] = ()
    # Ce qui se lit d'un organisme avec les rôles qu'on y tient, sans une lecture de plus :
    # `{"convention": organisme -> expression}`, rendu par `organismes.queries.lu_avec_les_roles`.
    lus_avec_les_roles: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    # Un état qui dure, rappelé sur chaque page d'un agent : `(habilitations, *, le)`.
    bandeaux: tuple[Rangee[Bandeaux], ...] = ()
    # Ce par quoi un organisme neuf commence, dit par « À faire » : `(habilitation, *, le)`.
    premiers_pas: tuple[Rangee[SonPas], ...] = ()
    # Ses entrées de menu, ses liens au pied de page.
    menus: tuple[Entree, ...] = ()
    pied: tuple[LienDePied, ...] = ()
    # Ses pages qui ne vivent pas sous l'adresse d'une entrée, mais où celle-ci reste en cours :
    # `{"/cdg/conventions/": ("/cdg/apports/",)}`.
    dans_la_rubrique: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # L'étape de la fin de procédure que la page de suivi montre :
    # `(consultation, *, le) -> consultations.ports.EtapeApresOuverture | None`.
    suites: tuple[Rangee[Callable[..., Any]], ...] = ()
    # Ce qu'il remet aux archives d'une consultation : `(consultation, *, le)`, sans lire un octet.
    pieces_a_archiver: tuple[ArchivageSIlYA, ...] = ()
    # Ce qu'il tient d'un organisme sans consultation, quand tout lui est
    # rendu : `(organisme, *, le)`.
    pieces_hors_consultation: tuple[Archivage, ...] = ()
    # Chaque champ qui désigne un objet du stockage : la veille le relit, ou il dit pourquoi non.
    objets_gardes: tuple[ObjetGarde, ...] = ()
    # Chaque table que `verifier --journal` ne relit pas ligne par ligne, parce qu'il la prouve
    # autrement : `{"Pli": "pourquoi"}`.
    prouvees_autrement: Mapping[str, str] = field(default_factory=dict)
    # Chaque table qui n'est pas une preuve, `{"Message": HorsPreuve(…)}`, et chaque colonne qui
    # n'en est pas une dans une table prouvée autrement, `{"Pli.reference_interne": HorsPreuve(…)}`.
    # Toute autre table est une `LigneProuvee`, qui dit elle-même les siennes.
    hors_preuve: Mapping[str, HorsPreuve] = field(default_factory=dict)
    # Ce que la page « Mon entreprise » en montre :
    # `(membre, *, le) -> entreprises.ports.Rubrique | None`.
    espace_d_entreprise: tuple[Rangee[Callable[..., Any]], ...] = ()
    # Ce que l'assistance peut regarder d'une consultation avec l'acheteur qui l'appelle :
    # `(consultation) -> Iterable[consultations.ports.EcranAMontrer]`.
    ecrans_a_montrer: tuple[Rangee[Callable[..., Iterable[Any]]], ...] = ()
    # L'aide donnée à une entreprise pendant qu'elle répond :
    # `(brouillon) -> Sequence[traces.ports.Fait]`.
    aides: tuple[Rangee[Callable[..., Iterable[Any]]], ...] = ()


@cache
def declarees() -> tuple[tuple[str, Prises], ...]:
    """Le nom court de chaque contexte, et ses prises."""
    return tuple(
        (application.label, import_module(f"{application.name}.prises").PRISES)
        for application in apps.get_app_configs()
        if f"{application.name}.prises" != __name__
        and module_has_submodule(application.module, "prises")
    )


def lues[T](choisir: Callable[[Prises], Iterable[T]]) -> list[T]:
    """Une sorte de prise, de tous les contextes, dans l'ordre de la maison."""
    return [prise for _, prises in declarees() for prise in choisir(prises)]


def rangees[R: ARanger](choisir: Callable[[Prises], Iterable[R]]) -> list[R]:
    """Une sorte de prise où l'ordre compte : chacune après celle qu'elle suit."""
    return ranger(
        (contexte, prise) for contexte, prises in declarees() for prise in choisir(prises)
    )


def rondes() -> list[Ronde]:
    return lues(lambda prises: prises.rondes)


def rondes_du_noeud() -> list[Ronde]:
    return lues(lambda prises: prises.rondes_du_noeud)


def brancher() -> None:
    """Abonne chacun à ce qu'il attend : une fois, quand toutes les applications sont chargées."""
    for _, prises in declarees():
        for evenement, abonnes in prises.abonnes.items():
            for abonne in abonnes:
                evenements.abonner(evenement, abonne)
