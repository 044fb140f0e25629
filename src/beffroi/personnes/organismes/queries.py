"""Qui tient quel rôle, où, et depuis quand."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.queries import (
    personnes_confirmees,
    personnes_protegees,
    seconds_facteurs_de,
)
from beffroi.personnes.comptes.rules import ATTENTE_D_UNE_ADRESSE
from beffroi.personnes.organismes import rules
from beffroi.personnes.organismes.models import Habilitation, HabilitationEnAttente, Organisme
from beffroi.personnes.organismes.permissions import PUBLIENT, Permissions, exiger_role
from beffroi.socle.fondations import prises
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.guichet.lecture import lu_une_fois

LU = "lu_"


@cache
def _lus_avec_les_roles() -> dict[str, Callable[[OuterRef], Any]]:
    """Ce que chaque contexte veut savoir d'un organisme sur toute page de ses agents."""
    declares = (siennes.lus_avec_les_roles for _, siennes in prises.declarees())
    return {nom: lire for lus in declares for nom, lire in lus.items()}


def lu_avec_les_roles(habilitation: Habilitation, nom: str) -> Any:
    """Ce que `Prises.lus_avec_les_roles` a lu sous ce nom, de l'organisme où elle vaut ;
    rien, d'une habilitation qu'une autre lecture a rendue.
    """
    return getattr(habilitation, f"{LU}{nom}", None)


def _en_cours(le: datetime) -> Q:
    return Q(depuis_le__lte=le) & (Q(jusqu_au=None) | Q(jusqu_au__gt=le))


@lu_une_fois
def _toutes(utilisateur: int) -> list[Habilitation]:
    """Celles d'une personne, d'hier et d'aujourd'hui, par organisme : elle en a peu."""
    return list(_siennes(utilisateur))


@prete
def _siennes(utilisateur: int) -> QuerySet[Habilitation]:
    siennes = Habilitation.objects.filter(utilisateur=utilisateur)
    siennes = siennes.annotate(
        protegee=Exists(seconds_facteurs_de(OuterRef("utilisateur"))),
        **{
            f"{LU}{nom}": lire(OuterRef("organisme")) for nom, lire in _lus_avec_les_roles().items()
        },
    )
    return siennes.select_related("organisme", "utilisateur").order_by("organisme__nom")


def _tenues(utilisateur: Utilisateur, le: datetime) -> list[Habilitation]:
    return [une for une in _toutes(utilisateur.pk) if une.court(le)]


def agit_sans_second_facteur(utilisateur: Utilisateur, le: datetime) -> bool:
    """Elle tient un rôle, et n'a qu'un mot de passe ; lu avec ses rôles."""
    return any(not une.protegee for une in _tenues(utilisateur, le))  # type: ignore[attr-defined]


def habilitations_en_cours(utilisateur: Utilisateur, le: datetime) -> list[Habilitation]:
    """Les habilitations que la personne tient à cet instant : ce qu'elle peut se lit ici.

    Un logiciel qui agit pour elle n'a que celles d'avant son jeton, et seulement s'il est né
    avec un second facteur : un rôle neuf n'élargit pas un jeton ancien.
    """
    tenues, jeton = _tenues(utilisateur, le), utilisateur.agit_par
    if not jeton:
        return tenues
    if not jeton.delivre_avec_second_facteur:
        return []
    return [une for une in tenues if une.depuis_le <= jeton.cree_le]


def acheteurs_de(utilisateur: Utilisateur, le: datetime) -> list[Habilitation]:
    """Celles qu'elle tient chez les organismes qui achètent."""
    return [
        une
        for une in habilitations_en_cours(utilisateur, le)
        if une.organisme.role == Organisme.Role.ACHETEUR
    ]


def roles_tenus(utilisateur: Utilisateur, le: datetime) -> QuerySet[Habilitation]:
    """Les mêmes, à lire dans une autre requête ; le jeton d'un logiciel n'en cache aucune."""
    return Habilitation.objects.filter(_en_cours(le), utilisateur=utilisateur)


def est_agent(utilisateur: Utilisateur, le: datetime) -> bool:
    """La personne tient un rôle dans un organisme au moins."""
    return bool(_tenues(utilisateur, le))


