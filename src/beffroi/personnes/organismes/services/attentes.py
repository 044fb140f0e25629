"""Les rôles qui attendent : donnés à une adresse, ils ne valent qu'une fois celle-ci prouvée."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from beffroi.personnes.comptes import liens
from beffroi.personnes.comptes import services as comptes
from beffroi.personnes.comptes.events import AdresseProuvee
from beffroi.personnes.comptes.queries import comptes_sans_preuve
from beffroi.personnes.comptes.services import Personne
from beffroi.personnes.organismes import queries, rules
from beffroi.personnes.organismes.models import Habilitation, HabilitationEnAttente, Organisme
from beffroi.personnes.organismes.services.departs import terminer
from beffroi.personnes.organismes.services.roles import habiliter
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.services import ecrire_a, ecrire_a_chacun
from beffroi.socle.fondations.verrous import verrouiller, verrouiller_ensemble
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def mettre_en_attente(
    *,
    organisme: Organisme,
    personne: Personne,
    roles: Collection[str],
    service: str | None = None,
    par: Acteur,
    maintenant: datetime,
) -> HabilitationEnAttente:
    """Donne des rôles à une adresse qui n'est pas prouvée, et y envoie le lien qui la prouvera.

    Si des rôles l'y attendaient déjà, ceux-ci les remplacent.
    """
    organisme = verrouiller(organisme)
    est_exploitant = organisme.role == Organisme.Role.EXPLOITANT
    exiger(rules.peut_tenir_les_roles(roles=roles, est_exploitant=est_exploitant))
    attendue = comptes.attendre(
        courriel=personne.courriel,
        nom=personne.nom,
        qualite=personne.qualite,
        maintenant=maintenant,
    )
    donnes: dict[str, object] = {"roles": sorted(set(roles)), "depuis_le": maintenant}
    if service is not None:
        donnes["service"] = service.strip()
    attente, _ = HabilitationEnAttente.objects.update_or_create(
        organisme=organisme,
        attendue=attendue,
        defaults=donnes,
    )
    _inscrire("mettre_en_attente", attente, par=par, maintenant=maintenant)
    ecrire_le_lien(attente, par=par, maintenant=maintenant)
    return attente


@dataclass(frozen=True)
class Accueil:
    """Une personne à accueillir parmi d'autres."""

    courriel: str
    nom: str
    qualite: str
    roles: Collection[str]
    service: str


def attendre_en_nombre(
    organisme: Organisme, accueillis: Sequence[Accueil], *, maintenant: datetime
) -> list[HabilitationEnAttente]:
    """La même attente pour beaucoup d'adresses ; l'appelant journalise, et écrit les liens."""
    attendues = comptes.attendre_en_nombre(
        [Personne(un.courriel, un.nom, un.qualite) for un in accueillis], maintenant=maintenant
    )
    return HabilitationEnAttente.objects.bulk_create(
        (
            HabilitationEnAttente(
                organisme=organisme,
                attendue=attendues[un.courriel],
                roles=sorted(set(un.roles)),
                service=un.service,
                depuis_le=maintenant,
            )
            for un in accueillis
        ),
        batch_size=200,
    )


@transaction.atomic
def renvoyer_le_lien(
    *, attente: HabilitationEnAttente, par: Acteur, maintenant: datetime
) -> HabilitationEnAttente:
    """Écrit de nouveau à l'adresse ; les liens d'avant valent jusqu'à leurs trois jours."""
    attente = _prendre(attente)
    attente.depuis_le = maintenant
    attente.save(update_fields=["depuis_le"])
    ecrire_le_lien(attente, par=par, maintenant=maintenant)
    _inscrire("renvoyer_le_lien", attente, par=par, maintenant=maintenant)
    return attente


@transaction.atomic
def annuler_l_attente(*, attente: HabilitationEnAttente, par: Acteur, maintenant: datetime) -> None:
    """Ces rôles ne seront pas donnés ; si rien d'autre n'attend l'adresse, elle s'oublie."""
    attente = _prendre(attente)
    attente.delete()
    comptes.ne_plus_attendre(attente.attendue)
    _inscrire("annuler_l_attente", attente, par=par, maintenant=maintenant)


