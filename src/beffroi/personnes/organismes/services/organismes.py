"""Inscrire un organisme, le décrire, régler ce qu'il publie."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from beffroi.personnes.organismes import queries, rules
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def creer_organisme(
    *,
    nom: str,
    siret: str,
    role: str = Organisme.Role.ACHETEUR,
    code_commune: str = "",
    adresse: str = "",
    par: Acteur,
    maintenant: datetime,
) -> Organisme:
    """Ouvre un organisme, cloisonné des autres dès sa création."""
    try:
        with transaction.atomic():
            organisme = Organisme.objects.create(
                nom=nom.strip(),
                siret=siret,
                role=role,
                code_commune=code_commune,
                adresse=adresse.strip(),
                cree_le=maintenant,
            )
    except IntegrityError as doublon:
        raise RegleEnfreinte(
            "Un organisme porte déjà ce SIRET, ou le service a déjà un exploitant."
        ) from doublon
    journaliser(
        "organisme.creer",
        sujet=organisme.siret,
        organisme=organisme.siret,
        par=par,
        le=maintenant,
        donnees={"nom": organisme.nom, "role": organisme.role},
    )
    return organisme


@dataclass(frozen=True)
class Coordonnees:
    """Ce que les règlements et les avis d'un organisme disent de lui.

    Vide : la mention manque, et le contrôle le dit.
    """

    adresse: str = ""
    code_postal: str = ""
    ville: str = ""
    courriel: str = ""
    telephone: str = ""
    contact_donnees_personnelles: str = ""
    service_chorus: str = ""


@transaction.atomic
def decrire_l_organisme(
    *, organisme: Organisme, coordonnees: Coordonnees, par: Acteur, maintenant: datetime
) -> Organisme:
    """Change les coordonnées que les prochains règlements et avis citeront ;
    un achat déjà publié garde les siennes.
    """
    organisme = verrouiller(organisme)
    saisies = {champ: str(valeur).strip() for champ, valeur in asdict(coordonnees).items()}
    changees = {
        champ: valeur for champ, valeur in saisies.items() if getattr(organisme, champ) != valeur
    }
    if not changees:
        return organisme
    for champ, valeur in changees.items():
        setattr(organisme, champ, valeur)
    organisme.save(update_fields=[*changees])
    journaliser(
        "organisme.decrire",
        sujet=organisme.siret,
        organisme=organisme.siret,
        par=par,
        le=maintenant,
        donnees={"champs": sorted(changees)},
    )
    return organisme


@transaction.atomic
def regler_la_publication(
    *, organisme: Organisme, a_deux: bool, par: Acteur, maintenant: datetime
) -> Organisme:
    """Dit si la personne qui publie peut être celle qui a rédigé.

    Vaut tout de suite, brouillons en cours compris.
    """
    organisme = verrouiller(organisme)
    if organisme.publication_a_deux == a_deux:
        return organisme
    if a_deux:
        exiger(rules.peut_publier_a_deux(publieurs=len(queries.publieurs(organisme, maintenant))))
    organisme.publication_a_deux = a_deux
    organisme.save(update_fields=["publication_a_deux"])
    journaliser(
        "organisme.regler_la_publication",
        sujet=organisme.siret,
        organisme=organisme.siret,
        par=par,
        le=maintenant,
        donnees={"a_deux": a_deux},
    )
    return organisme


@transaction.atomic
def suspendre_les_nouvelles_consultations(
    *,
    organisme: Organisme,
    motif: str,
    cause: str = rules.CONVENTION,
    par: Acteur,
    maintenant: datetime,
) -> Organisme:
    """Plus de consultation nouvelle, pour cette cause.

    Celles qui courent vont à leur terme, et aucun pli n'est retenu.
    """
    organisme = verrouiller(organisme)
    causes = {**queries.suspensions_de(organisme), cause: motif}
    return _regler_les_creations(
        organisme,
        causes,
        "suspendre_les_consultations",
        cause=cause,
        par=par,
        maintenant=maintenant,
    )


@transaction.atomic
def retablir_les_nouvelles_consultations(
    *, organisme: Organisme, cause: str = rules.CONVENTION, par: Acteur, maintenant: datetime
) -> Organisme:
    """Cette cause tombe.

    L'organisme crée de nouveau des consultations s'il n'en reste pas une autre.
    """
    organisme = verrouiller(organisme)
    causes = {
        autre: motif for autre, motif in queries.suspensions_de(organisme).items() if autre != cause
    }
    acte = "lever_une_suspension" if causes else "retablir_les_consultations"
    return _regler_les_creations(
        organisme, causes, acte, cause=cause, par=par, maintenant=maintenant
    )


def _regler_les_creations(
    organisme: Organisme,
    causes: dict[str, str],
    acte: str,
    *,
    cause: str,
    par: Acteur,
    maintenant: datetime,
) -> Organisme:
    motif = " ".join(causes.values())
    reglees = {
        "peut_creer_des_consultations": not causes,
        "motif_de_suspension": motif,
        "suspensions": causes,
    }
    if all(getattr(organisme, champ) == valeur for champ, valeur in reglees.items()):
        return organisme
    for champ, valeur in reglees.items():
        setattr(organisme, champ, valeur)
    organisme.save(update_fields=[*reglees])
    journaliser(
        f"organisme.{acte}",
        sujet=organisme.siret,
        organisme=organisme.siret,
        par=par,
        le=maintenant,
        donnees={"motif": motif, "cause": cause},
    )
    return organisme