def habilitation_dans(utilisateur: Utilisateur, organisme: Organisme, le: datetime) -> Habilitation:
    """L'habilitation de la personne dans cet organisme ; un organisme étranger est introuvable."""
    return _la_seule(
        une for une in habilitations_en_cours(utilisateur, le) if une.organisme_id == organisme.pk
    )


def habilitation_par_siret(utilisateur: Utilisateur, siret: str, le: datetime) -> Habilitation:
    """La même, par le SIRET que porte une adresse de page."""
    return _la_seule(
        une for une in habilitations_en_cours(utilisateur, le) if une.organisme.siret == siret
    )


def _la_seule(trouvees: Iterable[Habilitation]) -> Habilitation:
    for habilitation in trouvees:
        return habilitation
    raise Introuvable()


def agents_de(organisme: Organisme, le: datetime) -> QuerySet[Habilitation]:
    """Les habilitations en cours dans l'organisme, par nom."""
    return agents_des([organisme.pk], le)


def agents_des(organismes: Iterable[int], le: datetime) -> QuerySet[Habilitation]:
    """Les mêmes, de plusieurs organismes."""
    return _agents_des(list(organismes), le)


@prete
def _agents_des(organismes: list[int], le: datetime) -> QuerySet[Habilitation]:
    return (
        Habilitation.objects.filter(_en_cours(le), organisme__in=organismes)
        .select_related("utilisateur")
        .order_by("utilisateur__nom", "pk")
    )


def en_role(role: str, le: datetime) -> QuerySet[Habilitation]:
    """Celles qui tiennent ce rôle, d'un compte ouvert : à lire dans une autre requête.

    Les rôles sont gardés en JSON, que SQLite ne sait pas chercher : leur texte, oui.
    """
    tenues = Habilitation.objects.filter(_en_cours(le), utilisateur__est_actif=True)
    return tenues.annotate(_roles=Cast("roles", TextField())).filter(_roles__contains=f'"{role}"')


def personnes_en_role(
    organisme: Organisme, roles: Collection[str], le: datetime
) -> list[Utilisateur]:
    """Les personnes en fonction qui tiennent l'un de ces rôles, dans l'ordre de leurs noms."""
    return [
        habilitation.utilisateur
        for habilitation in _en_fonction(organisme, le)
        if not {*roles}.isdisjoint(habilitation.roles)
    ]


@prete
def _en_fonction(organisme: Organisme, le: datetime) -> QuerySet[Habilitation]:
    en_cours = Habilitation.objects.filter(
        _en_cours(le), organisme=organisme, utilisateur__est_actif=True
    )
    return en_cours.select_related("utilisateur").order_by("utilisateur__nom", "pk")


def publieurs(organisme: Organisme, le: datetime) -> list[Utilisateur]:
    return personnes_en_role(organisme, PUBLIENT, le)


def administrateurs_actifs(organisme: Organisme) -> list[Habilitation]:
    return administrateurs_actifs_des([organisme.pk]).get(organisme.pk, [])


def administrateurs_actifs_des(organismes: Iterable[int]) -> dict[int, list[Habilitation]]:
    """Par organisme, les administrateurs en cours dont le compte n'est pas fermé."""
    en_cours = Habilitation.objects.filter(
        organisme__in=list(organismes), jusqu_au=None, utilisateur__est_actif=True
    )
    trouves: dict[int, list[Habilitation]] = defaultdict(list)
    for habilitation in en_cours:
        if Habilitation.Role.ADMINISTRATEUR in habilitation.roles:
            trouves[habilitation.organisme_id].append(habilitation)
    return trouves


def roles_en_cours(utilisateur: Utilisateur, organisme: Organisme) -> list[str]:
    """Les rôles que la personne tient dans l'organisme ; aucun si elle n'en tient pas."""
    habilitation = Habilitation.objects.filter(
        organisme=organisme, utilisateur=utilisateur, jusqu_au=None
    ).first()
    return list(habilitation.roles) if habilitation else []