@transaction.atomic
def oublier_l_attente(*, attente: HabilitationEnAttente, maintenant: datetime) -> None:
    """Personne n'a ouvert le lien en quatre-vingt-dix jours : l'adresse a pu changer de main.

    Les administrateurs de l'organisme l'apprennent ; ils redonnent le rôle s'il le faut.
    """
    annuler_l_attente(attente=attente, par=PLATEFORME, maintenant=maintenant)
    ecrire_a_chacun(
        queries.personnes_en_role(
            attente.organisme, {Habilitation.Role.ADMINISTRATEUR}, maintenant
        ),
        cle=f"attente-oubliee/{attente.reference}/",
        sujet=f"{attente.organisme.nom} : un rôle n'a pas été pris",
        gabarit="organismes/courriels/role_oublie.txt",
        contexte={
            "attente": attente,
            "adresse": lien_vers("organismes:agents", attente.organisme.siret),
        },
        maintenant=maintenant,
    )


def _prendre(attente: HabilitationEnAttente) -> HabilitationEnAttente:
    """Accordée ou annulée au même instant par une autre personne, elle n'est plus là."""
    try:
        return verrouiller(attente, avec=("organisme", "attendue"))
    except HabilitationEnAttente.DoesNotExist:
        raise ConflitEtat(
            "Ces rôles n'attendent plus : la personne a ouvert son lien, ou un collègue les a "
            "annulés. Rechargez la liste des agents."
        ) from None


def accorder_ce_qui_attendait(fait: AdresseProuvee) -> None:
    """L'adresse est prouvée : ses rôles se mettent à valoir, chez chacun qui les a donnés."""
    attentes = queries.attentes_a_l_adresse(fait.utilisateur.courriel, fait.le)
    # Tous les organismes d'abord : deux actes ne s'attendent pas en rond.
    verrouiller_ensemble([attente.organisme for attente in attentes])
    for attente in attentes:
        attente.delete()
        habiliter(
            organisme=attente.organisme,
            utilisateur=fait.utilisateur,
            roles={
                *attente.roles,
                *queries.roles_en_cours(fait.utilisateur, attente.organisme),
            },
            service=attente.service or None,
            par=fait.utilisateur.acteur,
            maintenant=fait.le,
        )


@transaction.atomic
def suspendre_les_roles_sans_preuve(*, maintenant: datetime) -> int:
    """Une base d'avant cette règle : les rôles tenus par un compte dont l'adresse n'est pas
    prouvée attendent qu'elle le soit. Rend leur nombre ; sans effet une fois fait.
    """
    tenues = Habilitation.objects.filter(
        jusqu_au=None, utilisateur__est_actif=True, utilisateur__in=comptes_sans_preuve()
    ).select_related("organisme", "utilisateur")
    suspendues = list(tenues.order_by("organisme_id", "pk"))
    for tenue in suspendues:
        terminer(tenue, maintenant=maintenant)
        personne = tenue.utilisateur
        mettre_en_attente(
            organisme=tenue.organisme,
            personne=Personne(personne.courriel, personne.nom, personne.qualite),
            roles=tenue.roles,
            service=tenue.service,
            par=PLATEFORME,
            maintenant=maintenant,
        )
    return len(suspendues)


def ecrire_le_lien(attente: HabilitationEnAttente, *, par: Acteur, maintenant: datetime) -> None:
    """Le courriel seul ; l'appelant tient la transaction et journalise."""
    ecrire_a(
        attente.attendue.courriel,
        cle=f"attente/{attente.reference}/{maintenant.isoformat()}",
        sujet=f"{attente.organisme.nom} : un rôle vous attend",
        gabarit="organismes/courriels/role_en_attente.txt",
        contexte={
            "attente": attente,
            "par": par,
            "adresse": liens.adresse_du_lien(attente.attendue, le=maintenant),
        },
        maintenant=maintenant,
    )


def _inscrire(
    acte: str, attente: HabilitationEnAttente, *, par: Acteur, maintenant: datetime
) -> None:
    journaliser(
        f"habilitation.{acte}",
        sujet=attente.reference,
        organisme=attente.organisme.siret,
        par=par,
        le=maintenant,
        donnees={"nom": attente.attendue.nom, "roles": attente.roles},
    )