def habilitation_pour(habilitation: Habilitation, reference: str, le: datetime) -> Habilitation:
    """Une habilitation en cours du même organisme ; toute autre est introuvable."""
    trouvee = agents_de(habilitation.organisme, le).filter(reference=reference).first()
    if trouvee is None:
        raise Introuvable()
    return trouvee


# ---------------------------------------------------------------- ce qui attend une adresse


def attentes_de(organisme: Organisme) -> QuerySet[HabilitationEnAttente]:
    """Les rôles donnés ici à des adresses que personne n'a encore prouvées, par nom."""
    return (
        HabilitationEnAttente.objects.filter(organisme=organisme)
        .select_related("attendue", "organisme")
        .order_by("attendue__nom", "pk")
    )


def attentes_a_l_adresse(courriel: str, le: datetime) -> list[HabilitationEnAttente]:
    """Ce qui attend cette adresse, chez tous ; dans l'ordre où les organismes se verrouillent."""
    attentes = HabilitationEnAttente.objects.filter(
        attendue__courriel=courriel.lower(), depuis_le__gt=le - ATTENTE_D_UNE_ADRESSE
    )
    return list(attentes.select_related("attendue", "organisme").order_by("organisme_id", "pk"))


def attentes_oubliees(le: datetime) -> list[HabilitationEnAttente]:
    """Celles dont personne n'a ouvert le lien à temps : elles ne donnent plus rien."""
    oubliees = HabilitationEnAttente.objects.filter(depuis_le__lte=le - ATTENTE_D_UNE_ADRESSE)
    return list(oubliees.select_related("attendue", "organisme").order_by("organisme_id", "pk"))


def attente_pour(organisme: Organisme, reference: str) -> HabilitationEnAttente:
    """Des rôles qui attendent dans cet organisme ; ceux d'un autre sont introuvables."""
    trouvee = attentes_de(organisme).filter(reference=reference).first()
    if trouvee is None:
        raise Introuvable()
    return trouvee


def administrateurs_attendus(organisme: Organisme) -> list[HabilitationEnAttente]:
    """Ceux qui le seront quand ils auront prouvé leur adresse."""
    role = Habilitation.Role.ADMINISTRATEUR
    return [attente for attente in attentes_de(organisme) if role in attente.roles]


# ---------------------------------------------------------------- la revue, l'exploitant


class LigneDeRevue(NamedTuple):
    """Un agent, tel que la revue des comptes le montre."""

    habilitation: Habilitation
    roles: list[str]
    a_un_second_facteur: bool
    adresse_confirmee: bool

    @property
    def a_revoir(self) -> str:
        """Ce qui mérite un regard ; vide si rien."""
        personne = self.habilitation.utilisateur
        if not personne.est_actif:
            return "Compte fermé"
        if personne.last_login is None:
            return "Jamais connecté"
        return "" if self.a_un_second_facteur else "Sans second facteur"


def revue_des_comptes(organisme: Organisme, le: datetime) -> list[LigneDeRevue]:
    """Chaque agent, ses rôles, ses protections : ce que l'administrateur relit deux fois par an."""
    habilitations = list(agents_de(organisme, le))
    personnes = [habilitation.utilisateur_id for habilitation in habilitations]
    proteges = personnes_protegees(personnes)
    confirmes = personnes_confirmees(personnes)
    return [
        LigneDeRevue(
            habilitation=habilitation,
            roles=[str(Habilitation.Role(role).label) for role in habilitation.roles],
            a_un_second_facteur=habilitation.utilisateur_id in proteges,
            adresse_confirmee=habilitation.utilisateur_id in confirmes,
        )
        for habilitation in habilitations
    ]


def anciens_agents(organisme: Organisme, le: datetime) -> QuerySet[Habilitation]:
    """Les habilitations qui ont pris fin, la plus récente d'abord."""
    return (
        Habilitation.objects.filter(organisme=organisme, jusqu_au__lte=le)
        .select_related("utilisateur")
        .order_by("-jusqu_au", "-pk")
    )


class OrganismeServi(NamedTuple):
    """Un organisme, tel que l'exploitant le voit : ses administrateurs, et ceux qui attendent
    d'avoir prouvé leur adresse.
    """

    organisme: Organisme
    administrateurs: int
    attendus: int


def organismes_servis() -> list[OrganismeServi]:
    """Les organismes du service, pour l'exploitant : leur nom, jamais ce qu'ils contiennent."""
    actives = Habilitation.objects.filter(jusqu_au=None, utilisateur__est_actif=True)
    administrateurs = Counter(
        h.organisme_id for h in actives if Habilitation.Role.ADMINISTRATEUR in h.roles
    )
    attendus = Counter(
        attente.organisme_id
        for attente in HabilitationEnAttente.objects.all()
        if Habilitation.Role.ADMINISTRATEUR in attente.roles
    )
    return [
        OrganismeServi(organisme, administrateurs[organisme.pk], attendus[organisme.pk])
        for organisme in Organisme.objects.all()
    ]


def organisme_servi(siret: str) -> OrganismeServi:
    """Un organisme du service, par son SIRET."""
    organisme = Organisme.objects.filter(siret=siret).first()
    if organisme is None:
        raise Introuvable()
    return OrganismeServi(
        organisme,
        len(administrateurs_actifs(organisme)),
        len(administrateurs_attendus(organisme)),
    )


def habilitation_d_exploitant(utilisateur: Utilisateur, le: datetime) -> Habilitation:
    """L'habilitation chez l'exploitant ; pour les autres, ces pages n'existent pas."""
    return _la_seule(
        une
        for une in habilitations_en_cours(utilisateur, le)
        if une.organisme.role == Organisme.Role.EXPLOITANT
    )


def exiger_au_centre(
    personne: Utilisateur, acte: str, table: Permissions, le: datetime
) -> Habilitation:
    """L'habilitation chez l'exploitant, si elle permet l'acte ;
    pour les autres, ces pages n'existent pas.
    """
    habilitation = habilitation_d_exploitant(personne, le)
    exiger_role(habilitation, acte, table)
    return habilitation


def exiger_chez(
    personne: Utilisateur, siret: str, acte: str, table: Permissions, le: datetime
) -> Habilitation:
    """L'habilitation de la personne dans l'organisme de ce SIRET, si elle permet l'acte."""
    habilitation = habilitation_par_siret(personne, siret, le)
    exiger_role(habilitation, acte, table)
    return habilitation


def a_un_exploitant() -> bool:
    return Organisme.objects.filter(role=Organisme.Role.EXPLOITANT).exists()


def exploitant() -> Organisme:
    """L'organisme qui tient le service."""
    organisme = Organisme.objects.filter(role=Organisme.Role.EXPLOITANT).first()
    if organisme is None:
        raise Introuvable("Le service n'a pas encore d'exploitant.")
    return organisme


def organisme_du_siret(siret: str) -> Organisme | None:
    """L'acheteur qui a ce SIRET sur la plateforme, s'il y est."""
    return Organisme.objects.filter(siret=siret, role=Organisme.Role.ACHETEUR).first()


def nom_d_un_organisme(siret: str) -> str:
    """Le nom de l'organisme qui a ce SIRET sur la plateforme ; vide s'il n'y est pas.

    Le nom d'un acheteur est public.
    """
    organisme = Organisme.objects.filter(siret=siret).only("nom").first()
    return organisme.nom if organisme else ""


def ou_joindre(organisme: Organisme) -> str:
    """Comment lui demander ce qu'il garde : son courriel, son téléphone ; son adresse, à défaut."""
    return ", ".join(filter(None, [organisme.courriel, organisme.telephone])) or organisme.adresse


def suspensions_de(organisme: Organisme) -> dict[str, str]:
    """Ce qui arrête ses consultations nouvelles, par cause."""
    return rules.causes_de_suspension(
        organisme.suspensions,
        permises=organisme.peut_creer_des_consultations,
        motif=organisme.motif_de_suspension,
    )


def est_parti(organisme: Organisme) -> bool:
    """Sa convention est finie.

    Qu'un impayé bloque n'est pas partir : le blocage se lève, et rien ne se rend.
    """
    return rules.CONVENTION in suspensions_de(organisme)
